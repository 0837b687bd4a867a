/**
 * obstacle - why a change cannot simply be taken back: what happened to the entry since.
 *
 * In: the inverse, the entry as it is now, and the attributes that the log says were changed later. Out:
 * sentences; none means that nothing stands in the way. Judged by the values as they are, so that changes
 * which no log has seen count too. The entryCSN assertion of the commit guards against what comes after.
 */
import { isConcealed } from '@/lib/changes/concealment'
import { resolveDescription } from '@/lib/ldap/attribute-description'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { isSameDn, parseDn } from '@/lib/ldap/dn'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { isSameValue } from '@/lib/ldap/entry-schema'
import { isOperational, type Schema } from '@/lib/ldap/schema'
import { allOf } from '@/lib/words/sentences'
import type { Text } from '@/lib/words/text'
import { attributeWord } from './attribute-words'
import type { HistoryEntry } from './history-entry'
import { nameAfter } from './inverse'
import { isKeptByServer } from './log-entry'

/** What stands in the way of undoing this change. */
export function obstaclesTo(
  entry: HistoryEntry,
  changes: readonly ChangeRecord[],
  current: Entry | null,
  laterAttributes: ReadonlySet<string>,
  schema: Schema,
): readonly Text[] {
  if (entry.type === 'delete')
    return current === null ? [] : [{ key: 'history.obstacle.nameTaken', values: { dn: entry.dn } }]
  if (current === null) return [{ key: 'history.obstacle.gone' }]
  switch (entry.type) {
    case 'add':
      return changesSinceAdded(entry, current, laterAttributes, schema)
    case 'modify':
      return changes.flatMap((change) =>
        change.type === 'modify'
          ? change.modifications.flatMap((modification) =>
              obstacleTo(modification, current, laterAttributes, schema),
            )
          : [],
      )
    case 'modifyDn':
      return isNamed(current, nameAfter(entry) ?? '')
        ? []
        : [{ key: 'history.obstacle.renamed', values: { dn: current.dn } }]
  }
}

function isNamed(entry: Entry, name: string): boolean {
  const [one, other] = [parseDn(entry.dn), parseDn(name)]
  return one !== null && other !== null && isSameDn(one, other)
}

function obstacleTo(
  { operation, attribute, values }: Modification,
  current: Entry,
  laterAttributes: ReadonlySet<string>,
  schema: Schema,
): readonly Text[] {
  const word = attributeWord(attribute, 'word')
  const now = valuesOf(current, attribute)
  const has = (value: string): boolean => now.some((other) => isSameValue(attribute, value, other, schema))
  switch (operation) {
    case 'delete':
      return values
        .filter((value) => !has(value))
        .map((value) => ({ key: 'history.obstacle.valueGone', values: { word, value } }))
    case 'add': {
      const isSingle = resolveDescription(attribute, schema)?.type.singleValue === true
      if (isSingle && now.length > 0 && laterAttributes.has(attribute.toLowerCase()))
        return [{ key: 'history.obstacle.changedTo', values: { word, value: now.join(', ') } }]
      return values
        .filter(has)
        .map((value) => ({ key: 'history.obstacle.valueBack', values: { word, value } }))
    }
    case 'replace':
    case 'increment':
      return laterAttributes.has(attribute.toLowerCase())
        ? [{ key: 'history.obstacle.changed', values: { word } }]
        : []
  }
}

/** Undoing an addition deletes the entry: nothing that came later may be thrown away with it. */
function changesSinceAdded(
  entry: HistoryEntry,
  current: Entry,
  laterAttributes: ReadonlySet<string>,
  schema: Schema,
): readonly Text[] {
  const differs = (attribute: string): boolean => {
    if (isConcealed(attribute)) return laterAttributes.has(attribute.toLowerCase())
    const added = entry.modifications
      .filter((modification) => modification.attribute.toLowerCase() === attribute.toLowerCase())
      .flatMap(({ values }) => values)
    const now = valuesOf(current, attribute)
    return added.length !== now.length || !now.every((value) => added.includes(value))
  }
  const isOwn = (attribute: string): boolean => {
    const type = schema.attributeType(attribute.split(';')[0] ?? '')
    return !isKeptByServer(attribute, schema) && (type === undefined || !isOperational(type))
  }
  const names = [
    ...current.attributes.map(({ description }) => description),
    ...entry.modifications.map(({ attribute }) => attribute),
  ].filter(isOwn)
  const changed = [...new Set(names.map((name) => name.toLowerCase()))].filter(differs)
  if (changed.length === 0) return []
  const words = allOf(changed.map((attribute) => attributeWord(attribute, 'word')))
  return [{ key: 'history.obstacle.entryChanged', values: { words } }]
}

/** Attributes of these changes, in lower case. */
export function attributesOf(changes: readonly HistoryEntry[]): ReadonlySet<string> {
  return new Set(
    changes.flatMap(({ modifications, unrecorded }) =>
      [...modifications.map(({ attribute }) => attribute), ...unrecorded].map((name) => name.toLowerCase()),
    ),
  )
}
