/**
 * recipient-domain - whether a domain is in one of the site's lists of domains.
 *
 * mydestination and the virtual lists match whole names; relay_domains matches subdomains too, by the rules of
 * parent_domain_matches_subdomains. The first item that matches decides. An error of a table in the list ends
 * the search and is the answer: such a domain is neither in the list nor not in it.
 *
 * Authority: match_string and match_hostname (match_ops.c), resolve_local(3).
 */
import { isAddressLiteral, literalAddress } from './address-domain'
import { foldCase } from './case-folding'
import type { LookupFailure } from './map-list'
import { lookupFailure } from './map-list'
import type { MatchList, MatchPattern } from './match-list'
import type { MailSite } from './resolution-site'
import type { PhaseRecorder } from './trace-recorder'

/** The domains of one parameter. */
export interface DomainList {
  readonly parameter: string
  readonly list: MatchList
  /** none: whole names only; dotted: `.example.org` stands for subdomains; bare: `example.org` does. */
  readonly subdomains: 'none' | 'dotted' | 'bare'
}

type Membership = { readonly status: 'known'; readonly member: boolean } | LookupFailure

/** Whether the list has this domain. */
export async function matchDomain(
  site: MailSite,
  domains: DomainList,
  domain: string,
  recorder: PhaseRecorder,
): Promise<Membership> {
  const name = foldCase(domain, site.settings.smtputf8Enable)
  for (const pattern of domains.list.patterns) {
    const answer = await matchPattern(site, domains, pattern, name, recorder)
    if (answer.status === 'failed') return answer
    if (answer.member) return { status: 'known', member: !pattern.negated }
  }
  return { status: 'known', member: false }
}

async function matchPattern(
  site: MailSite,
  domains: DomainList,
  pattern: MatchPattern,
  name: string,
  recorder: PhaseRecorder,
): Promise<Membership> {
  if (pattern.type === 'string') {
    return { status: 'known', member: matchesName(pattern.folded, name, domains.subdomains) }
  }
  const flags = { fold: false, utf8: site.settings.smtputf8Enable }
  for (const key of [name, ...parentsOf(name, domains.subdomains)]) {
    const answer = await recorder.ask(domains.parameter, pattern.table, key, flags)
    if (answer.status === 'found') return { status: 'known', member: true }
    if (answer.status !== 'notFound') return lookupFailure(domains.parameter, pattern.table, answer)
  }
  return { status: 'known', member: false }
}

function matchesName(pattern: string, name: string, subdomains: DomainList['subdomains']): boolean {
  if (pattern === name) return true
  switch (subdomains) {
    case 'none':
      return false
    case 'dotted':
      return pattern.startsWith('.') && name.length > pattern.length && name.endsWith(pattern)
    case 'bare':
      return name.endsWith(`.${pattern}`)
  }
}

/** The parent domains as keys: with their leading dot, or without. */
export function parentsOf(name: string, subdomains: DomainList['subdomains']): readonly string[] {
  if (subdomains === 'none') return []
  const parents: string[] = []
  for (let dot = name.indexOf('.', 1); dot !== -1; dot = name.indexOf('.', dot + 2)) {
    parents.push(name.slice(subdomains === 'bare' ? dot + 1 : dot))
  }
  return parents
}

/** Whether mail for this domain is for this host: in mydestination, or an address literal of ours. */
export async function isLocalDomain(
  site: MailSite,
  domain: string,
  recorder: PhaseRecorder,
): Promise<{ readonly status: 'known'; readonly local: boolean } | LookupFailure> {
  const listed = await matchDomain(site, site.domains.mydestination, domain, recorder)
  if (listed.status === 'failed') return listed
  if (listed.member) return { status: 'known', local: true }
  const literal = isAddressLiteral(domain) ? literalAddress(domain) : null
  return { status: 'known', local: literal !== null && site.settings.ownAddresses.has(literal) }
}
