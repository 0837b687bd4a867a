/**
 * reservation - an address belongs to one writer from the check until the write, also across processes.
 *
 * For each address that a change gives to an entry, an entry named by the address is added to the panel's store;
 * adding is atomic (RFC 4511 section 4.7), so that two who check and write the same address do so one after the
 * other, and the second sees what the first wrote. Whoever finds an address reserved waits a little, then is told
 * who has it. A reservation left by a process that died is removed at once where that can be seen, else when it has
 * expired. A holder may not write after HOLD_MILLISECONDS; others wait for EXPIRY_MILLISECONDS: the clocks of panels
 * may differ by the rest.
 * Without a store nothing is reserved, and the commit looks for a rival after the write (rival.ts).
 */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Authority } from '@/lib/directory/authority'
import {
  addDocument,
  findDocuments,
  type FoundDocument,
  hasStore,
  readDocument,
  removeDocument,
} from '@/lib/directory/store'
import type { Text } from '@/lib/words/text'
import { lifeOf, thisProcess } from '@/lib/changes/journal/journal-holder'

const PREFIX = 'reservation:'
const ALREADY_EXISTS = 68
const HOLD_MILLISECONDS = 120_000
const EXPIRY_MILLISECONDS = 300_000
const WAIT_MILLISECONDS = 10_000
const POLL_MILLISECONDS = 20
const CLEANED_EVERY_MILLISECONDS = 600_000

/** The addresses are ours until they are released. */
export interface Reservation {
  readonly status: 'reserved'
  /** Someone else had one of them in the meantime: what was read before may be out of date. */
  readonly waited: boolean
  /** Without a store nothing is reserved. */
  readonly inStore: boolean
  /** Why nothing may be written any more; null while the addresses are ours. */
  expired(): Text | null
  /** Gives the addresses back. What cannot be removed now goes when it has expired. */
  release(): Promise<void>
}

export type ReservationResult =
  | Reservation
  /** Someone else is changing the address now. */
  | { readonly status: 'taken'; readonly address: string; readonly message: Text }
  | { readonly status: 'unavailable'; readonly message: Text }

const RETRY_MILLISECONDS = 1_000

interface Shared {
  /** When expired reservations were last removed. */
  cleaned: number
  /** Tokens under which this process holds addresses now. */
  readonly tokens: Set<string>
}

/** On globalThis, because a server bundle may load this module twice. */
const holder = globalThis as typeof globalThis & { postbookReservations?: Shared }
const shared = (holder.postbookReservations ??= { cleaned: 0, tokens: new Set() })

/** Reserves these addresses, all or none. */
export async function reserveAddresses(
  authority: Authority,
  addresses: readonly string[],
): Promise<ReservationResult> {
  // One order for all, so that no two wait for each other.
  const names = [...new Set(addresses.map((address) => address.toLowerCase()))].sort()
  if (names.length === 0 || !hasStore())
    return held(authority, [], '', { waited: false, inStore: hasStore() })
  const token = `${randomUUID()} ${thisProcess()}`
  shared.tokens.add(token)
  const deadline = Date.now() + WAIT_MILLISECONDS
  await removeExpired(authority)
  const taken: string[] = []
  let waited = false
  for (const address of names) {
    const result = await take(authority, address, token, deadline)
    if (result.status === 'taken' || result.status === 'unavailable') {
      // Whether this one was added is not known if the connection was lost.
      await giveBack(authority, [...taken, address], token)
      return result
    }
    taken.push(address)
    waited ||= result.waited
  }
  return held(authority, taken, token, { waited, inStore: true })
}

function held(
  authority: Authority,
  addresses: readonly string[],
  token: string,
  facts: Pick<Reservation, 'waited' | 'inStore'>,
): Reservation {
  const until = Date.now() + HOLD_MILLISECONDS
  return {
    ...facts,
    status: 'reserved',
    expired: () =>
      addresses.length === 0 || Date.now() < until ? null : { key: 'refusals.reservedTooLong' },
    release: () => giveBack(authority, addresses, token),
  }
}

type Taken =
  { readonly status: 'mine'; readonly waited: boolean } | Exclude<ReservationResult, { status: 'reserved' }>

async function take(authority: Authority, address: string, token: string, deadline: number): Promise<Taken> {
  const name = `${PREFIX}${address}`
  for (let attempt = 1; ; attempt += 1) {
    const waited = attempt > 1
    const document = {
      name,
      version: new Date(Date.now() + EXPIRY_MILLISECONDS).toISOString(),
      author: authority.person.dn,
      description: token,
    }
    const added = await addDocument(authority, document)
    if (added.status === 'done') return { status: 'mine', waited }
    if (added.status === 'refused' && added.resultCode !== ALREADY_EXISTS)
      return unavailable(`result code ${added.resultCode} ${added.diagnostic}`.trim())
    const there = await readDocument(authority, name)
    if (there !== null && 'status' in there) return unavailable(there.diagnostic)
    // An add whose answer was lost may have been made.
    if (there?.description === token) return { status: 'mine', waited }
    if (there !== null && isAbandoned(there)) await removeDocument(authority, there)
    else if (there !== null && Date.now() > deadline) {
      const message: Text = { key: 'refusals.taken', values: { author: there.author, address } }
      return { status: 'taken', address, message }
    } else if (Date.now() > deadline)
      return unavailable({ key: 'refusals.cannotReserve', values: { address } })
    else await delay(POLL_MILLISECONDS * Math.min(attempt, 8) * (1 + Math.random()))
  }
}

function unavailable(reason: Text): Extract<ReservationResult, { status: 'unavailable' }> {
  return { status: 'unavailable', message: { key: 'refusals.notReserved', values: { reason } } }
}

/** While the directory does not answer it is tried again in the background, so that nobody has to wait for the expiry. */
async function giveBack(authority: Authority, addresses: readonly string[], token: string): Promise<void> {
  shared.tokens.delete(token)
  const deadline = Date.now() + EXPIRY_MILLISECONDS
  const retry = async (left: readonly string[]): Promise<void> => {
    const returned = await Promise.all(left.map((address) => giveBackOne(authority, address, token)))
    const remaining = left.filter((_, at) => returned[at] === false)
    if (remaining.length === 0 || Date.now() > deadline) return
    setTimeout(() => void retry(remaining), RETRY_MILLISECONDS).unref()
  }
  await retry(addresses)
}

/** Whether the reservation is gone, or was not ours any more. */
async function giveBackOne(authority: Authority, address: string, token: string): Promise<boolean> {
  const there = await readDocument(authority, `${PREFIX}${address}`)
  if (there === null) return true
  if ('status' in there) return false
  if (there.description !== token) return true
  const removed = await removeDocument(authority, there)
  return removed.status !== 'connectionLost'
}

/** Expired, or held by a process that is gone, or by this one and forgotten. */
function isAbandoned({ version, description }: FoundDocument): boolean {
  const until = Date.parse(version)
  const process = description.slice(description.indexOf(' ') + 1)
  const isForgotten = process === thisProcess() && !shared.tokens.has(description)
  return Number.isNaN(until) || until < Date.now() || isForgotten || lifeOf(process) === 'dead'
}

/** Now and then, what processes that died have left. The assertion keeps a fresh one that has come in between. */
async function removeExpired(authority: Authority): Promise<void> {
  if (Date.now() - shared.cleaned < CLEANED_EVERY_MILLISECONDS) return
  shared.cleaned = Date.now()
  const found = await findDocuments(authority, PREFIX)
  if ('status' in found) return
  await Promise.all(found.filter(isAbandoned).map((document) => removeDocument(authority, document)))
}
