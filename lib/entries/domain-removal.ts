/**
 * domain-removal - a domain is deleted with everything in it: as change records.
 *
 * Deleted are the entry of the domain and every mailbox whose addresses (mail) are all in it. Other entries lose
 * their addresses of this domain, and their membership in its lists. Forwards to the domain stay: mail for it may
 * be taken elsewhere from now on.
 */
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { domainOf } from './address'
import { planAddresses, valuesInDomain } from './domain-addresses'

/** The change records: entries before the domain. */
export function planRemoval(domain: Entry, name: string, entries: readonly Entry[]): readonly ChangeRecord[] {
  return [
    ...entries.flatMap((entry) => planEntry(entry, name)),
    { type: 'delete', dn: domain.dn } satisfies ChangeRecord,
  ]
}

/** The mailboxes that go with the domain. */
export function mailboxesOnlyIn(entries: readonly Entry[], name: string): readonly Entry[] {
  return entries.filter((entry) => {
    const mails = valuesOf(entry, 'mail')
    return mails.length > 0 && mails.every((mail) => domainOf(mail) === name)
  })
}

function planEntry(entry: Entry, name: string): readonly ChangeRecord[] {
  if (mailboxesOnlyIn([entry], name).length > 0) return [{ type: 'delete', dn: entry.dn }]
  const without = (attribute: 'mail' | 'mailAlias' | 'mailGroupMember'): readonly string[] => {
    const gone = valuesInDomain(entry, attribute, name)
    return valuesOf(entry, attribute).filter((value) => !gone.includes(value))
  }
  return planAddresses(entry, {
    mail: without('mail'),
    mailAlias: without('mailAlias'),
    mailGroupMember: without('mailGroupMember'),
  })
}

/** The entries that are deleted or changed with the domain. */
export function removalTouches(entries: readonly Entry[], name: string): readonly Entry[] {
  return entries.filter((entry) => planEntry(entry, name).length > 0)
}
