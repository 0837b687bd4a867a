/**
 * owner-policy - which addresses a mailbox owner may take, by the site's policy, and what to say if not.
 *
 * Only plain localparts pass: letters, digits, dots, hyphens and underscores of ASCII, in lower case. So no
 * look-alike, no quoted form and no address extension of someone else can be taken, whatever the recipient
 * delimiter is. Reserved are the names of RFC 2142, those that certificate authorities write to (CA/Browser
 * Forum Baseline Requirements section 3.2.2.4.4), those that Postfix and mailing lists use, and the site's own.
 */
import type { OwnerPolicy } from '@/lib/owner-settings'
import type { Text } from '@/lib/words/text'
import { domainOf } from './address'

const RESERVED = new Set(
  [
    'info marketing sales support abuse noc security postmaster hostmaster usenet news webmaster www uucp ftp',
    'admin administrator ssladmin sysadmin root mailer-daemon daemon nobody majordomo listserv',
    'noreply no-reply donotreply bounce bounces dmarc tlsrpt autoconfig autodiscover all everyone staff',
  ]
    .join(' ')
    .split(' '),
)

const LOCALPART = /^[a-z0-9_]+(?:(?:\.|-+)[a-z0-9_]+)*$/
const LONGEST = 64

/** Lower case of ASCII letters alone: other scripts have letters that become ASCII ones. */
export function foldAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** The domains in which this person may take aliases, each once. */
export function aliasDomains({ aliases, domains }: OwnerPolicy, mail: string): readonly string[] {
  if (!aliases) return []
  const own = domainOf(mail) ?? ''
  const names = domains.map((name) => (name === 'own' ? own : name))
  return [...new Set(names)].filter((name) => name !== '')
}

/** Whether a new alias here waits for an administrator's yes. */
export function awaitsRequest({ requests }: OwnerPolicy, address: string): boolean {
  return requests.includes('all') || requests.includes(domainOf(address) ?? '')
}

/** Whether only administrators give and take addresses with this localpart. */
export function isReserved({ reserved }: OwnerPolicy, address: string): boolean {
  const localpart = foldAscii(address.slice(0, Math.max(address.lastIndexOf('@'), 0)))
  const isListAddress = /^owner-|-(?:request|owner|bounces?)$/.test(localpart)
  return isListAddress || RESERVED.has(localpart) || reserved.includes(localpart)
}

/**
 * What is wrong with an address as a new alias of this person, by the policy; null if nothing is.
 * @param mail the address of the person's mailbox  @param address with ASCII letters in lower case
 */
export function ownAliasProblem(policy: OwnerPolicy, mail: string, address: string): Text | null {
  if (!policy.aliases) return { key: 'account.problem.aliasesOff' }
  const at = address.lastIndexOf('@')
  const localpart = address.slice(0, Math.max(at, 0))
  if (at < 0 || localpart === '') return { key: 'account.problem.localpartMissing' }
  if (localpart.length > LONGEST) return { key: 'account.problem.localpartLong' }
  if (!LOCALPART.test(localpart)) return { key: 'account.problem.localpartCharacters' }
  const domains = aliasDomains(policy, mail)
  if (!domains.includes(address.slice(at + 1)))
    return { key: 'account.problem.domain', values: { domains: domains.join(', ') } }
  if (isReserved(policy, address)) return { key: 'account.problem.reserved', values: { localpart } }
  if (policy.pattern !== '' && !new RegExp(`^(?:${policy.pattern})$`, 'u').test(localpart))
    return { key: 'account.problem.pattern', values: { pattern: policy.pattern } }
  return null
}
