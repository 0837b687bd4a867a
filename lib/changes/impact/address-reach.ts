/**
 * address-reach - the addresses whose mail passes through touched ones, and every address of a touched domain.
 *
 * Walks backwards from the touched addresses: which alias entries have them as results, by which addresses are
 * those found, and so on, through groups too. A catch-all or a domain that is touched brings in every address
 * that the tables know in that domain. Wider than need be: who is really concerned, the traces tell.
 * Reads with the service account. A search that fails is a problem in words. Tables of other kinds than LDAP
 * cannot be searched backwards. LDAP round trips: one for each table and step back, one for each domain.
 * Authority: virtual(5); cleanup_map1n.c for the recursion.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { search } from '@/lib/directory/service'
import type { Entry } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import type { Schema } from '@/lib/ldap/schema'
import type { LdapTableConfiguration } from '@/lib/postfix/ldap-table-configuration'
import type { Text } from '@/lib/words/text'
import { searchProblem } from '@/lib/changes/search-problem'
import { type KeyFinder, keyFinder, keysThatFind } from './filter-inversion'
import { findReferrers } from './group-references'
import { attributesOfTable, type QueriedTable, takesDomains } from './impact'
import { filterForDomain, filterForResults, fixedBase, leadsTo } from './key-search'

export interface ReachScope {
  readonly authority: Authority
  readonly tables: readonly QueriedTable[]
  readonly schema: Schema
  readonly fold: (key: string) => string
  /** Below it are all entries that tables without a fixed base may find, and all groups. */
  readonly base: string
  readonly delimiters: string
}

export interface Reach {
  /** Folded, each once; without those that the walk began with. */
  readonly addresses: readonly string[]
  /** Why there may be more; empty if there are not. */
  readonly problems: readonly Text[]
}

interface SearchedTable {
  readonly configuration: LdapTableConfiguration
  readonly finder: KeyFinder
  readonly base: string
  /** Whether its results are looked up again. */
  readonly rewrites: boolean
}

const REWRITING = new Set(['virtual_alias_maps', 'canonical_maps', 'recipient_canonical_maps'])
/** Tables of senders have no part in where mail goes. */
const NOT_OF_RECIPIENTS = /sender|generic|^smtpd?_|^alias_maps$|access/
const ADDRESSES_PER_SEARCH = 60
/** So many addresses of one domain are asked for by their domain. */
const WORTH_A_DOMAIN = 200

/** All addresses that lead to these, and all of these domains. */
export async function findReached(
  scope: ReachScope,
  addresses: readonly string[],
  domains: readonly string[],
): Promise<Reach> {
  return new Walk(scope, addresses).follow(addresses, domains)
}

class Walk {
  private readonly seen: Set<string>
  private readonly seenDomains = new Set<string>()
  private readonly problems = new Map<string, Text>()
  private readonly tables: readonly SearchedTable[]

  constructor(
    private readonly scope: ReachScope,
    private readonly start: readonly string[],
  ) {
    this.seen = new Set(start)
    const tables = new Map<string, SearchedTable>()
    for (const { parameter, configuration } of scope.tables) {
      if (configuration === null || takesDomains(parameter) || NOT_OF_RECIPIENTS.test(parameter)) continue
      const finder = keyFinder(configuration)
      const base = fixedBase(configuration, finder) || scope.base
      const rewrites = REWRITING.has(parameter) || tables.get(configuration.name)?.rewrites === true
      tables.set(configuration.name, { configuration, finder, base, rewrites })
    }
    this.tables = [...tables.values()]
  }

  async follow(addresses: readonly string[], domains: readonly string[]): Promise<Reach> {
    let [frontier, whole] = [addresses, domains]
    while (frontier.length > 0 || whole.length > 0) {
      const fresh = whole.filter((domain) => !this.seenDomains.has(domain))
      for (const domain of fresh) this.seenDomains.add(domain)
      const [known, leading] = await Promise.all([this.addressesOf(fresh), this.keysLeadingTo(frontier)])
      const keys = [...known, ...leading].map(this.scope.fold)
      frontier = [...new Set(keys)].filter((key) => isAddress(key) && !this.seen.has(key))
      whole = keys.filter((key) => key.startsWith('@')).map((key) => key.slice(1))
      whole = whole.filter((domain) => !this.seenDomains.has(domain))
      for (const address of frontier) this.seen.add(address)
    }
    const given = new Set(this.start)
    return {
      addresses: [...this.seen].filter((key) => !given.has(key)),
      problems: [...this.problems.values()],
    }
  }

  /** Every address of these domains that a table may know. */
  private async addressesOf(domains: readonly string[]): Promise<readonly string[]> {
    const { schema, fold } = this.scope
    const each = await Promise.all(
      domains.flatMap((domain) =>
        this.tables.map(async (table) => {
          const entries = await this.search(table, table.base, filterForDomain(table.finder, domain, schema))
          const keys = entries.flatMap((entry) => keysThatFind(table.finder, entry, schema).keys).map(fold)
          return keys.filter((key) => isAddress(key) && key.endsWith(`@${domain}`))
        }),
      ),
    )
    return each.flat()
  }

  /** The keys of entries, in tables that rewrite, that have one of these addresses as a result. */
  private async keysLeadingTo(addresses: readonly string[]): Promise<readonly string[]> {
    const wanted = new Set(addresses.flatMap((address) => [address, domainPart(address)]))
    const { delimiters, schema, authority, base } = this.scope
    const each = await Promise.all(
      this.tables
        .filter(({ rewrites }) => rewrites)
        .map(async (table) => {
          const { configuration, finder } = table
          const searches = portions(addresses).map(async (portion) => {
            const filter = filterForResults(configuration, { ...portion, delimiters }, schema)
            return filter === null ? [] : this.search(table, this.baseOf(table), filter)
          })
          const entries = (await Promise.all(searches)).flat()
          const leading = entries.filter((entry) => leadsTo(entry, configuration, wanted, delimiters))
          const groups = await findReferrers({ authority, base, schema }, configuration, leading)
          if (groups.problem !== null) this.note(groups.problem)
          return [...leading, ...groups.entries].flatMap((entry) => keysThatFind(finder, entry, schema).keys)
        }),
    )
    return each.flat()
  }

  /** Members of groups may be anywhere. */
  private baseOf({ configuration, base }: SearchedTable): string {
    return configuration.specialResultAttributes.length > 0 ? this.scope.base : base
  }

  private async search(
    { configuration }: SearchedTable,
    base: string,
    filter: Filter,
  ): Promise<readonly Entry[]> {
    // What the URL of a group may ask of its members is not known.
    const isWhole = configuration.specialResultAttributes.length > 0
    const result = await search(this.scope.authority, {
      base,
      scope: 'sub',
      filter,
      attributes: isWhole ? ['*', '+'] : [...attributesOfTable(configuration)],
      sizeLimit: 0,
      timeLimit: 0,
      dereference: 0,
    })
    if (result.status === 'complete') return result.entries
    this.note(searchProblem(result))
    return []
  }

  /** Keeps a problem, each once. */
  private note(problem: Text): void {
    this.problems.set(JSON.stringify(problem), problem)
  }
}

interface Portion {
  readonly addresses: readonly string[]
  readonly domains: readonly string[]
}

/** Few addresses by themselves, many of one domain by their domain. */
function portions(addresses: readonly string[]): readonly Portion[] {
  const counts = new Map<string, number>()
  for (const address of addresses) counts.set(domainPart(address), (counts.get(domainPart(address)) ?? 0) + 1)
  const many = [...counts].filter(([, count]) => count >= WORTH_A_DOMAIN).map(([domain]) => domain)
  const single = addresses.filter((address) => !many.includes(domainPart(address)))
  const found: Portion[] = many.map((domain) => ({ addresses: [], domains: [domain.slice(1)] }))
  for (let at = 0; at < single.length; at += ADDRESSES_PER_SEARCH)
    found.push({ addresses: single.slice(at, at + ADDRESSES_PER_SEARCH), domains: [] })
  return found
}

function isAddress(key: string): boolean {
  return key.lastIndexOf('@') > 0
}

function domainPart(address: string): string {
  return address.slice(Math.max(address.lastIndexOf('@'), 0))
}
