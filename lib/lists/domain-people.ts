/**
 * domain-people - mailboxes as a task on a domain needs them: found by address or by text, or named by their DN.
 *
 * Only those that the person may see, but for administrators that the domain itself names.
 * LDAP round trips: one; for names one for each, side by side.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import type { EntryResult } from '@/lib/directory/outcome'
import { readEntry, search } from '@/lib/directory/service'
import type { Candidate } from '@/lib/entries/candidate'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { type Entry, valueOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { searchPage } from '@/lib/directory/listing'
import { readMailboxEntry } from './mailboxes'
import { visibleMailboxes } from './visibility'

export type Candidates =
  | {
      readonly status: 'found'
      readonly candidates: readonly Candidate[]
      /** Whether there are more than these. */
      readonly more: boolean
    }
  | SearchFailure

const SHOWN = 8
const ATTRIBUTES = ['cn', 'displayName', 'mail', 'entryUUID']

/** A few mailboxes whose address, name or uid contains a text. */
export async function findCandidates(authority: Authority, text: string): Promise<Candidates> {
  const contains = ['mail', 'cn', 'uid'].map((attribute): Filter => ({
    type: 'substrings',
    attribute,
    initial: null,
    any: [text],
    final: null,
  }))
  const found = await searchPage(authority, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    filter: { type: 'and', filters: [visibleMailboxes(authority), { type: 'or', filters: contains }] },
    attributes: ATTRIBUTES,
    sortBy: 'mail',
    from: 1,
    count: SHOWN + 1,
  })
  if (found.status === 'failed') return found
  return {
    status: 'found',
    candidates: found.entries.slice(0, SHOWN).map(candidateOf),
    more: found.entries.length > SHOWN,
  }
}

/** The mailbox with this address as its mail. */
export async function findMailboxEntry(authority: Authority, mail: string): Promise<EntryResult> {
  const byMail: Filter = { type: 'equality', attribute: 'mail', value: mail }
  const result = await search(authority, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    scope: 'sub',
    filter: { type: 'and', filters: [byMail, visibleMailboxes(authority)] },
    attributes: ['*', 'entryUUID', 'entryCSN'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'failed') return result
  const [entry] = result.entries
  return entry === undefined ? { status: 'notFound' } : { status: 'found', entry }
}

/** Who these DNs are, in their order; a DN without an entry keeps its place. */
export async function readCandidates(
  authority: Authority,
  dns: readonly string[],
): Promise<readonly Candidate[] | SearchFailure> {
  const read = await Promise.all(dns.map((dn) => readEntry(authority, dn, ATTRIBUTES)))
  const candidates: Candidate[] = []
  for (const [at, result] of read.entries()) {
    // A value that is no DN of this server names nobody, which is to be seen and mended.
    const isNobody = result.status === 'failed' && result.stage === 'search' && result.resultCode > 0
    if (result.status === 'failed' && !isNobody) return result
    candidates.push(
      result.status === 'found'
        ? candidateOf(result.entry)
        : { id: '', dn: dns[at] ?? '', name: '', mail: '' },
    )
  }
  return candidates
}

/** The mailbox with this entryUUID; null when there is none for this person. */
export async function readCandidate(
  authority: Authority,
  id: string,
): Promise<Candidate | SearchFailure | null> {
  const read = await readMailboxEntry(authority, id)
  if (read.status === 'failed') return read
  return read.status === 'found' ? candidateOf(read.entry) : null
}

/** The person in an entry. */
export function candidateOf(entry: Entry): Candidate {
  const mail = valueOf(entry, 'mail') ?? ''
  return {
    id: valueOf(entry, 'entryUUID') ?? '',
    dn: entry.dn,
    name: valueOf(entry, 'displayName') ?? valueOf(entry, 'cn') ?? mail,
    mail,
  }
}
