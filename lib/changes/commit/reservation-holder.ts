/**
 * reservation-holder - whose a reservation in the store is, and whether whoever made it still wants it.
 *
 * A reservation names its holder by a token: a random number and the process. The addresses of a block follow the
 * token, one a line. The refusals that reservations end in are made here too.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import type { FoundDocument } from '@/lib/directory/store'
import type { Text } from '@/lib/words/text'
import { lifeOf, thisProcess } from '@/lib/changes/journal/journal-holder'

export const PREFIX = 'reservation:'
export const EXPIRY_MILLISECONDS = 300_000
export const POLL_MILLISECONDS = 20

/** Whoever wants addresses. */
export interface Reserver {
  readonly authority: Authority
  readonly token: string
  /** From then on it is not waited any more. */
  readonly deadline: number
}

export type NotReserved =
  /** Someone else is changing the address now. */
  | { readonly status: 'taken'; readonly address: string; readonly message: Text }
  | { readonly status: 'unavailable'; readonly message: Text }

export type Taken = { readonly status: 'mine'; readonly waited: boolean } | NotReserved

interface Shared {
  /** When expired reservations were last removed. */
  cleaned: number
  /** Tokens under which this process holds addresses now. */
  readonly tokens: Set<string>
}

/** On globalThis, because a server bundle may load this module twice. */
const holder = globalThis as typeof globalThis & { postbookReservations?: Shared }
export const shared = (holder.postbookReservations ??= { cleaned: 0, tokens: new Set() })

/** Who holds a reservation. */
export function tokenOf({ description }: FoundDocument): string {
  const end = description.indexOf('\n')
  return end < 0 ? description : description.slice(0, end)
}

/** Expired, or held by a process that is gone, or by this one and forgotten. */
export function isAbandoned(document: FoundDocument): boolean {
  const until = Date.parse(document.version)
  const token = tokenOf(document)
  const process = token.slice(token.indexOf(' ') + 1)
  const isForgotten = process === thisProcess() && !shared.tokens.has(token)
  return Number.isNaN(until) || until < Date.now() || isForgotten || lifeOf(process) === 'dead'
}

/** Someone else has the address for too long. */
export function takenBy({ author }: FoundDocument, address: string): NotReserved {
  return { status: 'taken', address, message: { key: 'refusals.taken', values: { author, address } } }
}

/** The store did not take the reservation. */
export function notReserved(reason: Text): NotReserved {
  return { status: 'unavailable', message: { key: 'refusals.notReserved', values: { reason } } }
}
