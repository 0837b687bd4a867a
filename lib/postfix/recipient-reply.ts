/**
 * recipient-reply - the text of an SMTP reply to RCPT TO.
 *
 * soft_bounce makes a permanent refusal temporary; the first digit of the enhanced status code follows the
 * reply code. What a client should not get to see raw is shown as a blank: control characters, octets that are
 * not UTF-8, and without smtputf8_enable every octet that is not ASCII. Never fails.
 *
 * Authority: RFC 5321 section 4.2, RFC 3463; smtpd_check_reject (smtpd_check.c), printable(3).
 */
import { encodeOctets } from '@/lib/ldap/octets'
import type { MailSite } from './resolution-site'

/** The whole reply line. */
export function smtpReply(site: MailSite, code: number, dsn: string, text: string): string {
  const soft = site.settings.softBounce && code >= 500 ? code - 100 : code
  return printable(`${soft} ${String(soft).charAt(0)}${dsn.slice(1)} ${text}`, site.settings.smtputf8Enable)
}

function printable(text: string, utf8: boolean): string {
  let shown = ''
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x20 || code === 0x7f || !character.isWellFormed()) shown += ' '
    else if (code > 0x7f && !utf8) shown += ' '.repeat(encodeOctets(character).length)
    else shown += character
  }
  return shown
}
