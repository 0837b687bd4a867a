/**
 * recipient-class - what class an address is of, and which transport gets it.
 *
 * Domains of this host are stripped first, also behind `%`, `!` and quotes, until a domain of others or a bare
 * local part is left; the empty address is empty_address_recipient. Then the lists are asked in order: virtual alias, virtual mailbox, relay; no list, no
 * class but `other`. transport_maps and relocated_maps override the transport. An error in any list or table
 * that has to be asked is the answer for every address.
 *
 * Authority: ADDRESS_CLASS_README, transport(5); resolve_addr (resolve.c of trivial-rewrite).
 */
import { isAddressLiteral, isHostName, isIpv4, isIpv6 } from './address-domain'
import { findAddress } from './address-find'
import { quoteAddress } from './address-quoting'
import { lastOperator, rewriteTokens } from './address-rewriting'
import { spacedText, isOperator, scanAddress } from './address-tokens'
import type { AddressToken } from './address-tokens'
import type { LookupFailure } from './map-list'
import { isLocalDomain, matchDomain } from './recipient-domain'
import { findTransport } from './recipient-transport'
import type { MailSite } from './resolution-site'
import type { DomainClass } from './trace'
import type { PhaseRecorder } from './trace-recorder'

export interface ResolvedRecipient {
  readonly status: 'resolved'
  /** The address that is left, in internal form; always with a domain. */
  readonly address: string
  readonly domainClass: DomainClass
  readonly transport: string
  /** For the error transport: the reason. */
  readonly nexthop: string
  /** The local part has `@`, `%` or `!`: it may be meant for yet another host. */
  readonly routed: boolean
  /** The domain is none. Then the class is not looked up. */
  readonly malformed: boolean
}

/** Resolves an address in internal form. */
export async function resolveRecipient(
  site: MailSite,
  address: string,
  recorder: PhaseRecorder,
): Promise<ResolvedRecipient | LookupFailure> {
  const stripped = await stripLocalDomains(site, address, recorder)
  if (stripped.status === 'failed') return stripped
  const recipient = bracketed(spacedText(stripped.tokens), site)
  const domain = recipient.slice(recipient.lastIndexOf('@') + 1)
  const routed = recipient.slice(recipient.search(/[@!%]/) + 1) !== domain
  if (!isMailDomain(domain, site)) {
    const { transport, nexthop } = splitTransport(site.settings.transports.other, domain)
    return {
      status: 'resolved',
      address: recipient,
      domainClass: 'other',
      transport,
      nexthop,
      routed,
      malformed: true,
    }
  }
  const domainClass = stripped.local
    ? await warnOfLocal(site, domain, recorder)
    : await classOfDomain(site, domain, recorder)
  if (typeof domainClass !== 'string') return domainClass
  const route = await routeOf(site, recipient, domain, domainClass, recorder)
  if (route.status === 'failed') return route
  const { transport, nexthop } = route
  recorder.record({
    type: 'classified',
    phase: recorder.phase,
    address: recipient,
    domainClass,
    transport,
    nexthop,
  })
  return { status: 'resolved', address: recipient, domainClass, transport, nexthop, routed, malformed: false }
}

interface Stripped {
  readonly status: 'stripped'
  readonly tokens: readonly AddressToken[]
  readonly local: boolean
}

const AT: AddressToken = { type: 'operator', text: '@' }

async function stripLocalDomains(
  site: MailSite,
  address: string,
  recorder: PhaseRecorder,
): Promise<Stripped | LookupFailure> {
  const { settings } = site
  let tokens = scanAddress(address === '' ? settings.emptyAddressRecipient : quoteAddress(address))
  let saved: readonly AddressToken[] | null = null
  // Every turn takes a domain or an operator away; the bound is Postfix's.
  for (let turn = 0; turn <= address.length + 100; turn += 1) {
    tokens = withoutTrailing(tokens, settings.resolveNullDomain)
    const at = lastOperator(tokens, '@')
    if (at !== -1) {
      if (at < tokens.length - 1) {
        const local = await isLocalDomain(site, spacedText(tokens.slice(at + 1)), recorder)
        if (local.status === 'failed') return local
        if (!local.local) return { status: 'stripped', tokens, local: false }
      }
      saved = tokens.slice(at)
      tokens = tokens.slice(0, at)
    }
    const next = rerouted(tokens, site)
    if (next === null) break
    tokens = next
  }
  const [only] = tokens
  const empty =
    tokens.length === 0 || (tokens.length === 1 && only?.type === 'quotedString' && only.text === '')
  const localpart = empty ? scanAddress(settings.emptyAddressRecipient) : tokens
  if (saved !== null) return { status: 'stripped', tokens: [...localpart, ...saved], local: true }
  // Without any domain it is this host's name, whatever class that is.
  const own = await isLocalDomain(site, settings.myhostname, recorder)
  if (own.status === 'failed') return own
  const domain = [AT, ...scanAddress(settings.myhostname)]
  return { status: 'stripped', tokens: [...localpart, ...domain], local: own.local }
}

function withoutTrailing(tokens: readonly AddressToken[], nullDomain: boolean): readonly AddressToken[] {
  const before = tokens.at(-2)
  const dot =
    isOperator(tokens.at(-1), '.') &&
    lastOperator(tokens, '@') !== -1 &&
    !isOperator(before, '.') &&
    !isOperator(before, '@')
  const rest = dot ? tokens.slice(0, -1) : tokens
  return nullDomain && isOperator(rest.at(-1), '@') ? rest.slice(0, -1) : rest
}

/** The address that a local part with routing operators stands for; null if it has none. */
function rerouted(tokens: readonly AddressToken[], site: MailSite): readonly AddressToken[] | null {
  const { swapBangpath, allowPercentHack, resolveDequotedAddress } = site.settings
  const operators = ['@', ...(allowPercentHack ? ['%'] : []), ...(swapBangpath ? ['!'] : [])]
  if (operators.some((operator) => lastOperator(tokens, operator) !== -1)) {
    return rewriteTokens(tokens, site.settings)
  }
  const [only] = tokens
  if (!resolveDequotedAddress || tokens.length !== 1 || only?.type !== 'quotedString') return null
  const operator = operators.find((candidate) => only.text.includes(candidate))
  if (operator === undefined) return null
  const place = only.text.lastIndexOf(operator)
  const opened =
    operator === '!' ? only.text : quoteAddress(`${only.text.slice(0, place)}@${only.text.slice(place + 1)}`)
  return rewriteTokens(scanAddress(opened), site.settings)
}

/** With resolve_numeric_domain an address without brackets counts as a literal. */
function bracketed(address: string, site: MailSite): string {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  const numeric = site.settings.resolveNumericDomain && (isIpv4(domain) || isIpv6(domain))
  return numeric ? `${address.slice(0, at)}@[${isIpv6(domain) ? 'IPv6:' : ''}${domain}]` : address
}

function isMailDomain(domain: string, site: MailSite): boolean {
  return domain.startsWith('[') ? isAddressLiteral(domain) : isHostName(domain, site.settings.smtputf8Enable)
}

/** Domains of this host are also looked up in the virtual lists, only to warn; an error there is no error. */
async function warnOfLocal(site: MailSite, domain: string, recorder: PhaseRecorder): Promise<DomainClass> {
  if (site.settings.helpfulWarnings) {
    await matchDomain(site, site.domains.virtualAlias, domain, recorder)
    await matchDomain(site, site.domains.virtualMailbox, domain, recorder)
  }
  return 'local'
}

async function classOfDomain(
  site: MailSite,
  domain: string,
  recorder: PhaseRecorder,
): Promise<DomainClass | LookupFailure> {
  const classes = ['virtualAlias', 'virtualMailbox', 'relay'] as const
  for (const [place, domainClass] of classes.entries()) {
    const answer = await matchDomain(site, site.domains[domainClass], domain, recorder)
    if (answer.status === 'failed') return answer
    if (!answer.member) continue
    for (const later of site.settings.helpfulWarnings ? classes.slice(place + 1) : []) {
      await matchDomain(site, site.domains[later], domain, recorder)
    }
    return domainClass
  }
  return 'other'
}

async function routeOf(
  site: MailSite,
  recipient: string,
  domain: string,
  domainClass: DomainClass,
  recorder: PhaseRecorder,
): Promise<
  { readonly status: 'found'; readonly transport: string; readonly nexthop: string } | LookupFailure
> {
  const unknown = `5.1.1 User unknown${site.settings.showTableName ? ' in virtual alias table' : ''}`
  let route =
    domainClass === 'virtualAlias'
      ? { transport: 'error', nexthop: unknown }
      : splitTransport(site.settings.transports[domainClass], domain)
  if (domainClass !== 'virtualAlias') {
    const mapped = await findTransport(site, recipient, domain, route, recorder)
    if (mapped.status === 'failed') return mapped
    if (mapped.status === 'found') route = mapped
  }
  const moved = await findAddress(site, site.maps.relocated, recipient, 'externalThenInternal', recorder)
  if (moved.status === 'failed') return moved
  if (moved.status === 'found') {
    route = { transport: 'error', nexthop: `5.1.6 User has moved to ${moved.value}` }
  }
  return { status: 'found', transport: route.transport, nexthop: route.nexthop }
}

/** `transport:nexthop`; without a next hop it is the domain. */
function splitTransport(value: string, domain: string): { transport: string; nexthop: string } {
  const colon = value.indexOf(':')
  const nexthop = colon === -1 ? '' : value.slice(colon + 1)
  return {
    transport: colon === -1 ? value : value.slice(0, colon),
    nexthop: nexthop === '' ? domain : nexthop,
  }
}
