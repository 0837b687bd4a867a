/**
 * ldap-table-batch - many keys of one LDAP table in few searches, with exactly the answers of single lookups.
 *
 * Up to 50 query filters with one search base become one search (filter-union), and the entries are told apart
 * by the returned values. That is used only for keys with one entry or none, where no limit and no order can
 * make a difference. What cannot be decided from the values alone is asked singly: a key with several entries,
 * an entry that shows no value of an attribute asked for (an ACL may allow search but not read), a value that is
 * neither the same text nor clearly another. Keys that matched nothing are confirmed by a second search,
 * whenever the first found entries at all. Out of reach is only an ACL on single values that hides one value
 * of an entry while another entry shows the same. Schema is not needed: see filter-distinction.
 */
import type { SearchResult } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { parseFilter } from '@/lib/ldap/filter-parser'
import { FilterDistinction } from './filter-distinction'
import { filterUnion, splitFilters, type SplitFilters } from './filter-union'
import {
  connectTable,
  prepareConnected,
  prepareKey,
  reachesServer,
  searchOptions,
  type Connect,
  type KeyQuery,
  type ReadyLdapTable,
} from './ldap-table-query'
import { extendsName } from './ldap-table-values'
import type { LookupResult } from './lookup-result'
import type { LookupFlags } from './lookup-table'

/** Filters in one search: the server compares each entry that it finds with all of them. */
const MOST_FILTERS = 50
/** Filters in a search that should find nothing, where there is little to compare. */
const MOST_UNMATCHED = 400
/** Searches of one block at the same time on the table's connection. */
const MOST_SEARCHES = 8
/** Keys in a block; while the server works for one block, another is prepared. */
const BLOCK_SIZE = 1000
const MOST_BLOCKS = 2
/** A longer filter is asked singly: servers end a session that sends too large a request. */
const LONGEST_FILTER = 500
/** A filter so long may end the session for whatever else is under way, so it is asked alone, at the end. */
const LONGEST_AMONG_OTHERS = 10_000

const NOTHING: readonly Entry[] = []

type SearchFor = (query: KeyQuery) => Promise<SearchResult>
type Evaluate = (query: KeyQuery, result: SearchResult) => LookupResult | Promise<LookupResult>

interface TypedQuery {
  readonly typedKey: string
  readonly query: KeyQuery
}

/** A search, and the keys that lead to it. */
interface SharedQuery {
  readonly base: string
  readonly text: string
  /** Null if it is not to be searched together with others. */
  readonly filter: Filter | null
  readonly keys: TypedQuery[]
}

/** A search that has its place among others. */
interface JoinableQuery extends SharedQuery {
  readonly filter: Filter
}

/** Takes the result of a search; null if nothing is left to wait for. */
type Settle = (shared: SharedQuery, result: SearchResult) => Promise<unknown> | null

/** The answers for these keys, in their order; a key that is given twice is looked up once. */
export async function lookupTogether(
  table: ReadyLdapTable,
  keys: readonly string[],
  flags: LookupFlags,
  searchFor: SearchFor,
  evaluate: Evaluate,
): Promise<readonly LookupResult[]> {
  const answers = new Map<string, LookupResult>()
  let connected: ReturnType<typeof connectTable> | null = null
  const connect = (): ReturnType<typeof connectTable> => (connected ??= connectTable(table))
  const settle: Settle = (shared, result) => {
    const late: Promise<unknown>[] = []
    for (let at = 0; at < shared.keys.length; at += 1) {
      const one = shared.keys[at]
      if (one === undefined) continue
      const { typedKey, query } = one
      const answer = evaluate(query, result)
      if ('status' in answer) answers.set(typedKey, answer)
      else late.push(answer.then((later) => answers.set(typedKey, later)))
    }
    return late.length === 0 ? null : Promise.all(late)
  }
  const long: SharedQuery[] = []
  await inGroups(chunksOf([...new Set(keys)], BLOCK_SIZE), MOST_BLOCKS, async (block) => {
    const queries = await preparedQueries(table, block, flags, connect, answers)
    const settled = await searchTogether(table, queries.filter(isJoinable), settle)
    const single = queries.filter((query) => !settled.has(query))
    long.push(...single.filter(isLong))
    await inGroups(
      single.filter((query) => !isLong(query)),
      MOST_SEARCHES,
      async (query) => {
        await settle(query, await searchSingly(query, searchFor))
      },
    )
  })
  for (const query of long) await settle(query, await searchSingly(query, searchFor))
  return keys.map((key) => {
    const answer = answers.get(key)
    if (answer === undefined) throw new TypeError(`There is no answer for ${key}.`)
    return answer
  })
}

function isLong(shared: SharedQuery): boolean {
  return shared.text.length > LONGEST_AMONG_OTHERS
}

function isJoinable(shared: SharedQuery): shared is JoinableQuery {
  return shared.filter !== null
}

function searchSingly(shared: SharedQuery, searchFor: SearchFor): Promise<SearchResult> {
  const [first] = shared.keys
  if (first === undefined) throw new TypeError('A search without a key.')
  return searchFor(first.query)
}

/** The searches for these keys; a key that needs none is answered at once. */
async function preparedQueries(
  table: ReadyLdapTable,
  typedKeys: readonly string[],
  flags: LookupFlags,
  connect: Connect,
  answers: Map<string, LookupResult>,
): Promise<readonly SharedQuery[]> {
  const byBase = new Map<string, Map<string, SharedQuery>>()
  let isConnected = false
  for (let at = 0; at < typedKeys.length; at += 1) {
    const typedKey = typedKeys[at] ?? ''
    const prepared =
      isConnected && table.domain === null
        ? prepareConnected(table, typedKey, flags)
        : await prepareKey(table, typedKey, flags, connect)
    if (prepared.type === 'answered') {
      answers.set(typedKey, prepared.result)
      continue
    }
    isConnected = true
    const { query } = prepared
    const { base, filter: text } = query
    let ofBase = byBase.get(base)
    if (ofBase === undefined) byBase.set(base, (ofBase = new Map<string, SharedQuery>()))
    const known = ofBase.get(text)
    if (known === undefined) {
      ofBase.set(text, { base, text, filter: joinableFilter(table, query), keys: [{ typedKey, query }] })
    } else known.keys.push({ typedKey, query })
  }
  return [...byBase.values()].flatMap((ofBase) => [...ofBase.values()])
}

function joinableFilter(table: ReadyLdapTable, query: KeyQuery): Filter | null {
  if (query.filter.length > LONGEST_FILTER || !reachesServer(table)) return null
  return table.filterTemplate === null ? parseFilter(query.filter) : table.filterTemplate(query.key)
}

/** Settles those queries that can be answered together, and returns them. */
async function searchTogether(
  table: ReadyLdapTable,
  queries: readonly JoinableQuery[],
  settle: Settle,
): Promise<ReadonlySet<SharedQuery>> {
  const settled = new Set<SharedQuery>()
  const unconfirmed: JoinableQuery[] = []
  const settleAs = (query: JoinableQuery, entries: readonly Entry[]): Promise<unknown> | null => {
    settled.add(query)
    return settle(query, { status: 'complete', entries })
  }
  await inGroups(chunksByBase(queries, MOST_FILTERS), MOST_SEARCHES, async (chunk) => {
    const matches = (await searchChunk(table, chunk)) ?? []
    const late: Promise<unknown>[] = []
    for (let index = 0; index < matches.length; index += 1) {
      const query = chunk[index]
      const entries = matches[index]
      if (query === undefined || entries === undefined || entries === 'undecided') continue
      if (entries === 'unconfirmed') unconfirmed.push(query)
      else {
        const one = settleAs(query, entries)
        if (one !== null) late.push(one)
      }
    }
    await Promise.all(late)
  })
  await inGroups(chunksByBase(unconfirmed, MOST_UNMATCHED), MOST_SEARCHES, async (chunk) => {
    const late = (await confirmedNothing(table, chunk)).map((query) => settleAs(query, NOTHING))
    await Promise.all(late.filter((one) => one !== null))
  })
  return settled
}

/** For each query its entries; whether that is nothing may have to be confirmed. Null if nothing is known. */
type ChunkMatches = readonly (readonly Entry[] | 'undecided' | 'unconfirmed')[] | null

async function searchChunk(table: ReadyLdapTable, chunk: readonly JoinableQuery[]): Promise<ChunkMatches> {
  const split = splitFilters(chunk.map(({ filter }) => filter))
  const distinction = split === null ? null : FilterDistinction.of(split.own)
  if (distinction === null) return null
  const attributes = attributesWith(table, distinction.attributes)
  const result = await searchAny(table, chunk, attributes, split)
  if (result.status === 'failed') return null
  if (result.entries.length === 0) return chunk.map(() => NOTHING)
  const assignment = distinction.assign(result.entries, attributes)
  if (assignment === null) return null
  return assignment.map((entries) => {
    if (entries === 'undecided') return entries
    const [entry] = entries
    if (entry === undefined) return 'unconfirmed'
    return entries.length === 1 && hasOneOrder(table, entry) ? entries : 'undecided'
  })
}

/** Those of these queries that match no entry; if some seem to, the others are found by halving. */
async function confirmedNothing(
  table: ReadyLdapTable,
  queries: readonly JoinableQuery[],
): Promise<readonly JoinableQuery[]> {
  const result = await searchAny(table, queries, ['1.1'])
  if (result.status === 'failed') return []
  if (result.entries.length === 0) return queries
  if (queries.length === 1) return []
  const middle = Math.ceil(queries.length / 2)
  const halves = [queries.slice(0, middle), queries.slice(middle)]
  return (await Promise.all(halves.map((half) => confirmedNothing(table, half)))).flat()
}

function searchAny(
  table: ReadyLdapTable,
  queries: readonly JoinableQuery[],
  attributes: readonly string[],
  split?: SplitFilters | null,
): Promise<SearchResult> {
  const { scope, server } = table.configuration
  const filter = filterUnion(
    queries.map((query) => query.filter),
    split,
  )
  const base = queries[0]?.base ?? ''
  return table.view.search({ base, scope, filter, attributes, sizeLimit: 0, ...searchOptions(server) })
}

/** The table's own names first; the others are needed to tell entries apart. */
function attributesWith(table: ReadyLdapTable, asked: readonly string[]): readonly string[] {
  return [...table.attributes, ...asked.filter((name) => !table.attributes.includes(name))]
}

/** A server may let the order of attributes follow the request; with one wanted attribute it cannot matter. */
function hasOneOrder(table: ReadyLdapTable, entry: Entry): boolean {
  const isWanted = (description: string): boolean =>
    table.attributes.some((name) => extendsName(description, name))
  return entry.attributes.filter((attribute) => isWanted(attribute.description)).length < 2
}

/** Groups of at most so many queries with one base, in their order. */
function chunksByBase(
  queries: readonly JoinableQuery[],
  size: number,
): readonly (readonly JoinableQuery[])[] {
  const byBase = new Map<string, JoinableQuery[]>()
  for (const query of queries) {
    const ofBase = byBase.get(query.base)
    if (ofBase === undefined) byBase.set(query.base, [query])
    else ofBase.push(query)
  }
  return [...byBase.values()].flatMap((ofBase) => chunksOf(ofBase, size))
}

function chunksOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const chunks: (readonly T[])[] = []
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size))
  return chunks
}

/** Runs a task for every item, a bounded number at the same time, starting them in order. */
async function inGroups<T>(
  items: readonly T[],
  most: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values()
  const work = async (): Promise<void> => {
    for (const item of waiting) await task(item)
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, work))
}
