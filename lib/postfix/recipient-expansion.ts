/**
 * recipient-expansion - from the recipient of a message to the recipients in its queue file.
 *
 * Canonical mapping first, one to one, at most ten times. Then virtual_alias_maps for every address of a work
 * list, each result looked up again: the first result takes the place of the address, the others go to the end
 * of the list. An address that expands to itself is not expanded again; any longer loop runs into a limit. A
 * limit or a failed lookup refuses the whole message after DATA. Duplicates are removed at the end.
 *
 * Authority: virtual(5), postconf(5) virtual_alias_recursion_limit; cleanup_map1n.c, cleanup_map11.c,
 * mail_addr_map(3), cleanup_out_recipient.c.
 */
import { encodeOctets } from '@/lib/ldap/octets'
import { addressesOfValue } from './address-expansion'
import { findAddress } from './address-find'
import { foldCase } from './case-folding'
import type { MapList } from './map-list'
import type { MailSite } from './resolution-site'
import type { PhaseRecorder } from './trace-recorder'

export type RecipientExpansion =
  | { readonly status: 'queued'; readonly recipients: readonly string[] }
  | { readonly status: 'refused'; readonly reply: string; readonly reason: string }
  | { readonly status: 'unknown'; readonly reason: string }

type Stopped = Exclude<RecipientExpansion, { readonly status: 'queued' }>

const MOST_CANONICAL_MAPPINGS = 10

/** Expands an address in internal form, rewritten to standard form. */
export async function expandRecipient(
  site: MailSite,
  address: string,
  recorder: PhaseRecorder,
): Promise<RecipientExpansion> {
  if (!site.settings.addressMappings) return { status: 'queued', recipients: [address] }
  const canonical = await mapCanonical(site, address, recorder)
  if (canonical.status !== 'mapped') return stopped(canonical, address, recorder)
  const expanded = await expandAliases(site, canonical.addresses[0] ?? '', recorder)
  if (expanded.status !== 'queued') return stopped(expanded, address, recorder)
  return { status: 'queued', recipients: withoutDuplicates(site, expanded.recipients) }
}

function stopped(expansion: Stopped, address: string, recorder: PhaseRecorder): Stopped {
  recorder.record({ type: 'stopped', phase: recorder.phase, address, reason: expansion.reason })
  return expansion
}

type Mapping =
  | { readonly status: 'mapped'; readonly addresses: readonly string[] }
  | { readonly status: 'notFound' }
  | Stopped

/** One lookup of one address: its addresses in standard form, with the extension where it propagates. */
async function mapAddress(
  site: MailSite,
  maps: MapList,
  address: string,
  propagate: boolean,
  recorder: PhaseRecorder,
): Promise<Mapping> {
  const answer = await findAddress(site, maps, address, 'external', recorder)
  if (answer.status === 'notFound') return answer
  if (answer.status === 'failed') {
    return answer.evaluated ? unusable(answer.reason) : { status: 'unknown', reason: answer.reason }
  }
  const addresses = addressesOfValue(address, answer.value, answer.extension, propagate, site.settings)
  if (addresses.length === 0) {
    return unusable(`${maps.parameter}: the value for ${address} has no address in it: "${answer.value}".`)
  }
  const { phase } = recorder
  const extension = propagate ? answer.extension : null
  recorder.record({ type: 'expanded', phase, parameter: maps.parameter, address, addresses, extension })
  return { status: 'mapped', addresses }
}

function unusable(reason: string): Stopped {
  return { status: 'refused', reply: '451 4.3.0 Error: queue file write error', reason }
}

function overLimit(reason: string): Stopped {
  return { status: 'refused', reply: '451 4.6.0 Alias expansion error', reason }
}

async function mapCanonical(
  site: MailSite,
  address: string,
  recorder: PhaseRecorder,
): Promise<Exclude<Mapping, { readonly status: 'notFound' }>> {
  const { canonicalOfRecipient, recipientCanonicalOfRecipient, propagateCanonical } = site.settings
  const tables = [
    ...(recipientCanonicalOfRecipient ? [site.maps.recipientCanonical] : []),
    ...(canonicalOfRecipient ? [site.maps.canonical] : []),
  ]
  let current = address
  for (const maps of tables) {
    for (let count = 0; count < MOST_CANONICAL_MAPPINGS; count += 1) {
      const mapping = await mapAddress(site, maps, current, propagateCanonical, recorder)
      if (mapping.status === 'notFound') break
      if (mapping.status !== 'mapped') return mapping
      const before = current
      current = mapping.addresses[0] ?? current
      if (sameAddress(site, before, current)) break
    }
  }
  return { status: 'mapped', addresses: [current] }
}

async function expandAliases(
  site: MailSite,
  address: string,
  recorder: PhaseRecorder,
): Promise<RecipientExpansion> {
  const { recursionLimit, expansionLimit, addressLengthLimit, propagateVirtual } = site.settings
  const list = [address]
  const done = new Set<string>()
  for (let place = 0; place < list.length; place += 1) {
    if (list.length > expansionLimit) {
      return overLimit(
        `${address} expands to more than virtual_alias_expansion_limit = ${expansionLimit} addresses.`,
      )
    }
    for (let count = 0; ; count += 1) {
      const current = list[place] ?? ''
      if (done.has(foldCase(current, site.settings.smtputf8Enable))) break
      if (count >= recursionLimit) {
        return overLimit(
          `${address} is rewritten virtual_alias_recursion_limit = ${recursionLimit} times: an alias loop.`,
        )
      }
      const mapping = await mapAddress(site, site.maps.virtualAlias, current, propagateVirtual, recorder)
      if (mapping.status === 'notFound') break
      if (mapping.status !== 'mapped') return mapping
      const long = mapping.addresses.find((result) => encodeOctets(result).length > addressLengthLimit)
      if (long !== undefined) {
        return overLimit(
          `${current} gives an address longer than virtual_alias_address_length_limit = ${addressLengthLimit}: ${long}`,
        )
      }
      const [first = '', ...others] = mapping.addresses
      list[place] = first
      list.push(...others)
      // An address may expand to itself, once.
      if (mapping.addresses.some((result) => sameAddress(site, current, result))) {
        done.add(foldCase(current, site.settings.smtputf8Enable))
      }
    }
  }
  return { status: 'queued', recipients: list }
}

function sameAddress(site: MailSite, one: string, other: string): boolean {
  const { smtputf8Enable } = site.settings
  return foldCase(one, smtputf8Enable) === foldCase(other, smtputf8Enable)
}

/** The first spelling of each address stays. */
function withoutDuplicates(site: MailSite, addresses: readonly string[]): readonly string[] {
  const seen = new Map<string, string>()
  for (const address of addresses) {
    const folded = foldCase(address, site.settings.smtputf8Enable)
    if (!seen.has(folded)) seen.set(folded, address)
  }
  return [...seen.values()]
}
