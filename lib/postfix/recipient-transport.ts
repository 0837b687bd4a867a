/**
 * recipient-transport - the transport that transport_maps has for an address, if any.
 *
 * Keys in order: user+extension@domain, user@domain, domain, its parent domains, and `*`. `:nexthop` keeps the
 * transport, `transport:` takes the domain as next hop, `error:` alone says "Address is undeliverable". An
 * error of a table is the answer.
 *
 * Authority: transport(5); transport_lookup (transport.c of trivial-rewrite).
 */
import { splitExtension } from './address-extension'
import { quoteAddress } from './address-quoting'
import { findInMaps } from './map-list'
import type { LookupFailure } from './map-list'
import { parentsOf } from './recipient-domain'
import type { MailSite } from './resolution-site'
import type { PhaseRecorder } from './trace-recorder'

export interface Route {
  readonly transport: string
  readonly nexthop: string
}

/** Looks an address in internal form up in transport_maps; `route` is what it gets without them. */
export async function findTransport(
  site: MailSite,
  address: string,
  domain: string,
  route: Route,
  recorder: PhaseRecorder,
): Promise<(Route & { readonly status: 'found' }) | { readonly status: 'notFound' } | LookupFailure> {
  if (site.maps.transport.tables.length === 0) return { status: 'notFound' }
  const bare = splitExtension(address, site.settings)?.address
  const addresses = bare === undefined ? [address] : [address, bare]
  const keys = new Set([
    ...addresses.flatMap((internal) => [quoteAddress(internal), internal]),
    domain,
    ...parentsOf(domain, site.transportSubdomains),
    '*',
  ])
  for (const key of keys) {
    const answer = await findInMaps(site.maps.transport, key, site.settings.smtputf8Enable, recorder)
    if (answer.status === 'failed') return answer
    if (answer.status === 'found') return { status: 'found', ...routeOfValue(answer.value, domain, route) }
  }
  return { status: 'notFound' }
}

function routeOfValue(value: string, domain: string, route: Route): Route {
  const colon = value.indexOf(':')
  const transport = colon === -1 ? value : value.slice(0, colon)
  const nexthop = colon === -1 ? '' : value.slice(colon + 1)
  if (transport === '') return nexthop === '' ? route : { ...route, nexthop }
  if (nexthop !== '') return { transport, nexthop }
  return { transport, nexthop: transport === 'error' ? 'Address is undeliverable' : domain }
}
