/**
 * mailbox-walk - hands on all mailboxes that a list shows, part by part, for what is done with a whole list.
 *
 * In the server's own order; those with findings in that of the list. False ends the walk; null when it came to its
 * end. LDAP round trips: one for each part of 500; for those with findings also what found-mailboxes needs.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { type TakePart, walkEntries } from '@/lib/directory/entry-walk'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { findMailboxes, readFoundEntries, sortedFound } from './found-mailboxes'
import { isFiltered, mailboxFilter, type MailboxQuery } from './mailboxes'

const PART = 500

/** Walks over the mailboxes of this list that this person may see. */
export async function walkMailboxes(
  authority: Authority,
  query: MailboxQuery,
  attributes: readonly string[],
  take: TakePart,
): Promise<SearchFailure | null> {
  if (!isFiltered(query)) return walkFound(authority, query, attributes, take)
  const search = {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    scope: 'sub',
    filter: mailboxFilter(authority, query),
    attributes,
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  } as const
  return walkEntries(authority, search, PART, take)
}

async function walkFound(
  authority: Authority,
  query: MailboxQuery,
  attributes: readonly string[],
  take: TakePart,
): Promise<SearchFailure | null> {
  const found = await findMailboxes(authority, query)
  if (found.status === 'failed') return found
  const mailboxes = sortedFound(found.mailboxes, query.sortBy, query.descending === true)
  for (let at = 0; at < mailboxes.length; at += PART) {
    const part = mailboxes.slice(at, at + PART)
    const entries = await readFoundEntries(authority, part, [...attributes, 'entryUUID'])
    if ('status' in entries) return entries
    if (!(await take(entries))) return null
  }
  return null
}
