/**
 * address-extension - splits `user+extension` at the recipient delimiter.
 *
 * The delimiter is a set of characters; the first of them in the local part counts, unless it is the first
 * character. postmaster, mailer-daemon and the double-bounce address are never split, nor, when the set has a
 * `-` and owner_request_special is on, `owner-...` and `...-request`. Never fails.
 *
 * Authority: recipient_delimiter and owner_request_special in postconf(5); split_addr (split_addr.c).
 */

export interface ExtensionRules {
  readonly recipientDelimiter: string
  readonly ownerRequestSpecial: boolean
  readonly doubleBounceSender: string
}

export interface SplitAddress {
  /** The address without its extension, in internal form. */
  readonly address: string
  /** With the delimiter, in the case it was written in. */
  readonly extension: string
}

/** Takes the extension off an address in internal form; null if it has none. */
export function splitExtension(address: string, rules: ExtensionRules): SplitAddress | null {
  const at = address.lastIndexOf('@')
  const localpart = at === -1 ? address : address.slice(0, at)
  if (isNeverSplit(localpart.toLowerCase(), rules)) return null
  let user = ''
  for (const character of localpart) {
    if (rules.recipientDelimiter.includes(character)) break
    user += character
  }
  if (user === '' || user === localpart) return null
  return { address: user + (at === -1 ? '' : address.slice(at)), extension: localpart.slice(user.length) }
}

function isNeverSplit(localpart: string, rules: ExtensionRules): boolean {
  if (['postmaster', 'mailer-daemon', rules.doubleBounceSender.toLowerCase()].includes(localpart)) return true
  if (!rules.ownerRequestSpecial || !rules.recipientDelimiter.includes('-')) return false
  return localpart.startsWith('owner-') || (localpart.length > 8 && localpart.endsWith('-request'))
}
