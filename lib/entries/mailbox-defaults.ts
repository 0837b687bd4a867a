/**
 * mailbox-defaults - what a new mailbox most likely should look like, learned from mailboxes that are there.
 *
 * A path or user name is learned as a template, in which {localpart}, {domain} and {uid} stand for the parts of the
 * address; the template that most mailboxes have wins, for other attributes the value that most have. What fewer
 * than half of them have is left empty. Pure, and free of zod, so that the browser can fill the templates in.
 */
import { type Entry, valueOf } from '@/lib/ldap/entry'
import { formatDn, parseDn } from '@/lib/ldap/dn'
import { formatQuota } from './quota'

/** Templates and values; empty where there is nothing to be learned. */
export interface MailboxDefaults {
  readonly uid: string
  readonly mailHomeDirectory: string
  readonly mailStorageDirectory: string
  readonly mailUidNumber: string
  readonly mailGidNumber: string
  /** As people write it. */
  readonly mailQuota: string
  readonly mailEnabled: string
  /** DN of the entry below which the new one goes. */
  readonly parent: string
}

/** Attributes that {@link learnDefaults} needs. */
export const LEARNED_ATTRIBUTES = [
  'uid',
  'mail',
  'mailHomeDirectory',
  'mailStorageDirectory',
  'mailUidNumber',
  'mailGidNumber',
  'mailQuota',
  'mailEnabled',
] as const

/** The parts of an address that templates name. */
export interface AddressParts {
  readonly localpart: string
  readonly domain: string
  readonly uid: string
}

/**
 * What most of these mailboxes have.
 * @param base the parent of new mailboxes where there are none to learn from
 */
export function learnDefaults(entries: readonly Entry[], base: string): MailboxDefaults {
  const usual = (attribute: string): string =>
    mostFrequent(entries.map((entry) => valueOf(entry, attribute) ?? ''))
  const path = (attribute: string): string =>
    usualTemplate(entries.map((entry) => pathTemplates(valueOf(entry, attribute) ?? '', partsOf(entry))))
  return {
    uid: usualTemplate(entries.map((entry) => uidTemplates(partsOf(entry)))) || '{localpart}',
    mailHomeDirectory: path('mailHomeDirectory'),
    mailStorageDirectory: path('mailStorageDirectory'),
    mailUidNumber: usual('mailUidNumber'),
    mailGidNumber: usual('mailGidNumber'),
    mailQuota: formatQuota(usual('mailQuota')),
    mailEnabled: usual('mailEnabled') === '' && entries.length > 0 ? '' : 'TRUE',
    parent: mostFrequent(entries.map((entry) => parentOf(entry.dn))) || base,
  }
}

/** A template with the parts of an address in their places; empty as long as one that it names is missing. */
export function fillTemplate(template: string, parts: AddressParts): string {
  const names = ['localpart', 'domain', 'uid'] as const
  if (names.some((name) => template.includes(`{${name}}`) && parts[name] === '')) return ''
  return names.reduce((text, name) => text.replaceAll(`{${name}}`, () => parts[name]), template)
}

function partsOf(entry: Entry): AddressParts {
  const mail = (valueOf(entry, 'mail') ?? '').toLowerCase()
  const at = mail.lastIndexOf('@')
  return {
    localpart: mail.slice(0, Math.max(0, at)),
    domain: at < 0 ? '' : mail.slice(at + 1),
    uid: (valueOf(entry, 'uid') ?? '').toLowerCase(),
  }
}

function uidTemplates({ localpart, domain, uid }: AddressParts): readonly string[] {
  if (uid === '') return []
  if (uid === `${localpart}@${domain}`) return ['{localpart}@{domain}']
  return uid === localpart ? ['{localpart}'] : []
}

/** Every way to read a path as a template; where user name and localpart are the same, it may mean either. */
function pathTemplates(path: string, parts: AddressParts): readonly string[] {
  if (path === '') return []
  const orders = [
    ['localpart', 'uid', 'domain'],
    ['uid', 'localpart', 'domain'],
  ] as const
  const templates = orders.map((order) =>
    path
      .split('/')
      .map((step) => {
        if (step.toLowerCase() === `${parts.localpart}@${parts.domain}`) return '{localpart}@{domain}'
        const name = order.find((part) => parts[part] !== '' && step.toLowerCase() === parts[part])
        return name === undefined ? step : `{${name}}`
      })
      .join('/'),
  )
  return [...new Set(templates)]
}

/** Of the templates of each mailbox the one that most have, if it says where a mailbox is and is not one fixed place. */
function usualTemplate(candidates: readonly (readonly string[])[]): string {
  const best = mostFrequent(candidates.flat(), candidates.length)
  return /\{(?:localpart|uid)\}/.test(best) ? best : ''
}

/** The most frequent text, the earlier of equally frequent ones; empty if fewer than half have it. */
function mostFrequent(texts: readonly string[], of = texts.length): string {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  const [best] = [...counts].sort(([, one], [, other]) => other - one)
  return best !== undefined && best[1] * 2 >= of ? best[0] : ''
}

function parentOf(dn: string): string {
  const parsed = parseDn(dn)
  return parsed === null ? '' : formatDn(parsed.slice(1))
}
