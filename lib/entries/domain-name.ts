/**
 * domain-name - what may be written as the name of a hosted domain, and what to say if it may not.
 *
 * dc has IA5 syntax (RFC 4519 section 2.4), and Postfix asks for the domain in lower case and as A-labels. So
 * only host names pass (RFC 1123 section 2.1), with a dot, in lower case.
 */
import type { Text } from '@/lib/words/text'

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/** A typed name as it is stored: lower case, without blanks, @ in front or dot behind. */
export function tidyDomainName(text: string): string {
  return text.trim().toLowerCase().replace(/^@/, '').replace(/\.$/, '')
}

/** What is wrong with a tidy name; null if nothing is. */
export function domainNameProblem(name: string): Text | null {
  if (name === '') return { key: 'domain.problem.nameMissing' }
  if (!/^[\x20-\x7e]*$/.test(name)) return { key: 'domain.problem.nameNotAscii' }
  const labels = name.split('.')
  if (labels.length < 2) return { key: 'domain.problem.nameWithoutDot' }
  if (name.length > 253 || !labels.every((label) => LABEL.test(label)))
    return { key: 'domain.problem.nameNoHost' }
  return null
}
