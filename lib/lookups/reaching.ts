/**
 * reaching - every address whose mail ends in a mailbox, directly or through others.
 *
 * Walks the site's tables backwards from the mailbox's addresses (address-reach), which finds too much rather
 * than too little, and then follows each candidate forwards as Postfix would: only those that arrive are shown.
 * A catch-all stands for any address of its domain that nobody else has. At most so many candidates are
 * followed; how many were not is said. LDAP round trips: a few for each step back, those of a trace for each.
 */
import 'server-only'
import { groupBase } from '@/lib/changes/examination'
import { findReached } from '@/lib/changes/impact/address-reach'
import type { Authority } from '@/lib/directory/authority'
import { discoverSchema } from '@/lib/directory/schema-discovery'
import { domainOf } from '@/lib/entries/address'
import type { Mailbox } from '@/lib/entries/mailbox'
import { foldCase } from '@/lib/postfix/case-folding'
import { resolveAddress } from '@/lib/postfix/resolution'
import type { MailSite } from '@/lib/postfix/resolution-site'
import type { Trace } from '@/lib/postfix/trace'
import { openSite } from '@/lib/site/mail-site'
import { siteTables } from '@/lib/site/postfix-configuration'
import type { Text } from '@/lib/words/text'
import { type AliasGraph, aliasGraph } from './alias-graph'

const MOST_FOLLOWED = 150
const AT_A_TIME = 20
/** No entry is likely to have it, so that it goes where a catch-all goes. */
const ANY_LOCAL_PART = 'anyotheraddressofthisdomain'

export interface ReachingAddress {
  /** In lower case; @domain stands for any other address of the domain. */
  readonly address: string
  /** The addresses between it and the mailbox. */
  readonly via: readonly string[]
  /** Other addresses that get a copy. */
  readonly copies: readonly string[]
}

export type Reaching =
  | {
      readonly status: 'found'
      readonly addresses: readonly ReachingAddress[]
      readonly graph: AliasGraph
      /** Candidates that were not followed. */
      readonly left: number
      /** Number of addresses that arrive and that the person may not see. */
      readonly hidden: number
      /** Why there may be more. */
      readonly problems: readonly Text[]
    }
  | { readonly status: 'failed'; readonly message: Text }

/** The addresses that reach this mailbox, which the caller was allowed to read. */
export async function findReaching(authority: Authority, mailbox: Mailbox): Promise<Reaching> {
  const tables = siteTables()
  if (tables.status === 'broken') return { status: 'failed', message: tables.message }
  const [opened, known] = [openSite(), await discoverSchema()]
  if (opened.status === 'failed') return { status: 'failed', message: opened.message }
  if (known.status === 'failed')
    return { status: 'failed', message: { key: 'edit.noAnswer', values: { diagnostic: known.diagnostic } } }
  const { flags } = tables
  const fold = (key: string): string => (flags.fold ? foldCase(key, flags.utf8) : key)
  const target = fold(mailbox.mail)
  const { site } = opened
  const scope = {
    authority,
    tables: tables.tables,
    schema: known.schema,
    fold,
    base: await groupBase(),
    delimiters: site.settings.recipientDelimiter,
  }
  const catchAlls = mailbox.form.aliases.map(fold).filter((alias) => alias.startsWith('@'))
  const reach = await findReached(scope, [target, ...mailbox.form.aliases.map(fold)], [])
  const own = mailbox.form.aliases.map(fold).filter((alias) => !alias.startsWith('@'))
  const candidates = [...new Set([target, ...own, ...reach.addresses])]
  const followed = candidates.slice(0, MOST_FOLLOWED)
  const probes = catchAlls.map((key) => `${ANY_LOCAL_PART}${key}`)
  const traces = await followAll(site, [...followed, ...probes])
  const arriving = traces.filter(({ deliveries }) => deliveries.some((one) => fold(one) === target))
  const shownTraces = arriving.filter(({ address }) => maySee(authority, address))
  return {
    status: 'found',
    addresses: shownTraces.map((trace) => reachingOf(trace, target, fold)),
    graph: renamed(aliasGraph(shownTraces, [target])),
    left: candidates.length - followed.length,
    hidden: arriving.length - shownTraces.length,
    problems: reach.problems,
  }
}

/** An administrator may ask about addresses of the own domains, and so may see that these arrive. */
function maySee({ role, domains }: Authority, address: string): boolean {
  return (
    role === 'postmaster' || (role === 'domainAdministrator' && domains.includes(domainOf(address) ?? ''))
  )
}

async function followAll(site: MailSite, addresses: readonly string[]): Promise<readonly Trace[]> {
  const traces: Trace[] = []
  for (let at = 0; at < addresses.length; at += AT_A_TIME) {
    const some = addresses.slice(at, at + AT_A_TIME)
    traces.push(...(await Promise.all(some.map((address) => resolveAddress(site, address)))))
  }
  return traces
}

function reachingOf(trace: Trace, target: string, fold: (key: string) => string): ReachingAddress {
  const from = fold(trace.address)
  const { addresses } = aliasGraph([trace], [target])
  const ends = [...trace.deliveries, ...trace.forwards, ...trace.locals].map(fold)
  return {
    address: shown(from),
    via: addresses
      .filter((address) => address !== from && address !== target)
      .map(shown)
      .reverse(),
    copies: [...new Set(ends)].filter((end) => end !== target),
  }
}

/** The probe of a catch-all as the catch-all. */
function shown(address: string): string {
  return address.startsWith(`${ANY_LOCAL_PART}@`) ? address.slice(ANY_LOCAL_PART.length) : address
}

function renamed({ addresses, edges }: AliasGraph): AliasGraph {
  return {
    addresses: addresses.map(shown),
    edges: edges.map(({ from, to, parameter }) => ({ from: shown(from), to: shown(to), parameter })),
  }
}
