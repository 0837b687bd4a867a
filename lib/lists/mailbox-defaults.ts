/**
 * mailbox-defaults - what a new mailbox of a domain should look like, learned from some that are there.
 *
 * One page of twenty mailboxes of the domain is read; where the domain has none, of all that the person may see.
 * LDAP round trips: one or two, each a page sorted by the server (listing.ts).
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { searchPage } from '@/lib/directory/listing'
import { LEARNED_ATTRIBUTES, learnDefaults, type MailboxDefaults } from '@/lib/entries/mailbox-defaults'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { mailboxOfDomain, visibleMailboxes } from './visibility'

const SAMPLE = 20

export type DefaultsResult =
  { readonly status: 'learned'; readonly defaults: MailboxDefaults } | SearchFailure

/** The defaults for a new mailbox of this domain. */
export async function mailboxDefaults(authority: Authority, domain: string): Promise<DefaultsResult> {
  const visible = visibleMailboxes(authority)
  const own = await readSample(authority, { type: 'and', filters: [visible, mailboxOfDomain(domain)] })
  if ('status' in own) return own
  const entries = own.length > 0 ? own : await readSample(authority, visible)
  if ('status' in entries) return entries
  return { status: 'learned', defaults: learnDefaults(entries, directoryEnvironment().LDAP_MAIL_BASE) }
}

async function readSample(authority: Authority, filter: Filter): Promise<readonly Entry[] | SearchFailure> {
  const found = await searchPage(authority, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    filter,
    attributes: LEARNED_ATTRIBUTES,
    sortBy: 'mail',
    from: 1,
    count: SAMPLE,
  })
  return found.status === 'failed' ? found : found.entries
}
