/**
 * map-list - the value of a `..._maps` parameter: names of tables, asked one after the other.
 *
 * The first table that has the key answers. An error of any table stops the search and is the answer, also
 * when a later table would have known the key. An empty key is never found.
 *
 * Authority: maps(3) (maps_create, maps_find).
 */
import type { LookupResult } from './lookup-result'
import type { LookupTable, TableOpener } from './lookup-table'
import { mapNames } from './map-list-names'
import { NOT_EVALUATED } from './plain-maps'
import type { PhaseRecorder } from './trace-recorder'

/** The tables of one parameter, in their order. */
export interface MapList {
  /** For people: the parameter, for example `virtual_alias_maps`. */
  readonly parameter: string
  readonly tables: readonly LookupTable[]
}

/** No answer: a table failed. */
export interface LookupFailure {
  readonly status: 'failed'
  /** false: Postfix may well get an answer, but the table cannot be evaluated here. */
  readonly evaluated: boolean
  /** One sentence. */
  readonly reason: string
}

export type MapAnswer =
  { readonly status: 'found'; readonly value: string } | { readonly status: 'notFound' } | LookupFailure

/** Opens every table that the value names; a table that cannot be opened stays in the list with its problem. */
export function openMapList(parameter: string, value: string, openTable: TableOpener): MapList {
  return { parameter, tables: mapNames(value).map(openTable) }
}

/** Asks the tables of a parameter for one key, folded. */
export async function findInMaps(
  maps: MapList,
  key: string,
  utf8: boolean,
  recorder: PhaseRecorder,
): Promise<MapAnswer> {
  if (key === '') return { status: 'notFound' }
  for (const table of maps.tables) {
    const answer = await recorder.ask(maps.parameter, table, key, { fold: true, utf8 })
    if (answer.status === 'found') return { status: 'found', value: answer.value }
    if (answer.status !== 'notFound') return lookupFailure(maps.parameter, table, answer)
  }
  return { status: 'notFound' }
}

/** The failure that an unanswered lookup is for those who asked. */
export function lookupFailure(parameter: string, table: LookupTable, answer: LookupResult): LookupFailure {
  const evaluated = !answer.diagnostics.some((diagnostic) => diagnostic.code === NOT_EVALUATED)
  const cause = answer.diagnostics.at(-1)?.text ?? table.problem ?? 'the lookup failed'
  return { status: 'failed', evaluated, reason: `${parameter}: ${table.name}: ${cause}.` }
}
