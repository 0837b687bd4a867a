/**
 * concealment - what of a change is never shown: the values of password attributes.
 *
 * A preview crosses to the browser, and its LDIF into logs and mails. So password values are taken out of
 * change records before anything is printed or summed; that the attribute changes is still said.
 * Authority: RFC 4519 (userPassword), RFC 3112 (authPassword), the Samba and Kerberos schemas.
 */
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { Attribute } from '@/lib/ldap/entry'

const CONCEALED = new Set([
  'userpassword',
  'authpassword',
  'sambantpassword',
  'sambalmpassword',
  'krbprincipalkey',
  'pwdhistory',
  '2.5.4.35',
])

/** Whether values of this attribute may never be shown. Options (`;x`) make no difference. */
export function isConcealed(description: string): boolean {
  const folded = description.toLowerCase()
  const options = folded.indexOf(';')
  return CONCEALED.has(options < 0 ? folded : folded.slice(0, options))
}

/** The attributes without those that may not be shown. */
export function shownAttributes(attributes: readonly Attribute[]): readonly Attribute[] {
  return attributes.filter((attribute) => !isConcealed(attribute.description))
}

/** The descriptions of the attributes whose values {@link concealChange} takes out. */
export function concealedIn(change: ChangeRecord): readonly string[] {
  const named =
    change.type === 'add'
      ? change.attributes.map((attribute) => attribute.description)
      : change.type === 'modify'
        ? change.modifications.map((modification) => modification.attribute)
        : []
  return [...new Set(named.filter(isConcealed))]
}

/** The same change with every mention of a concealed attribute left out; itself if there is none. */
export function concealChange(change: ChangeRecord): ChangeRecord {
  if (concealedIn(change).length === 0) return change
  switch (change.type) {
    case 'add':
      return { ...change, attributes: shownAttributes(change.attributes) }
    case 'modify':
      return {
        ...change,
        modifications: change.modifications.filter((modification) => !isConcealed(modification.attribute)),
      }
    case 'delete':
    case 'modifyDn':
      return change
  }
}
