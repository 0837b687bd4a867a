/**
 * domain-task - what the planners of tasks on a whole domain have in common: reading it, and the typed number.
 *
 * Everything is read anew for preview and commit. The entries' states are in the checksum of the preview, so that a
 * plan needs no basis of its own. Where many addresses are lost, the person types how many there are.
 * LDAP round trips: one for the domain, one for each thousand entries with an address in it, twice.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import type { Domain } from '@/lib/entries/domain'
import type { AddressCounts } from '@/lib/entries/domain-addresses'
import type { Problem } from '@/lib/entries/problem'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import { readEntriesOfDomain } from '@/lib/lists/domain-entries'
import { domainOfEntry, readDomainNamed } from '@/lib/lists/domains'
import { type PlannedEdit, unansweredEdit } from './edit'
import type { Refused, Stale } from './edit-state'

/** Fields of the forms of tasks. */
export type DomainTaskField = 'to' | 'everything' | 'typed' | 'mailbox' | 'person'

/** A domain with every entry that has an address in it. */
export interface OpenedDomain {
  readonly status: 'opened'
  readonly entry: Entry
  readonly domain: Domain
  readonly entries: readonly Entry[]
}

/** So many lost addresses want their number typed. */
export const MANY_ADDRESSES = 20

/** Reads a domain and everything in it; stale when it is not there, or not for this person. */
export async function openDomain(
  authority: Authority,
  name: string,
): Promise<OpenedDomain | Stale<never> | Refused<never>> {
  const read = await readDomainNamed(authority, name)
  if (read.status === 'failed') return unansweredEdit(read)
  if (read.status === 'notFound') return { status: 'stale', current: null }
  const found = await readEntriesOfDomain(authority, name)
  if (found.status === 'failed') return unansweredEdit(found)
  return { status: 'opened', entry: read.entry, domain: domainOfEntry(read.entry), entries: found.entries }
}

/** The addresses that mail can be sent to. */
export function addressesIn({ mailboxes, aliases }: AddressCounts): number {
  return mailboxes + aliases
}

/** The number that has to be typed before so many addresses are lost; null if they are few. */
export function numberToType(lost: number): number | null {
  return lost >= MANY_ADDRESSES ? lost : null
}

/** The problem of what was typed instead of the number. */
export function typedProblems(number: number | null, typed: string): readonly Problem<DomainTaskField>[] {
  if (number === null || typed.replace(/[\s.,'’]/g, '') === String(number)) return []
  return [{ field: 'typed', index: null, message: { key: 'domain.problem.typed', values: { number } } }]
}

/** The part of a planned task that is the same for all. */
export function taskOf(
  authority: Authority,
  name: string,
  planned: Pick<PlannedEdit<DomainTaskField, Domain>, 'changes' | 'problems'>,
): PlannedEdit<DomainTaskField, Domain> {
  return {
    status: 'planned',
    ...planned,
    basis: [],
    fieldOf: () => null,
    read: () => readDomainNow(authority, name),
  }
}

/** The domain as it is now; null when it is not there. */
export async function readDomainNow(
  authority: Authority,
  name: string,
): Promise<Domain | SearchFailure | null> {
  const read = await readDomainNamed(authority, name)
  if (read.status === 'failed') return read
  return read.status === 'found' ? domainOfEntry(read.entry) : null
}
