/**
 * domain-template - names of domains in texts such as `mail-%d-admins`, where %d stands for the domain as in
 * ldap_table(5). Pure. What is no domain name (RFC 1123 section 2.1, in lower case) is not found.
 */

const DOMAIN = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/

/** The domain for which the template gives this text, upper and lower case being the same; null if there is none. */
export function domainByTemplate(template: string, text: string): string | null {
  const parts = template.toLowerCase().split('%d')
  const lower = text.toLowerCase()
  const places = parts.length - 1
  const length = (lower.length - parts.join('').length) / places
  if (places < 1 || !Number.isInteger(length) || length < 1) return null
  const start = parts[0]?.length ?? 0
  const domain = lower.slice(start, start + length)
  return DOMAIN.test(domain) && parts.join(domain) === lower ? domain : null
}
