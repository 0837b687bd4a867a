/**
 * address-expansion - from the value of an alias lookup to addresses.
 *
 * A value that begins with `@` is the user of the looked-up address in that domain. Then the value is parsed
 * as a list, each address rewritten to standard form, and the extension that the match had stripped may be put
 * before the last `@` of every one. No address in the value gives an empty list; the caller must take that
 * for an error, as Postfix does.
 *
 * Authority: mail_addr_map(3), mail_addr_crunch(3).
 */
import { parseAddressList } from './address-list'
import { quoteAddress, unquoteAddress } from './address-quoting'
import { rewriteExternal } from './address-rewriting'
import type { RewritingRules } from './address-rewriting'
import { externalText } from './address-tokens'

/**
 * The addresses, in internal form, that a lookup of `address` (internal form) with this value stands for.
 * `stripped` is the extension that the match did not cover, null if there is none; it always leaves the user
 * that is put before an `@domain`, and comes back only where it is to be propagated.
 */
export function addressesOfValue(
  address: string,
  value: string,
  stripped: string | null,
  propagate: boolean,
  rules: RewritingRules,
): readonly string[] {
  const list = value.startsWith('@') ? quoteAddress(userOf(address, stripped) + value) : value
  return crunchAddresses(list, propagate ? stripped : null, rules)
}

/** The addresses of a list in standard form, in internal form, each with the extension. */
export function crunchAddresses(
  list: string,
  extension: string | null,
  rules: RewritingRules,
): readonly string[] {
  const text = list === '' || list === '<>' ? '""' : list
  return parseAddressList(text).map((tokens) =>
    withExtension(unquoteAddress(rewriteExternal(externalText(tokens), rules)), extension ?? ''),
  )
}

function userOf(address: string, extension: string | null): string {
  const at = address.lastIndexOf('@')
  const localpart = at === -1 ? address : address.slice(0, at)
  return extension === null ? localpart : localpart.slice(0, localpart.length - extension.length)
}

function withExtension(address: string, extension: string): string {
  const at = address.lastIndexOf('@')
  return at === -1 ? address + extension : address.slice(0, at) + extension + address.slice(at)
}
