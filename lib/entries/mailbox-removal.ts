/**
 * mailbox-removal - takes a mailbox out of the directory, or only out of use: change records.
 *
 * Before a mailbox is deleted its addresses may go to another one, as aliases. Of a mailbox that is disabled nothing
 * is lost; what mailEnabled means to mail is for the site's tables, and the preview shows it. Pure.
 */
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { sameAddress } from './mailbox-fields'

/** Every address of an entry that can be given to another one: its own, then its aliases. */
export function addressesToMove(entry: Entry): readonly string[] {
  const all = [...valuesOf(entry, 'mail'), ...valuesOf(entry, 'mailAlias')]
  return all.filter((address, at) => all.findIndex((other) => sameAddress(other, address)) === at)
}

/**
 * Deletes an entry.
 * @param heir the entry that takes its addresses over; null if nobody does
 */
export function planDeletion(entry: Entry, heir: Entry | null): readonly ChangeRecord[] {
  const deletion: ChangeRecord = { type: 'delete', dn: entry.dn }
  if (heir === null) return [deletion]
  const known = addressesToMove(heir)
  const values = addressesToMove(entry).filter(
    (address) => !known.some((other) => sameAddress(other, address)),
  )
  if (values.length === 0) return [deletion]
  return [
    { type: 'modify', dn: heir.dn, modifications: [{ operation: 'add', attribute: 'mailAlias', values }] },
    deletion,
  ]
}

/** Enables or disables an entry; nothing if it is so already. */
export function planEnabled(entry: Entry, enabled: boolean): readonly ChangeRecord[] {
  const current = valuesOf(entry, 'mailEnabled')
  if ((current[0]?.toUpperCase() !== 'FALSE') === enabled) return []
  const attribute = 'mailEnabled'
  return [
    {
      type: 'modify',
      dn: entry.dn,
      modifications: [
        ...(current.length === 0 ? [] : [{ operation: 'delete' as const, attribute, values: current }]),
        { operation: 'add', attribute, values: [enabled ? 'TRUE' : 'FALSE'] },
      ],
    },
  ]
}
