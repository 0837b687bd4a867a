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
): readonly string[] {
  if (entry.type === 'delete')
    return current === null ? [] : [`There is an entry with the name ${entry.dn} again.`]
  if (current === null) return ['The entry is not there any more: it was deleted since.']
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
        : [`The entry was renamed again since: it is ${current.dn} now.`]
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
): readonly string[] {
  const word = attributeWord(attribute)
  const now = valuesOf(current, attribute)
  const has = (value: string): boolean => now.some((other) => isSameValue(attribute, value, other, schema))
  switch (operation) {
    case 'delete':
      return values
        .filter((value) => !has(value))
        .map((value) => `The ${word} ${value} is not there any more: someone removed or changed it since.`)
    case 'add': {
      const isSingle = resolveDescription(attribute, schema)?.type.singleValue === true
      if (isSingle && now.length > 0 && laterAttributes.has(attribute.toLowerCase()))
        return [`The ${word} was changed again since: it is ${now.join(', ')} now.`]
      return values.filter(has).map((value) => `The ${word} ${value} is there again already.`)
    }
    case 'replace':
    case 'increment':
      return laterAttributes.has(attribute.toLowerCase()) ? [`The ${word} was changed again since.`] : []
  }
}

/** Undoing an addition deletes the entry: nothing that came later may be thrown away with it. */
function changesSinceAdded(
  entry: HistoryEntry,
  current: Entry,
  laterAttributes: ReadonlySet<string>,
  schema: Schema,
): readonly string[] {
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
  const words = changed.map(attributeWord).join(', ')
  return [
    `The entry was changed since it was added (${words}). Undoing would delete that too: undo the later changes first.`,
  ]
}

/** Attributes of these changes, in lower case. */
export function attributesOf(changes: readonly HistoryEntry[]): ReadonlySet<string> {
  return new Set(
    changes.flatMap(({ modifications, unrecorded }) =>
      [...modifications.map(({ attribute }) => attribute), ...unrecorded].map((name) => name.toLowerCase()),
    ),
  )
}
