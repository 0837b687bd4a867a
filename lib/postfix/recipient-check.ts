/**
 * recipient-check - what the SMTP server answers to RCPT TO from a client outside of the site.
 *
 * In order: syntax; relaying; whether the recipient exists, in canonical and alias tables first, then in the
 * tables of its class. Only the recipient itself is checked, never what an alias expands to. An error in a
 * table that must be asked is a temporary refusal. Access tables and policy servers are not asked.
 *
 * Authority: postconf(5) reject_unauth_destination, smtpd_reject_unlisted_recipient; smtpd_check_rcpt,
 * check_rcpt_maps (smtpd_check.c), extract_addr (smtpd.c).
 */
import { findAddress } from './address-find'
import { smtpReply } from './recipient-reply'
import { foldCase } from './case-folding'
import type { LookupFailure, MapList } from './map-list'
import { resolveRecipient } from './recipient-class'
import type { ResolvedRecipient } from './recipient-class'
import type { MailSite } from './resolution-site'
import type { DomainClass } from './trace'
import type { TraceRecorder } from './trace-recorder'

export type RecipientVerdict =
  | { readonly status: 'accepted'; readonly domainClass: DomainClass | null }
  | { readonly status: 'refused'; readonly domainClass: DomainClass | null; readonly reply: string }
  | { readonly status: 'unknown'; readonly domainClass: DomainClass | null; readonly reason: string }

/** Reply to an address that cannot be one. */
export function badSyntaxReply(site: MailSite): string {
  return smtpReply(site, 501, '5.1.3', 'Bad recipient address syntax')
}

/**
 * Judges a recipient. `given` is as the client sent it, in internal form; `standard` is rewritten to standard
 * form.
 */
export async function checkRecipient(
  site: MailSite,
  given: string,
  standard: string,
  recorder: TraceRecorder,
): Promise<RecipientVerdict> {
  const resolved = await resolveRecipient(site, standard, recorder.phase('resolve'))
  const dash = given.startsWith('-') && !site.settings.allowMinUser
  if (dash || (resolved.status === 'resolved' && resolved.malformed)) {
    return { status: 'refused', domainClass: null, reply: badSyntaxReply(site) }
  }
  const domainClass = resolved.status === 'resolved' ? resolved.domainClass : null
  // RFC 5321 section 4.5.1: a bare postmaster is always accepted.
  if (given.toLowerCase() === 'postmaster') return { status: 'accepted', domainClass }
  if (resolved.status === 'failed') return failureVerdict(site, resolved, given, domainClass)
  if (isRelaying(site, resolved)) {
    const [code, dsn] = site.settings.relayRefusal === 'defer' ? [100, '4.7.1'] : [0, '5.7.1']
    const text = `<${given}>: Relay access denied`
    return {
      status: 'refused',
      domainClass,
      reply: smtpReply(site, site.settings.relayRejectCode - code, dsn, text),
    }
  }
  if (!site.settings.unlistedRecipientCheck) return { status: 'accepted', domainClass }
  return checkListed(site, given, resolved, recorder)
}

function isRelaying(site: MailSite, resolved: ResolvedRecipient): boolean {
  if (resolved.domainClass === 'other') return true
  return resolved.routed && !site.settings.allowUntrustedRouting
}

async function checkListed(
  site: MailSite,
  given: string,
  resolved: ResolvedRecipient,
  recorder: TraceRecorder,
): Promise<RecipientVerdict> {
  const { domainClass } = resolved
  const phase = recorder.phase('smtpd')
  const recipient = foldCase(resolved.address, site.settings.smtputf8Enable)
  const find = (maps: MapList) => findAddress(site, maps, recipient, 'externalThenInternal', phase)
  for (const maps of [site.maps.recipientCanonical, site.maps.canonical, site.maps.virtualAlias]) {
    const answer = await find(maps)
    if (answer.status === 'failed') return failureVerdict(site, answer, given, domainClass)
    if (answer.status === 'found') return { status: 'accepted', domainClass }
  }
  const rejected = (code: number, dsn: string, text: string): RecipientVerdict => {
    phase.record({ type: 'stopped', phase: 'smtpd', address: resolved.address, reason: text })
    const full = `<${given}>: Recipient address rejected: ${text}`
    return { status: 'refused', domainClass, reply: smtpReply(site, code, dsn, full) }
  }
  if (resolved.transport === 'error' || resolved.transport === 'retry') {
    const code = domainClass === 'virtualAlias' ? site.settings.unknownRecipientCodes.virtualAlias : 550
    const { dsn, text } = splitStatus(resolved.nexthop)
    return resolved.transport === 'error' ? rejected(code, dsn, text) : rejected(450, dsn, text)
  }
  const listed = recipientTable(site, domainClass, recipient)
  if (listed === null) return { status: 'accepted', domainClass }
  const answer = await find(listed.maps)
  if (answer.status === 'failed') return failureVerdict(site, answer, given, domainClass)
  if (answer.status === 'found') return { status: 'accepted', domainClass }
  const where = site.settings.showTableName ? ` in ${listed.table}` : ''
  return rejected(listed.code, '5.1.1', `User unknown${where}`)
}

interface RecipientTable {
  readonly maps: MapList
  readonly table: string
  readonly code: number
}

/** The tables that list the recipients of a class; null if every recipient is taken. */
function recipientTable(site: MailSite, domainClass: DomainClass, recipient: string): RecipientTable | null {
  const { unknownRecipientCodes: codes, doubleBounceSender } = site.settings
  const { localRecipient, virtualMailbox, relayRecipient } = site.maps
  switch (domainClass) {
    case 'virtualMailbox':
      return tableUnlessEmpty({
        maps: virtualMailbox,
        table: 'virtual mailbox table',
        code: codes.virtualMailbox,
      })
    case 'relay':
      return tableUnlessEmpty({ maps: relayRecipient, table: 'relay recipient table', code: codes.relay })
    case 'local': {
      const special = [doubleBounceSender.toLowerCase(), 'postmaster', 'mailer-daemon']
      if (special.includes(recipient.slice(0, recipient.lastIndexOf('@')).toLowerCase())) return null
      return tableUnlessEmpty({ maps: localRecipient, table: 'local recipient table', code: codes.local })
    }
    case 'virtualAlias':
    case 'other':
      return null
  }
}

function tableUnlessEmpty(table: RecipientTable): RecipientTable | null {
  return table.maps.tables.length === 0 ? null : table
}

function failureVerdict(
  site: MailSite,
  failure: LookupFailure,
  given: string,
  domainClass: DomainClass | null,
): RecipientVerdict {
  return failure.evaluated
    ? {
        status: 'refused',
        domainClass,
        reply: smtpReply(site, 451, '4.3.0', `<${given}>: Temporary lookup failure`),
      }
    : { status: 'unknown', domainClass, reason: failure.reason }
}

/** A reason may begin with its own enhanced status code (RFC 3463). */
function splitStatus(reason: string): { dsn: string; text: string } {
  const [, dsn, text] = /^([245]\.\d{1,3}\.\d{1,3})\s+(.*)$/s.exec(reason) ?? []
  return { dsn: dsn ?? '5.1.1', text: text ?? reason }
}
