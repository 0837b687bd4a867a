/**
 * request - an owner's wish for an alias that waits for a yes: how it is kept, and what screens see of it. Pure.
 *
 * One document of the panel's store for each. Its name is `request:<entryUUID of the mailbox>:<own UUID>`, its
 * version the state, its author the owner; the rest is JSON in the description. What cannot be read is no request.
 */
import * as z from 'zod'
import { domainOf } from '@/lib/entries/address'

export type RequestState = 'waiting' | 'granted' | 'refused'

export interface AliasRequest {
  /** For addresses of pages: `<mailbox>_<own UUID>`. */
  readonly id: string
  readonly state: RequestState
  /** The wanted alias. */
  readonly address: string
  /** What it is for, as the owner says; may be empty. */
  readonly why: string
  /** entryUUID of the owner's mailbox. */
  readonly mailboxId: string
  /** The owner as they were when they asked. */
  readonly owner: { readonly dn: string; readonly name: string; readonly mail: string }
  /** RFC 3339. */
  readonly askedAt: string
  /** Null while it waits. `reason` is for a no. */
  readonly decision: { readonly by: string; readonly at: string; readonly reason: string } | null
}

const facts = z.object({
  address: z.string(),
  why: z.string(),
  name: z.string(),
  mail: z.string(),
  askedAt: z.string(),
  decision: z.object({ dn: z.string(), by: z.string(), at: z.string(), reason: z.string() }).nullable(),
  /** Someone's yes is being carried out since then. */
  claimedAt: z.string().nullable(),
})

/** What stands in the description. */
export type RequestFacts = z.output<typeof facts>

const STATES = ['waiting', 'granted', 'refused'] as const
const NAME = /^request:([0-9a-f-]{36}):([0-9a-f-]{36})$/
const ID = /^([0-9a-f-]{36})_([0-9a-f-]{36})$/

/** Where the names of all requests begin. */
export const ALL_REQUESTS = 'request:'

/** Where the names of the requests for a mailbox begin. */
export function requestsOfMailbox(mailboxId: string): string {
  return `${ALL_REQUESTS}${mailboxId.toLowerCase()}:`
}

/** The id of a request, if this is one. */
export const requestId = z.string().regex(ID)

/** The name of the document with this id. */
export function documentOfId(id: string): string {
  return `${ALL_REQUESTS}${id.replace('_', ':')}`
}

interface Kept {
  readonly name: string
  readonly version: string
  readonly author: string
  readonly description: string
}

/** The facts in a document; null if it holds none. */
export function readFacts({ description }: Pick<Kept, 'description'>): RequestFacts | null {
  try {
    const parsed = facts.safeParse(JSON.parse(description))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** The request in a document; null if it holds none. */
export function readRequest(document: Kept): AliasRequest | null {
  const [, mailboxId = '', own = ''] = NAME.exec(document.name) ?? []
  const state = STATES.find((known) => known === document.version)
  const read = readFacts(document)
  if (own === '' || state === undefined || read === null) return null
  const { address, why, name, mail, askedAt, decision } = read
  return {
    id: `${mailboxId}_${own}`,
    state,
    address,
    why,
    mailboxId,
    owner: { dn: document.author, name, mail },
    askedAt,
    decision: decision === null ? null : { by: decision.by, at: decision.at, reason: decision.reason },
  }
}

/** Whether a person with this role may decide about the request: what they may change, they may decide about. */
export function mayDecide(
  { role, domains }: { readonly role: string; readonly domains: readonly string[] },
  { address, owner }: Pick<AliasRequest, 'address' | 'owner'>,
): boolean {
  if (role === 'postmaster') return true
  const concerned = [address, owner.mail].map((one) => domainOf(one) ?? '')
  return role === 'domainAdministrator' && concerned.every((domain) => domains.includes(domain))
}
