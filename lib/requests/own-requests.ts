/**
 * own-requests - the requests of the owner who asks: list, ask, withdraw.
 *
 * What may be asked for is what the site's policy lets an owner have (lib/entries/owner-policy.ts), after a yes; whether the address is
 * free is seen by whoever decides. Nothing in the mail directory changes here. An owner reaches only documents named
 * by the own mailbox. Refusals are values. LDAP round trips: one for the mailbox, one or two for the store.
 */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { audit } from '@/lib/auth/audit'
import type { Authority } from '@/lib/directory/authority'
import {
  addDocument,
  findDocuments,
  type FoundDocument,
  hasStore,
  removeDocument,
} from '@/lib/directory/store'
import { aliasProblem, isCatchAll } from '@/lib/entries/address'
import { type Mailbox, nameOf, readMailbox } from '@/lib/entries/mailbox'
import { sameAddress } from '@/lib/entries/mailbox-fields'
import { aliasDomains, awaitsRequest, foldAscii, ownAliasProblem } from '@/lib/entries/owner-policy'
import { ownerPolicy } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { readOwnMailboxEntry } from '@/lib/lists/mailboxes'
import type { Text } from '@/lib/words/text'
import { isClaimed } from './claim'
import { type AliasRequest, readFacts, readRequest, type RequestFacts, requestsOfMailbox } from './request'

const MOST_WAITING = 10
const KEPT_DAYS = 90
const DAY = 24 * 60 * 60 * 1000

/** What an owner asks for. */
export const requestSubmission = z.object({
  address: z.string().max(320),
  why: z.string().max(500),
})

export type Asked =
  | { readonly status: 'asked'; readonly address: string }
  /** `field`: where what is wrong was typed; null if nowhere. */
  | { readonly status: 'refused'; readonly message: Text; readonly field: 'address' | null }

export type OwnRequests =
  { readonly status: 'list'; readonly requests: readonly AliasRequest[] } | SearchFailure

/** The owner's requests, the newest first. */
export async function listOwnRequests(authority: Authority): Promise<OwnRequests> {
  if (!hasStore()) return { status: 'list', requests: [] }
  const own = await readOwnMailboxEntry(authority)
  if (own.status === 'failed') return own
  if (own.status === 'notFound') return { status: 'list', requests: [] }
  const found = await findDocuments(authority, requestsOfMailbox(readMailbox(own.entry).id))
  if ('status' in found) return found
  const requests = found.map(readRequest).filter((request) => request !== null)
  return {
    status: 'list',
    requests: requests.sort((one, other) => other.askedAt.localeCompare(one.askedAt)),
  }
}

/** Asks for an alias: it waits until someone says yes or no. */
export async function askForAlias(
  authority: Authority,
  submission: z.infer<typeof requestSubmission>,
): Promise<Asked> {
  const address = foldAscii(submission.address.trim())
  if (!hasStore()) return refused({ key: 'requests.noStore' })
  const own = await readOwnMailboxEntry(authority)
  if (own.status === 'failed') return refused(unanswered(own.diagnostic))
  if (own.status === 'notFound') return refused({ key: 'requests.noMailbox' })
  const mailbox = readMailbox(own.entry)
  const problem = problemOf(mailbox, address)
  if (problem !== null) return refused(problem, 'address')
  const found = await findDocuments(authority, requestsOfMailbox(mailbox.id))
  if ('status' in found) return refused(unanswered(found.diagnostic))
  const waiting = found.filter(({ version }) => version === 'waiting')
  if (waiting.some((document) => sameAddress(readFacts(document)?.address ?? '', address)))
    return refused({ key: 'requests.askedAlready' }, 'address')
  const { limit } = ownerPolicy()
  if (mailbox.form.aliases.length + waiting.length >= limit)
    return refused({ key: 'requests.limit', values: { most: limit } })
  if (waiting.length >= MOST_WAITING)
    return refused({ key: 'requests.tooMany', values: { most: MOST_WAITING } })
  await removeOld(authority, found)
  const facts: RequestFacts = {
    address,
    why: submission.why.trim(),
    name: nameOf(mailbox),
    mail: mailbox.mail,
    askedAt: new Date().toISOString(),
    decision: null,
    claimedAt: null,
  }
  const { dn } = authority.person
  const added = await addDocument(authority, {
    name: `${requestsOfMailbox(mailbox.id)}${randomUUID()}`,
    version: 'waiting',
    author: dn,
    description: JSON.stringify(facts),
  })
  if (added.status !== 'done') return refused(unanswered(added.diagnostic))
  audit({ event: 'request', outcome: 'accepted', method: 'asked', dn, alias: address })
  return { status: 'asked', address }
}

/** Takes a waiting request back; answers why not, or null. One that is gone already is withdrawn. */
export async function withdrawRequest(authority: Authority, id: string): Promise<Text | null> {
  if (!hasStore()) return { key: 'requests.noStore' }
  const own = await readOwnMailboxEntry(authority)
  if (own.status === 'failed') return unanswered(own.diagnostic)
  if (own.status === 'notFound') return { key: 'requests.noMailbox' }
  const found = await findDocuments(authority, requestsOfMailbox(readMailbox(own.entry).id))
  if ('status' in found) return unanswered(found.diagnostic)
  const document = found.find((candidate) => readRequest(candidate)?.id === id)
  if (document === undefined) return null
  if (document.version !== 'waiting' || isClaimed(readFacts(document)))
    return { key: 'requests.decidedAlready' }
  const removed = await removeDocument(authority, document)
  if (removed.status === 'refused') return { key: 'requests.decidedAlready' }
  if (removed.status !== 'done') return unanswered(removed.diagnostic)
  const alias = readFacts(document)?.address ?? ''
  audit({ event: 'request', outcome: 'accepted', method: 'withdrawn', dn: authority.person.dn, alias })
  return null
}

function problemOf(mailbox: Mailbox, address: string): Text | null {
  if (isCatchAll(address)) return { key: 'requests.noCatchAll' }
  if (sameAddress(mailbox.mail, address)) return { key: 'requests.ownAlready' }
  if (mailbox.form.aliases.some((alias) => sameAddress(alias, address))) return { key: 'requests.ownAlready' }
  const policy = ownerPolicy()
  const problem = aliasProblem(address) ?? ownAliasProblem(policy, mailbox.mail, address)
  if (problem !== null) return problem
  return awaitsRequest(policy, address) ? null : { key: 'requests.notNeeded' }
}

/** The domains in which this person's new aliases wait for a yes. */
export function requestDomains(authority: Authority): readonly string[] {
  const policy = ownerPolicy()
  if (!hasStore()) return []
  return aliasDomains(policy, authority.person.mail).filter((domain) => awaitsRequest(policy, `x@${domain}`))
}

/** What was decided long ago goes, so that the store does not grow for ever. */
async function removeOld(authority: Authority, documents: readonly FoundDocument[]): Promise<void> {
  const old = documents.filter((document) => {
    const at = readFacts(document)?.decision?.at
    return at !== undefined && Date.now() - Date.parse(at) > KEPT_DAYS * DAY
  })
  await Promise.all(old.map((document) => removeDocument(authority, document)))
}

function unanswered(diagnostic: string): Text {
  return { key: 'edit.noAnswer', values: { diagnostic } }
}

function refused(message: Text, field: 'address' | null = null): Asked {
  return { status: 'refused', message, field }
}
