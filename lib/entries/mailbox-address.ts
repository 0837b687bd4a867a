/**
 * mailbox-address - gives a mailbox another address: what was typed, problems, change records.
 *
 * The first value of mail changes; further values stay. The old address stays as an alias unless the person does not
 * want that, and an alias that becomes the address goes. The entry keeps its name unless a new uid is typed: then a
 * modifyDN follows, which a group or a domain that names the entry by its DN does not follow. Pure.
 */
import { z } from 'zod'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { formatRdn, parseDn } from '@/lib/ldap/dn'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import type { Text } from '@/lib/words/text'
import { addressProblem } from './address'
import { sameAddress } from './mailbox-fields'
import { uidProblem } from './new-mailbox'
import type { Problem } from './problem'

export type AddressField = 'mail' | 'uid'

/** A submitted change of address: which entry, the state it was opened in, and what was typed. */
export const addressSubmission = z.object({
  id: z.uuid(),
  entryCsn: z.string().max(64),
  mail: z.string().max(320),
  keepOld: z.boolean(),
  uid: z.string().max(256),
})

export type AddressSubmission = z.infer<typeof addressSubmission>
export type TypedAddress = Pick<AddressSubmission, 'mail' | 'keepOld' | 'uid'>

/** What was typed, without blanks around it. */
export function tidyAddress({ mail, keepOld, uid }: TypedAddress): TypedAddress {
  return { mail: mail.trim(), keepOld, uid: uid.trim() }
}

/** Problems of a tidy change of address. */
export function addressProblems(entry: Entry, typed: TypedAddress): readonly Problem<AddressField>[] {
  const [mail = ''] = valuesOf(entry, 'mail')
  const problem = (field: AddressField, message: Text | null): readonly Problem<AddressField>[] =>
    message === null ? [] : [{ field, index: null, message }]
  return [
    ...problem('mail', typed.mail === mail ? null : addressProblem(typed.mail)),
    ...problem('uid', isUidKept(entry, typed) ? null : uidProblem(typed.uid)),
  ]
}

/** Whether the entry is named by one uid, so that a new uid can be its name. */
export function isNamedByUid(dn: string): boolean {
  const [rdn] = parseDn(dn) ?? []
  return rdn?.length === 1 && rdn[0]?.attribute.toLowerCase() === 'uid'
}

/** The change records for a new address; `faulty` fields stay as they are. */
export function planAddress(
  entry: Entry,
  typed: TypedAddress,
  faulty: ReadonlySet<AddressField>,
): readonly ChangeRecord[] {
  const modifications = faulty.has('mail') ? [] : addressModifications(entry, typed)
  const rename = faulty.has('uid') || isUidKept(entry, typed) ? [] : [renameTo(entry.dn, typed.uid)]
  return [
    ...(modifications.length === 0 ? [] : [{ type: 'modify' as const, dn: entry.dn, modifications }]),
    ...rename,
  ]
}

function addressModifications(entry: Entry, { mail, keepOld }: TypedAddress): readonly Modification[] {
  const [old = '', ...others] = valuesOf(entry, 'mail')
  if (mail === old) return []
  const aliases = valuesOf(entry, 'mailAlias')
  const taken = aliases.filter((alias) => sameAddress(alias, mail))
  const isKept =
    keepOld &&
    old !== '' &&
    !sameAddress(old, mail) &&
    ![...aliases, ...others].some((address) => sameAddress(address, old))
  const modification = (
    operation: 'add' | 'delete',
    attribute: string,
    values: readonly string[],
  ): readonly Modification[] => (values.length === 0 ? [] : [{ operation, attribute, values }])
  return [
    ...modification('delete', 'mail', old === '' ? [] : [old]),
    ...modification('add', 'mail', others.some((other) => sameAddress(other, mail)) ? [] : [mail]),
    ...modification('delete', 'mailAlias', taken),
    ...modification('add', 'mailAlias', isKept ? [old] : []),
  ]
}

function isUidKept(entry: Entry, { uid }: TypedAddress): boolean {
  return !isNamedByUid(entry.dn) || valuesOf(entry, 'uid')[0] === uid
}

function renameTo(dn: string, uid: string): ChangeRecord {
  const newRdn = formatRdn([{ attribute: 'uid', value: uid, encoded: false }])
  return { type: 'modifyDn', dn, newRdn, deleteOldRdn: true, newSuperior: null }
}
