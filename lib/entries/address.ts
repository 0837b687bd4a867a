/**
 * address - what may be written as a mail address or as an alias, and what to say if it may not.
 *
 * The attributes mail and mailAlias have IA5 syntax, and Postfix asks for keys in the quoted external form
 * (postfix-semantics F10): an address that needs quoting, or is not ASCII, would be stored but never found.
 * So only dot-atom localparts (RFC 5322 section 3.2.3) and host names as domains (RFC 1123 section 2.1) pass.
 */

const LOCALPART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i
const ASCII = /^[\x20-\x7e]*$/

/** Lower-case domain part: what follows the last @, or null without one. */
export function domainOf(address: string): string | null {
  const at = address.lastIndexOf('@')
  return at < 0 ? null : address.slice(at + 1).toLowerCase()
}

/** Whether this alias takes the mail of a whole domain. */
export function isCatchAll(address: string): boolean {
  return address.startsWith('@')
}

/**
 * What is wrong with a text as an alias, as a sentence that says what to do; null if nothing is.
 * `@domain` (a catch-all) is a legal alias.
 */
export function aliasProblem(text: string): string | null {
  if (isCatchAll(text)) return asciiProblem(text) ?? domainProblem(text.slice(1))
  return addressProblem(text)
}

/** What is wrong with a text as a mail address, as a sentence; null if nothing is. */
export function addressProblem(text: string): string | null {
  const at = text.lastIndexOf('@')
  if (at < 0) return 'This is not an address: add @ and a domain, as in name@example.net.'
  const localpart = text.slice(0, at)
  return asciiProblem(text) ?? localpartProblem(localpart) ?? domainProblem(text.slice(at + 1))
}

function asciiProblem(text: string): string | null {
  if (ASCII.test(text)) return null
  return 'Only ASCII letters can be stored: the directory’s attribute is IA5. Write a domain as its xn-- form.'
}

function localpartProblem(localpart: string): string | null {
  if (localpart === '') return 'The part before the @ is missing.'
  if (localpart.length > 64) return 'The part before the @ is longer than 64 characters (RFC 5321).'
  if (/["\s(),:;<>@[\]\\]/.test(localpart))
    return 'Spaces, quotes and brackets do not work here: Postfix would never find this address.'
  if (localpart.startsWith('-')) return 'Postfix refuses addresses that begin with a hyphen.'
  if (!LOCALPART.test(localpart)) return 'A dot may not stand first, last or twice in a row before the @.'
  return null
}

function domainProblem(domain: string): string | null {
  if (domain === '') return 'The domain after the @ is missing.'
  const labels = domain.split('.')
  if (labels.length < 2) return 'Write the whole domain, as in example.net.'
  if (domain.length > 253 || !labels.every((label) => LABEL.test(label)))
    return 'This domain is not a host name: use letters, digits, hyphens and dots.'
  return null
}
