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
import { filterUnion } from './filter-union'
import { connectTable, prepareKey, type KeyQuery, type ReadyLdapTable } from './ldap-table-query'
import { extendsName } from './ldap-table-values'
import type { LookupResult } from './lookup-result'
import type { LookupFlags } from './lookup-table'

/** Filters in one search: the server compares each entry that it finds with all of them. */
const MOST_FILTERS = 50
/** Filters in a search that should find nothing, where there is little to compare. */
const MOST_UNMATCHED = 400
/** Searches at the same time on the table's connection. */
const MOST_SEARCHES = 8
/** Keys that are worked on at the same time. */
const MOST_KEYS = 4000
/** A longer filter is asked singly: servers end a session that sends too large a request. */
const LONGEST_FILTER = 500
/** Filters so long may end the session for whatever else is under way, so they are asked alone. */
const LONGEST_AMONG_OTHERS = 10_000

type SearchFor = (query: KeyQuery) => Promise<SearchResult>
type Evaluate = (query: KeyQuery, result: SearchResult) => Promise<LookupResult>

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
  for (const block of chunksOf([...new Set(keys)], MOST_KEYS)) {
    const queries: TypedQuery[] = []
    await inGroups(block, MOST_SEARCHES, async (typedKey) => {
      const prepared = await prepareKey(table, typedKey, flags, connect)
      if (prepared.type === 'answered') answers.set(typedKey, prepared.result)
      else queries.push({ typedKey, query: prepared.query })
    })
    const together = await searchTogether(table, queries)
    const answer = async ({ typedKey, query }: TypedQuery): Promise<void> => {
      const result = together.get(identityOf(query)) ?? (await searchFor(query))
      answers.set(typedKey, await evaluate(query, result))
    }
    const isLong = ({ query }: TypedQuery): boolean => query.filter.length > LONGEST_AMONG_OTHERS
    await inGroups(
      queries.filter((query) => !isLong(query)),
      MOST_SEARCHES,
      answer,
    )
    await inGroups(queries.filter(isLong), 1, answer)
  }
  return keys.flatMap((key) => answers.get(key) ?? [])
}

interface TypedQuery {
  readonly typedKey: string
  readonly query: KeyQuery
}

/** A query filter as text and as data. */
interface ParsedQuery {
  readonly text: string
  readonly filter: Filter
}

/** The results of those queries that could be answered together, by their identity. */
async function searchTogether(
  table: ReadyLdapTable,
  queries: readonly TypedQuery[],
): Promise<ReadonlyMap<string, SearchResult>> {
  const results = new Map<string, SearchResult>()
  const { sizeLimit, server } = table.configuration
  if (sizeLimit < 0 || server.timeout <= 0 || server.uris.length === 0) return results
  const byBase = new Map<string, Map<string, ParsedQuery>>()
  for (const { query } of queries) {
    const { base, filter: text } = query
    const filter = text.length > LONGEST_FILTER ? null : parseFilter(text)
    if (filter === null) continue
    const parsed = byBase.get(base)
    if (parsed === undefined) byBase.set(base, new Map([[text, { text, filter }]]))
    else parsed.set(text, { text, filter })
  }
  const note = (base: string, text: string, entries: readonly Entry[]): void => {
    results.set(identityOf({ base, filter: text }), { status: 'complete', entries })
  }
  const unmatched = new Map<string, ParsedQuery[]>()
  await inGroups(chunksByBase(byBase, MOST_FILTERS), MOST_SEARCHES, async ({ base, chunk }) => {
    const { decided, unconfirmed } = await searchChunk(table, base, chunk)
    for (const [text, entries] of decided) note(base, text, entries)
    unmatched.set(base, [...(unmatched.get(base) ?? []), ...unconfirmed])
  })
  await inGroups(chunksByBase(unmatched, MOST_UNMATCHED), MOST_SEARCHES, async ({ base, chunk }) => {
    for (const { text } of await confirmedNothing(table, base, chunk)) note(base, text, [])
  })
  return results
}

interface ChunkAnswers {
  /** The entries of each filter that could be told apart. */
  readonly decided: ReadonlyMap<string, readonly Entry[]>
  /** The filters that seem to match nothing. */
  readonly unconfirmed: readonly ParsedQuery[]
}

const UNDECIDED: ChunkAnswers = { decided: new Map(), unconfirmed: [] }

/** Searches for these filters in one; what is neither decided nor unconfirmed is left to single searches. */
async function searchChunk(
  table: ReadyLdapTable,
  base: string,
  chunk: readonly ParsedQuery[],
): Promise<ChunkAnswers> {
  const distinction = FilterDistinction.of(chunk.map(({ filter }) => filter))
  if (distinction === null) return UNDECIDED
  const attributes = attributesWith(table, distinction.attributes)
  const result = await searchAny(table, base, chunk, attributes)
  if (result.status === 'failed') return UNDECIDED
  if (result.entries.length === 0)
    return { decided: new Map(chunk.map(({ text }) => [text, []])), unconfirmed: [] }
  const matches = distinction.assign(result.entries, attributes)
  if (matches === null) return UNDECIDED
  const decided = new Map<string, readonly Entry[]>()
  const unconfirmed: ParsedQuery[] = []
  for (const [index, query] of chunk.entries()) {
    const entries = matches[index]
    if (entries === undefined || entries === 'undecided') continue
    const [entry] = entries
    if (entry === undefined) unconfirmed.push(query)
    else if (entries.length === 1 && hasOneOrder(table, entry)) decided.set(query.text, entries)
  }
  return { decided, unconfirmed }
}

/** Those of these filters that match no entry; if some seem to, the others are found by halving. */
async function confirmedNothing(
  table: ReadyLdapTable,
  base: string,
  queries: readonly ParsedQuery[],
): Promise<readonly ParsedQuery[]> {
  const result = await searchAny(table, base, queries, ['1.1'])
  if (result.status === 'failed') return []
  if (result.entries.length === 0) return queries
  if (queries.length === 1) return []
  const middle = Math.ceil(queries.length / 2)
  const halves = [queries.slice(0, middle), queries.slice(middle)]
  return (await Promise.all(halves.map((half) => confirmedNothing(table, base, half)))).flat()
}

function searchAny(
  table: ReadyLdapTable,
  base: string,
  queries: readonly ParsedQuery[],
  attributes: readonly string[],
): Promise<SearchResult> {
  const { scope, server } = table.configuration
  const filter = filterUnion(queries.map((query) => query.filter))
  const { timeout: timeLimit, dereference } = server
  return table.view.search({ base, scope, filter, attributes, sizeLimit: 0, timeLimit, dereference })
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

function identityOf(query: Pick<KeyQuery, 'base' | 'filter'>): string {
  return `${query.base}\n${query.filter}`
}

interface Chunk {
  readonly base: string
  readonly chunk: readonly ParsedQuery[]
}

function chunksByBase(
  byBase: ReadonlyMap<string, { values(): Iterable<ParsedQuery> }>,
  size: number,
): readonly Chunk[] {
  return [...byBase].flatMap(([base, queries]) =>
    chunksOf([...queries.values()], size).map((chunk) => ({ base, chunk })),
  )
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
