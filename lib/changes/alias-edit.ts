/**
 * alias-edit - plans the alias form, as a person: make an alias, give it destinations, move it, take it away.
 *
 * The mailboxes that hold the alias are read anew each time. When they are not those of the opened form, or not
 * in the same state (entryCSN), nothing is planned and the person is shown the alias as it is. Several entries
 * change in one list, which the commit writes behind the journal.
 * LDAP round trips: one for the holders, one for each mailbox that becomes one, side by side.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import type { Alias } from '@/lib/entries/alias'
import {
  type AliasField,
  aliasProblems,
  type AliasSubmission,
  isAsOpened,
  planAlias,
} from '@/lib/entries/alias-form'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { type Entry, valueOf } from '@/lib/ldap/entry'
import { aliasOf, readAliasEntries } from '@/lib/lists/aliases'
import { readMailboxEntry } from '@/lib/lists/mailboxes'
import { type Edit, refusedEdit, unansweredEdit } from './edit'

/** What the alias form makes of the mailboxes; nothing while the form is faulty. */
export async function planAliasEdit(
  authority: Authority,
  submission: AliasSubmission,
): Promise<Edit<AliasField, Alias>> {
  const address = submission.address.trim()
  const held = await readAliasEntries(authority, address)
  if ('status' in held) return unansweredEdit(held)
  const current = aliasOf(authority, address, held)
  if (!submission.isNew && !isAsOpened(submission.opened, current.holders))
    return { status: 'stale', current: current.holders.length === 0 ? null : current }
  const holders = held.filter((entry) => current.holders.some(({ dn }) => dn === entry.dn))
  const wanted = await readWanted(authority, submission.destinations, holders)
  if (wanted === null) return refusedEdit({ key: 'aliases.problem.gone' })
  if ('status' in wanted) return unansweredEdit(wanted)
  const taken = held.length === 0 ? null : (current.holders[0]?.mail ?? address)
  const problems = aliasProblems({ ...submission, address }, taken)
  return {
    status: 'planned',
    changes: problems.length === 0 ? planAlias(address, holders, wanted) : [],
    basis: [...holders, ...wanted.filter(({ dn }) => !holders.some((holder) => holder.dn === dn))].map(
      (entry) => ({ dn: entry.dn, entryCsn: valueOf(entry, 'entryCSN') ?? '' }),
    ),
    problems,
    fieldOf: (attribute) => (attribute.toLowerCase() === 'mailalias' ? 'address' : null),
    read: () => readAlias(authority, address),
  }
}

/** The alias as it is now; null when nobody holds it, or nobody whom the person may see. */
export async function readAlias(
  authority: Authority,
  address: string,
): Promise<Alias | SearchFailure | null> {
  const entries = await readAliasEntries(authority, address)
  if ('status' in entries) return entries
  const alias = aliasOf(authority, address, entries)
  return alias.holders.length === 0 ? null : alias
}

/** The entries of these mailboxes; null if one is not there any more. */
async function readWanted(
  authority: Authority,
  ids: readonly string[],
  holders: readonly Entry[],
): Promise<readonly Entry[] | SearchFailure | null> {
  const read = await Promise.all(
    [...new Set(ids)].map(async (id) => {
      const known = holders.find((entry) => valueOf(entry, 'entryUUID') === id)
      return known === undefined
        ? readMailboxEntry(authority, id)
        : ({ status: 'found', entry: known } as const)
    }),
  )
  const entries: Entry[] = []
  for (const result of read) {
    if (result.status === 'failed') return result
    if (result.status === 'notFound') return null
    entries.push(result.entry)
  }
  return entries
}
