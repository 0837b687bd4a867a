/**
 * address - what may be written as a mail address or as an alias, and what to say if it may not.
 *
 * The attributes mail and mailAlias have IA5 syntax, and Postfix asks for keys in the quoted external form
 * (postfix-semantics F10): an address that needs quoting, or is not ASCII, would be stored but never found.
 * So only dot-atom localparts (RFC 5322 section 3.2.3) and host names as domains (RFC 1123 section 2.1) pass.
 */
import type { Text } from '@/lib/words/text'

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
 * What is wrong with a text as an alias, and what to do; null if nothing is.
 * `@domain` (a catch-all) is a legal alias.
 */
export function aliasProblem(text: string): Text | null {
  if (isCatchAll(text)) return asciiProblem(text) ?? domainProblem(text.slice(1))
  return addressProblem(text)
}

/** What is wrong with a text as a mail address; null if nothing is. */
export function addressProblem(text: string): Text | null {
  const at = text.lastIndexOf('@')
  if (at < 0) return { key: 'mailbox.problem.notAnAddress' }
  const localpart = text.slice(0, at)
  return asciiProblem(text) ?? localpartProblem(localpart) ?? domainProblem(text.slice(at + 1))
}

function asciiProblem(text: string): Text | null {
  if (ASCII.test(text)) return null
  return { key: 'mailbox.problem.addressAscii' }
}

function localpartProblem(localpart: string): Text | null {
  if (localpart === '') return { key: 'mailbox.problem.noLocalpart' }
  if (localpart.length > 64) return { key: 'mailbox.problem.longLocalpart' }
  if (/["\s(),:;<>@[\]\\]/.test(localpart)) return { key: 'mailbox.problem.quoting' }
  if (localpart.startsWith('-')) return { key: 'mailbox.problem.hyphen' }
  if (!LOCALPART.test(localpart)) return { key: 'mailbox.problem.dots' }
  return null
}

function domainProblem(domain: string): Text | null {
  if (domain === '') return { key: 'mailbox.problem.noDomain' }
  const labels = domain.split('.')
  if (labels.length < 2) return { key: 'mailbox.problem.shortDomain' }
  if (domain.length > 253 || !labels.every((label) => LABEL.test(label)))
    return { key: 'mailbox.problem.notAHostName' }
  return null
}
