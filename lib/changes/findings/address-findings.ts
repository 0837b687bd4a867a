/**
 * address-findings - what is odd about the addresses that a change adds.
 *
 * Codes: alias-shadows-mailbox and alias-taken (someone else has the address: virtual_alias_maps win over
 * mailboxes, and several entries with one address all get its mail), alias-in-unhosted-domain and
 * mailbox-in-unhosted-domain, value-never-found, alias-kept (another mailbox has paused it).
 * Authority: virtual(5); mail_addr_find.c for the keys that Postfix asks for (folded, in external form).
 */
import { valueDifference } from '@/lib/changes/entry-image'
import { ADDRESS_ATTRIBUTES, type FindingFacts, type Holder } from './finding-facts'
import { reasonNeverFound } from '@/lib/survey/never-found'
import { someOf } from '@/lib/words/sentences'
import type { Finding } from '@/lib/changes/preview-result'

interface AddedValue {
  readonly attribute: string
  readonly value: string
}

/** All findings about the addresses that are added. */
export function addressFindings(facts: FindingFacts): readonly Finding[] {
  const added = addedValues(facts)
  const holders = new Map<string, Holder[]>()
  for (const holder of facts.holders) {
    const known = holders.get(holder.address.toLowerCase())
    if (known === undefined) holders.set(holder.address.toLowerCase(), [holder])
    else known.push(holder)
  }
  return [
    ...added.flatMap((value) => heldElsewhere(value, holders.get(value.value.toLowerCase()) ?? [])),
    ...facts.kept.map(keptElsewhere),
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

/** @param others who else has this address */
function heldElsewhere({ attribute, value }: AddedValue, others: readonly Holder[]): readonly Finding[] {
  const isMail = (name: string): boolean => name.toLowerCase() === 'mail'
  const findings: Finding[] = []
  const shadowing = others.filter((holder) => isMail(holder.attribute) !== isMail(attribute))
  const sharing = others.filter((holder) => isMail(holder.attribute) === isMail(attribute))
  const [shadow] = shadowing
  if (shadow !== undefined) {
    findings.push({
      code: 'alias-shadows-mailbox',
      severity: 'confirm',
      message: {
        key: isMail(attribute) ? 'findings.isAlias' : 'findings.isMailbox',
        values: { address: value, owner: ownerOf(shadow) },
      },
      addresses: [value],
    })
  }
  if (sharing.length > 0) {
    const owners = sharing.map(ownerOf)
    findings.push({
      code: 'alias-taken',
      severity: 'confirm',
      message: { key: 'findings.taken', values: { address: value, owners: someOf(owners) } },
      addresses: [value],
    })
  }
  return findings
}

/** An address or a name that tells more than the address in question; else the DN. */
function ownerOf({ address, names, dn }: Holder): string {
  return names.find((name) => name.toLowerCase() !== address.toLowerCase()) ?? dn
}

function keptElsewhere({ address, name }: FindingFacts['kept'][number]): Finding {
  const message = { key: 'account.kept', values: { address, name } } as const
  return { code: 'alias-kept', severity: 'confirm', message, addresses: [address] }
}

function unhosted({ attribute, value }: AddedValue, domains: readonly string[]): readonly Finding[] {
  const domain = value.slice(value.lastIndexOf('@') + 1).toLowerCase()
  if (!domains.includes(domain)) return []
  const isMailbox = attribute.toLowerCase() === 'mail'
  return [
    {
      code: isMailbox ? 'mailbox-in-unhosted-domain' : 'alias-in-unhosted-domain',
      severity: 'confirm',
      message: { key: 'findings.unhosted', values: { domain, address: value } },
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
      message: { key: 'findings.neverFound', values: { address: value, reason } },
      addresses: [value],
    },
  ]
}
