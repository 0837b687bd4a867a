/**
 * difference - what a change did to an entry, attribute by attribute, old to new, for people.
 *
 * Values of passwords are never in it, only that they changed; values that are no text are told by their size.
 * Where the log keeps no old values, what was replaced is not known, and that is said.
 */
import { isConcealed } from '@/lib/changes/concealment'
import { encodeOctets, isUtf8 } from '@/lib/ldap/octets'
import type { Schema } from '@/lib/ldap/schema'
import type { Text } from '@/lib/words/text'
import { changedAttributesOf, type HistoryEntry, oldValuesOf } from './history-entry'
import { applied, nameAfter } from './inverse'

export interface ShownDifference {
  readonly attribute: string
  readonly removed: readonly Text[]
  readonly added: readonly Text[]
  /** Values are not shown: a password. */
  readonly concealed: boolean
  /** The log does not say what was there before. */
  readonly oldUnknown: boolean
}

/** Every attribute whose values the change altered. */
export function differencesOf(entry: HistoryEntry, schema: Schema): readonly ShownDifference[] {
  const name: ShownDifference[] =
    entry.type === 'modifyDn'
      ? [{ ...EMPTY, attribute: 'dn', removed: [entry.dn], added: [nameAfter(entry) ?? ''] }]
      : []
  const attributes = changedAttributesOf(entry).map((attribute) => differenceOf(entry, attribute, schema))
  return [...name, ...attributes].filter(
    ({ removed, added, concealed, oldUnknown }) =>
      concealed || oldUnknown || removed.length + added.length > 0,
  )
}

const EMPTY = { removed: [], added: [], concealed: false, oldUnknown: false } as const

function differenceOf(entry: HistoryEntry, attribute: string, schema: Schema): ShownDifference {
  if (isConcealed(attribute) || isUnrecorded(entry, attribute))
    return { ...EMPTY, attribute, concealed: true }
  const made = entry.modifications.filter(
    (modification) => modification.attribute.toLowerCase() === attribute.toLowerCase(),
  )
  const before = entry.type === 'add' ? [] : oldValuesOf(entry, attribute)
  if (before !== null) {
    const after =
      entry.type === 'delete' ? [] : made.reduce((values, next) => applied(values, next, schema), before)
    const removed = before.filter((value) => !after.includes(value)).map(shownValue)
    const added = after.filter((value) => !before.includes(value)).map(shownValue)
    return { ...EMPTY, attribute, removed, added }
  }
  const named = (operations: readonly string[]): readonly string[] =>
    made.filter(({ operation }) => operations.includes(operation)).flatMap(({ values }) => values)
  const hidesOld = made.some(({ operation, values }) => operation === 'replace' || values.length === 0)
  return {
    attribute,
    removed: named(['delete']).map(shownValue),
    added: named(['add', 'replace']).map(shownValue),
    concealed: false,
    oldUnknown: hidesOld || made.some(({ operation }) => operation === 'increment'),
  }
}

function isUnrecorded({ unrecorded }: HistoryEntry, attribute: string): boolean {
  return unrecorded.some((name) => name.toLowerCase() === attribute.toLowerCase())
}

/** A value as it can be shown and sent to a browser. */
export function shownValue(value: string): Text {
  return isUtf8(value)
    ? value
    : { key: 'history.value.octets', values: { count: encodeOctets(value).length } }
}
