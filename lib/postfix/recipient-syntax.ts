/**
 * recipient-syntax - the address in a RCPT TO command.
 *
 * What stands between the brackets of the command is parsed as an RFC 822 address list that must hold exactly
 * one address; a source route before it is dropped. Quotes and inner brackets must be closed. Anything else is
 * no address, and null.
 *
 * Authority: RFC 5321 section 4.1.1.3, appendix C; smtpd_token(3), extract_addr (smtpd.c).
 */
import { isUtf8 } from '@/lib/ldap/octets'
import { parseAddressList } from './address-list'
import { internalText } from './address-tokens'

/** `@host,@host:` before the address, RFC 5321 section 4.1.2; cut at the first colon, whatever it belongs to. */
const SOURCE_ROUTE = /^@[^:]*:/

/** The address in internal form, as the client means it; null if it is none. */
export function givenAddress(argument: string, utf8: boolean): string | null {
  if (!isClosed(argument)) return null
  const [tokens, ...others] = parseAddressList(argument.replace(SOURCE_ROUTE, ''))
  if (tokens === undefined || others.length > 0) return null
  const given = internalText(tokens)
  return given === '' || (utf8 && !isUtf8(given)) ? null : given
}

/** Whether every quote and every bracket is closed, with the brackets of the command around it all. */
function isClosed(argument: string): boolean {
  const wanted: string[] = []
  const command = `<${argument}>`
  for (let at = 0; at < command.length; at += 1) {
    const character = command[at] ?? ''
    const innermost = wanted.at(-1)
    // A blank behind the closing bracket begins an option of the command.
    if (innermost === undefined && /\s/.test(character)) return false
    if (character === '\\') at += 1
    else if (character === innermost) wanted.pop()
    else if (character === '"') wanted.push('"')
    else if (character === '<' && innermost !== '"') wanted.push('>')
  }
  return wanted.length === 0
}
