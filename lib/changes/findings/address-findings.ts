/**
 * address-findings - what is odd about the addresses that a change adds.
 *
 * Codes: alias-shadows-mailbox and alias-taken (someone else has the address: virtual_alias_maps win over
 * mailboxes, and several entries with one address all get its mail), alias-in-unhosted-domain and
 * mailbox-in-unhosted-domain, value-never-found.
 * Authority: virtual(5); mail_addr_find.c for the keys that Postfix asks for (folded, in external form).
 */
import { valueDifference } from '@/lib/changes/entry-image'
import { ADDRESS_ATTRIBUTES, type FindingFacts, type Holder } from './finding-facts'
import { listed } from './listed-names'
import type { Finding } from '@/lib/changes/preview-result'

interface AddedValue {
  readonly attribute: string
  readonly value: string
}

/** All findings about the addresses that are added. */
export function addressFindings(facts: FindingFacts): readonly Finding[] {
  const added = addedValues(facts)
  return [
    ...added.flatMap((value) => heldElsewhere(value, facts.holders)),
    ...added.flatMap((value) => unhosted(value, facts.unhosted)),
    ...added.flatMap((value) => neverFound(value, facts.caseExact)),
  ]
}

function addedValues(facts: FindingFacts): readonly AddedValue[] {
  return facts.images.flatMap((image) =>
    ADDRESS_ATTRIBUTES.flatMap((attribute) =>
      valueDifference(image, attribute).added.map((value) => ({ attribute, value })),
    ),
  )
}

function heldElsewhere({ attribute, value }: AddedValue, holders: readonly Holder[]): readonly Finding[] {
  const others = holders.filter((holder) => holder.address.toLowerCase() === value.toLowerCase())
  const isMail = (name: string): boolean => name.toLowerCase() === 'mail'
  const findings: Finding[] = []
  const shadowing = others.filter((holder) => isMail(holder.attribute) !== isMail(attribute))
  const sharing = others.filter((holder) => isMail(holder.attribute) === isMail(attribute))
  const [shadow] = shadowing
  if (shadow !== undefined) {
    findings.push({
      code: 'alias-shadows-mailbox',
      severity: 'confirm',
      message: isMail(attribute)
        ? `${value} is an alias of ${shadow.dn}: its mail will go there and not to this mailbox.`
        : `${value} is the mailbox of ${shadow.dn}: its mail will go to the alias and no longer there.`,
      addresses: [value],
    })
  }
  if (sharing.length > 0) {
    const owners = sharing.map((holder) => holder.dn)
    findings.push({
      code: 'alias-taken',
      severity: 'confirm',
      message: `${value} exists already, at ${listed(owners)}: its mail will go to all of them.`,
      addresses: [value],
    })
  }
  return findings
}

function unhosted({ attribute, value }: AddedValue, domains: readonly string[]): readonly Finding[] {
  const domain = value.slice(value.lastIndexOf('@') + 1).toLowerCase()
  if (!domains.includes(domain)) return []
  const isMailbox = attribute.toLowerCase() === 'mail'
  return [
    {
      code: isMailbox ? 'mailbox-in-unhosted-domain' : 'alias-in-unhosted-domain',
      severity: 'confirm',
      message: `${domain} is not hosted here: Postfix will not accept mail to ${value} from outside.`,
      addresses: [value],
    },
  ]
}

function neverFound({ attribute, value }: AddedValue, caseExact: ReadonlySet<string>): readonly Finding[] {
  const reason = reasonNeverFound(attribute, value, caseExact)
  if (reason === null) return []
  return [
    {
      code: 'value-never-found',
      severity: 'confirm',
      message: `Postfix will never find ${value}: ${reason}`,
      addresses: [value],
    },
  ]
}

function reasonNeverFound(attribute: string, value: string, caseExact: ReadonlySet<string>): string | null {
  const localpart = value.slice(0, Math.max(value.lastIndexOf('@'), 0))
  if (/[^\x20-\x7e]/.test(value)) return 'it has characters outside ASCII.'
  if (caseExact.has(attribute.toLowerCase()) && /[A-Z]/.test(value))
    return `it asks in lower case, and ${attribute} tells upper from lower case.`
  if (/["\\]/.test(value))
    return 'it has quotes or backslashes, and the key that Postfix asks for is quoted anew.'
  if (/[\s()<>,;:[\]]/.test(localpart) || localpart.includes('@') || /^\.|\.\.|\.$/.test(localpart))
    return 'the part before the @ would have to stand in quotes.'
  if (/\s/.test(value)) return 'it holds a space.'
  return null
}
