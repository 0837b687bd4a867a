/**
 * authorization - whether this person may make this change.
 *
 * postmaster: every entry below the two bases. domainAdministrator: mailboxes whose every address, before
 * and after, is in domains of their own; aliases come and go only in these domains; no attribute that says
 * where or as whom Dovecot stores mail. owner: aliases and forwarding of the own mailbox, by the site's policy
 * (owner-authorization). The directory's own access control comes on top.
 * Out: null if allowed, else why not. What cannot be judged (a name that is no DN) is not allowed.
 */
import { type Dn, isBelow, parseDn } from '@/lib/ldap/dn'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import type { Text } from '@/lib/words/text'
import { changedAttributes, type EntryImage, valueDifference } from './entry-image'
import { type OwnerRules, refusalOfOwner } from './owner-authorization'

/** Who acts, as far as it matters here; a session's authority fits. */
export interface Actor {
  readonly role: 'postmaster' | 'domainAdministrator' | 'owner'
  /** Lower-case domains of a domain administrator. */
  readonly domains: readonly string[]
  readonly person: { readonly dn: string }
}

/** The bases of domains and of mailboxes. */
export interface EntryBases {
  readonly domains: string
  readonly mail: string
}

/** What describes a person, and what gives addresses; anything else is for postmasters. */
const ADMINISTRATOR_ATTRIBUTES = new Set([
  'cn',
  'sn',
  'givenname',
  'displayname',
  'initials',
  'uid',
  'mail',
  'mailalias',
  'mailenabled',
  'mailquota',
  'telephonenumber',
  'mobile',
  'homephone',
  'facsimiletelephonenumber',
  'title',
  'o',
  'ou',
  'departmentnumber',
  'employeenumber',
  'employeetype',
  'roomnumber',
  'street',
  'postalcode',
  'l',
  'postaladdress',
  'preferredlanguage',
  'description',
  'labeleduri',
  'userpassword',
])

const ADMINISTRATOR_OBJECT_CLASSES = new Set([
  'top',
  'person',
  'organizationalperson',
  'inetorgperson',
  'postfixbookmailaccount',
])

/** Attributes that the server keeps; they differ between two readings without anybody's change. */
const OPERATIONAL = new Set([
  'entrycsn',
  'modifytimestamp',
  'modifiersname',
  'entrydn',
  'contextcsn',
  'hassubordinates',
  'subschemasubentry',
  'structuralobjectclass',
  'entryuuid',
  'creatorsname',
  'createtimestamp',
])

/**
 * Why the person may not make this change; null if they may.
 * @param rules what holds for an owner; without them owners change nothing
 */
export function refusalOfAuthority(
  actor: Actor,
  images: readonly EntryImage[],
  bases: EntryBases,
  rules: OwnerRules | null = null,
): Text | null {
  for (const image of images) {
    const refusal = refusalOfImage(actor, image, bases, rules)
    if (refusal !== null) return refusal
  }
  return null
}

/** Whether a person of this role may change this attribute of the mailboxes in reach. */
export function mayChangeAttribute(role: Actor['role'], attribute: string): boolean {
  if (role === 'owner') return false
  return role === 'postmaster' || ADMINISTRATOR_ATTRIBUTES.has(attribute.toLowerCase())
}

function refusalOfImage(
  actor: Actor,
  image: EntryImage,
  bases: EntryBases,
  rules: OwnerRules | null,
): Text | null {
  switch (actor.role) {
    case 'owner': {
      const mayTry = rules !== null && isPlaced(image, [bases.mail])
      if (!mayTry) return { key: 'refusals.ownerChanges' }
      return refusalOfOwner(actor.person.dn, image, rules, (name) => OPERATIONAL.has(name))
    }
    case 'postmaster':
      return isPlaced(image, [bases.domains, bases.mail]) ? null : { key: 'refusals.outsideBases' }
    case 'domainAdministrator':
      if (!isPlaced(image, [bases.mail])) return { key: 'refusals.mailboxesOnly' }
      return refusalOfAddresses(actor, image) ?? refusalOfAttributes(image)
  }
}

/** Below one of the bases, before and after: a rename may not carry an entry out. */
function isPlaced(image: EntryImage, bases: readonly string[]): boolean {
  const parsed = bases.map(parseDn).filter((base): base is Dn => base !== null)
  return [image.before, image.after].every((entry) => {
    if (entry === null) return true
    const dn = parseDn(entry.dn)
    return dn !== null && parsed.some((base) => isBelow(dn, base))
  })
}

function refusalOfAddresses(actor: Actor, image: EntryImage): Text | null {
  const foreign = [image.before, image.after].some((entry) => entry !== null && !ownsEveryMail(actor, entry))
  if (foreign) return { key: 'refusals.foreignAddress' }
  const { added, removed } = valueDifference(image, 'mailAlias')
  const alias = [...added, ...removed].find((value) => !isOwn(actor, value))
  return alias === undefined ? null : { key: 'refusals.foreignAlias', values: { alias } }
}

function ownsEveryMail(actor: Actor, entry: Entry): boolean {
  const mails = valuesOf(entry, 'mail')
  return mails.length > 0 && mails.every((mail) => isOwn(actor, mail))
}

function isOwn(actor: Actor, address: string): boolean {
  const at = address.lastIndexOf('@')
  return at >= 0 && actor.domains.includes(address.slice(at + 1).toLowerCase())
}

function refusalOfAttributes(image: EntryImage): Text | null {
  const forbidden = changedAttributes(image).find((attribute) => {
    const name = attribute.toLowerCase()
    return name !== 'objectclass' && !OPERATIONAL.has(name) && !ADMINISTRATOR_ATTRIBUTES.has(name)
  })
  if (forbidden !== undefined && image.after !== null)
    return { key: 'refusals.postmasterAttribute', values: { attribute: forbidden } }
  const { added, removed } = valueDifference(image, 'objectClass')
  const changed = image.after === null ? [] : [...added, ...(image.before === null ? [] : removed)]
  const special = changed.find((value) => !ADMINISTRATOR_OBJECT_CLASSES.has(value.toLowerCase()))
  return special === undefined ? null : { key: 'refusals.postmasterClass', values: { objectClass: special } }
}
