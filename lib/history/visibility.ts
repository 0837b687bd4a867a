/**
 * visibility - which changes a person may see. Pure.
 *
 * Postmasters: all. Domain administrators: changes of entries that have an address in an own domain, now or by
 * the old or new values of the change itself. Owners: none. An entry that left the own domains takes what
 * happens to it afterwards with it.
 */
import { domainOf } from '@/lib/entries/address'
import { type HistoryEntry, mentionedValues } from './history-entry'

/** Who looks, as far as it matters here; a session's authority fits. */
export interface Viewer {
  readonly role: 'postmaster' | 'domainAdministrator' | 'owner'
  readonly domains: readonly string[]
}

/**
 * Whether this person may see this change.
 * @param mailsNow values of `mail` that the entry has now; none if it is gone.
 */
export function maySee(viewer: Viewer, entry: HistoryEntry, mailsNow: readonly string[]): boolean {
  switch (viewer.role) {
    case 'postmaster':
      return true
    case 'owner':
      return false
    case 'domainAdministrator':
      return [...mailsNow, ...mentionedValues(entry, 'mail')].some((mail) =>
        viewer.domains.includes(domainOf(mail) ?? ''),
      )
  }
}
