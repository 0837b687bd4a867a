/**
 * address-domain - whether the domain of an address has a shape that mail can be sent to.
 *
 * Host names: labels of letters, digits, `_` and `-` of at most 63 characters, not beginning or ending with
 * `-`, 255 in all, and not digits and dots only. With UTF-8 mode letters of any script count; whether IDNA
 * would accept them is not judged here. Address literals: `[1.2.3.4]` and `[IPv6:...]`.
 *
 * Authority: RFC 1035 section 2.3.1, RFC 5321 section 4.1.3; valid_hostname(3), valid_mailhost_addr(3).
 */
import { isUtf8 } from '@/lib/ldap/octets'

/** Whether Postfix takes it for a host name. */
export function isHostName(name: string, utf8: boolean): boolean {
  if (name === '' || name.length > 255 || /^[\d.]*$/.test(name)) return false
  if (utf8 && !isUtf8(name)) return false
  const label = utf8 ? /^[\w-]*$|^(?:[\w-]|[^\0-\x7f])+$/ : /^[\w-]*$/
  return name
    .split('.')
    .every(
      (part) =>
        part !== '' && part.length <= 63 && label.test(part) && !part.startsWith('-') && !part.endsWith('-'),
    )
}

/** Whether it is an address literal in brackets. */
export function isAddressLiteral(domain: string): boolean {
  const address = /^\[(.*)\]$/s.exec(domain)?.[1]
  if (address === undefined) return false
  const sixth = /^ipv6:(.*)$/is.exec(address)?.[1]
  return sixth === undefined ? isIpv4(address) : isIpv6(sixth)
}

/** The address in an address literal, without brackets and tag, in lower case. */
export function literalAddress(domain: string): string {
  return domain
    .slice(1, -1)
    .toLowerCase()
    .replace(/^ipv6:/, '')
}

/** Four numbers up to 255; the first is not 0 unless all are. */
export function isIpv4(text: string): boolean {
  const numbers = text.split('.')
  if (numbers.length !== 4 || !numbers.every((number) => /^\d{1,3}$/.test(number) && Number(number) <= 255)) {
    return false
  }
  return Number(numbers[0]) !== 0 || numbers.every((number) => Number(number) === 0)
}

/** Eight groups of hexadecimal digits, one run of them may be `::`, the last two may be an IPv4 address. */
export function isIpv6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  let groups = 0
  for (const [index, half] of halves.entries()) {
    if (half === '') continue
    const parts = half.split(':')
    for (const [place, part] of parts.entries()) {
      const last = index === halves.length - 1 && place === parts.length - 1
      if (last && part.includes('.')) {
        if (!isIpv4(part)) return false
        groups += 2
      } else if (/^[\da-f]{1,4}$/i.test(part)) groups += 1
      else return false
    }
  }
  return halves.length === 2 ? groups < 8 : groups === 8
}
