/**
 * never-found - why a stored address is one that no lookup of Postfix can ever find. Pure.
 *
 * Postfix asks for keys that are folded to lower case and in external form, so a value that needs quotes, is not
 * ASCII, or has upper case where the attribute's equality rule tells the cases apart stands there in vain.
 * Authority: mail_addr_find.c, quote_822_local.c of Postfix; RFC 5322 section 3.2.3; RFC 4517 section 4.2.
 */
import type { Schema } from '@/lib/ldap/schema'
import type { Text } from '@/lib/words/text'

/** Attributes whose values tables are asked for. */
export const KEY_ATTRIBUTES = ['mail', 'mailAlias', 'mailGroupMember'] as const

/** The attribute types of addresses that tell upper from lower case, in lower case. */
export function caseExactAttributes(schema: Schema): ReadonlySet<string> {
  return new Set(
    KEY_ATTRIBUTES.filter((attribute) =>
      schema.attributeType(attribute)?.equality?.toLowerCase().startsWith('caseexact'),
    ).map((attribute) => attribute.toLowerCase()),
  )
}

/**
 * The reason as the end of a sentence; null if the value can be found.
 * @param caseExact attributes, in lower case, whose equality rule tells upper from lower case
 */
export function reasonNeverFound(
  attribute: string,
  value: string,
  caseExact: ReadonlySet<string>,
): Text | null {
  const localpart = value.slice(0, Math.max(value.lastIndexOf('@'), 0))
  if (/[^\x20-\x7e]/.test(value)) return { key: 'findings.never.notAscii' }
  if (caseExact.has(attribute.toLowerCase()) && /[A-Z]/.test(value))
    return { key: 'findings.never.caseExact', values: { attribute } }
  if (/["\\]/.test(value)) return { key: 'findings.never.quotes' }
  if (/[\s()<>,;:[\]]/.test(localpart) || localpart.includes('@') || /^\.|\.\.|\.$/.test(localpart))
    return { key: 'findings.never.quoting' }
  if (/\s/.test(value)) return { key: 'findings.never.space' }
  return null
}
