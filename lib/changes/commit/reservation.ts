/**
 * reservation - an address belongs to one writer from the check until the write, also across processes.
 *
 * For each address that a change gives to an entry, an entry named by the address is added to the panel's store;
 * adding is atomic (RFC 4511 section 4.7), so that two who check and write the same address do so one after the
 * other, and the second sees what the first wrote. Many addresses are one entry (reservation-block). Whoever finds an
 * address reserved waits a little, then is told who has it. What a process that died has left is removed at once
 * where that can be seen (reservation-holder), else when it has expired. A holder may not write after
 * HOLD_MILLISECONDS; others wait for EXPIRY_MILLISECONDS: the clocks of panels may differ by the rest.
 * Without a store nothing is reserved, and the commit looks for a rival after the write (reservation-rival).
 */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Authority } from '@/lib/directory/authority'
import { addDocument, findDocuments, hasStore, readDocument, removeDocument } from '@/lib/directory/store'
import type { Text } from '@/lib/words/text'
import { thisProcess } from '@/lib/changes/journal/journal-holder'
import { takeBlock, waitForBlocks } from './reservation-block'
import {
  EXPIRY_MILLISECONDS,
  isAbandoned,
  type NotReserved,
  notReserved,
  POLL_MILLISECONDS,
  PREFIX,
  type Reserver,
  shared,
  type Taken,
  takenBy,
  tokenOf,
} from './reservation-holder'

const ALREADY_EXISTS = 68
const HOLD_MILLISECONDS = 120_000
const WAIT_MILLISECONDS = 10_000
const CLEANED_EVERY_MILLISECONDS = 600_000
/** More addresses than these are reserved together. */
const MOST_SINGLE = 8

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

export type ReservationResult = Reservation | NotReserved

const RETRY_MILLISECONDS = 1_000

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
  const reserver = { authority, token, deadline: Date.now() + WAIT_MILLISECONDS }
  await removeExpired(authority)
  const documents: string[] = []
  let waited = false
  for (const takeNext of stepsFor(names, reserver)) {
    const { document, taken } = takeNext()
    // Whether this one was added is not known if the connection was lost.
    if (document !== null) documents.push(document)
    const result = await taken
    if (result.status !== 'mine') {
      await giveBack(authority, documents, token)
      return result
    }
    waited ||= result.waited
  }
  return held(authority, documents, token, { waited, inStore: true })
}

interface Step {
  /** The name of the entry that is added; null if none is. */
  readonly document: string | null
  readonly taken: Promise<Taken>
}

/** Few addresses one by one, and then none of them may be in a block; many as a block. */
function stepsFor(names: readonly string[], reserver: Reserver): readonly (() => Step)[] {
  if (names.length > MOST_SINGLE) return [() => takeBlock(names, reserver)]
  return [
    ...names.map((address) => (): Step => ({
      document: `${PREFIX}${address}`,
      taken: take(address, reserver),
    })),
    () => ({ document: null, taken: waitForBlocks(names, reserver) }),
  ]
}

function held(
  authority: Authority,
  documents: readonly string[],
  token: string,
  facts: Pick<Reservation, 'waited' | 'inStore'>,
): Reservation {
  const until = Date.now() + HOLD_MILLISECONDS
  return {
    ...facts,
    status: 'reserved',
    expired: () =>
      documents.length === 0 || Date.now() < until ? null : { key: 'refusals.reservedTooLong' },
    release: () => giveBack(authority, documents, token),
  }
}

async function take(address: string, { authority, token, deadline }: Reserver): Promise<Taken> {
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
      return notReserved(`result code ${added.resultCode} ${added.diagnostic}`.trim())
    const there = await readDocument(authority, name)
    if (there !== null && 'status' in there) return notReserved(there.diagnostic)
    // An add whose answer was lost may have been made.
    if (there?.description === token) return { status: 'mine', waited }
    if (there !== null && isAbandoned(there)) await removeDocument(authority, there)
    else if (there !== null && Date.now() > deadline) return takenBy(there, address)
    else if (Date.now() > deadline) return notReserved({ key: 'refusals.cannotReserve', values: { address } })
    else await delay(POLL_MILLISECONDS * Math.min(attempt, 8) * (1 + Math.random()))
  }
}

/** While the directory does not answer it is tried again in the background, so that nobody has to wait for the expiry. */
async function giveBack(authority: Authority, documents: readonly string[], token: string): Promise<void> {
  shared.tokens.delete(token)
  const deadline = Date.now() + EXPIRY_MILLISECONDS
  const retry = async (left: readonly string[]): Promise<void> => {
    const returned = await Promise.all(left.map((name) => giveBackOne(authority, name, token)))
    const remaining = left.filter((_, at) => returned[at] === false)
    if (remaining.length === 0 || Date.now() > deadline) return
    setTimeout(() => void retry(remaining), RETRY_MILLISECONDS).unref()
  }
  await retry(documents)
}

/** Whether the reservation is gone, or was not ours any more. */
async function giveBackOne(authority: Authority, name: string, token: string): Promise<boolean> {
  const there = await readDocument(authority, name)
  if (there === null) return true
  if ('status' in there) return false
  if (tokenOf(there) !== token) return true
  const removed = await removeDocument(authority, there)
  return removed.status !== 'connectionLost'
}

/** Now and then, what processes that died have left. The assertion keeps a fresh one that has come in between. */
async function removeExpired(authority: Authority): Promise<void> {
  if (Date.now() - shared.cleaned < CLEANED_EVERY_MILLISECONDS) return
  shared.cleaned = Date.now()
  const found = await findDocuments(authority, PREFIX)
  if ('status' in found) return
  await Promise.all(found.filter(isAbandoned).map((document) => removeDocument(authority, document)))
}
