/**
 * difference-since - what of a write is not there any more as it was left, in words. Pure.
 *
 * Judged by the entry as it is. A write that was taken back by hand in part, or overwritten, differs attribute by
 * attribute; an entry that is gone, or has another name by now, differs as a whole.
 */
import type { JournalStep } from '@/lib/changes/journal/journal-plan'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { isOperational, type Schema } from '@/lib/ldap/schema'
import type { Text } from '@/lib/words/text'
import { titleOf } from './entry-title'
import { nameValueOf } from './history-entry'
import { isKeptByServer } from './log-entry'

const LONGEST = 120

/** How the entry differs from what the write has left; never empty. */
export function differencesSince(step: JournalStep, entry: Entry | null): readonly Text[] {
  const { change, after } = step
  if (change.type === 'delete') return [{ key: 'undo.backAgain', values: { dn: change.dn } }]
  if (entry === null) return [{ key: 'undo.gone', values: { dn: after.dn } }]
  if (change.type === 'modifyDn')
    return [{ key: 'undo.renamed', values: { name: nameValueOf(after.dn), dn: entry.dn } }]
  const name = titleOf(entry) === '' ? entry.dn : titleOf(entry)
  const differing = after.attributes.filter(
    ({ description, values }) => !isSameSet(values, valuesOf(entry, description)),
  )
  if (differing.length === 0) return [{ key: 'undo.changed', values: { name } }]
  return differing.map(({ description }): Text => {
    const values = valuesOf(entry, description)
    return values.length === 0
      ? { key: 'undo.valueGone', values: { name, attribute: description } }
      : { key: 'undo.valueChanged', values: { name, attribute: description, value: cut(values.join(', ')) } }
  })
}

/** Whether an entry that the write has added was modified since: it would be deleted with what came later. */
export function isGrown(
  { change, after, concealed }: JournalStep,
  entry: Entry | null,
  schema: Schema,
): boolean {
  if (change.type !== 'add' || entry === null) return false
  const known = [...after.attributes.map(({ description }) => description), ...concealed]
  const left = new Set(known.map((description) => description.toLowerCase()))
  const isNew = (description: string): boolean => {
    const type = schema.attributeType(description.split(';')[0] ?? '')
    const isOwn = !isKeptByServer(description, schema) && (type === undefined || !isOperational(type))
    return isOwn && !left.has(description.toLowerCase())
  }
  return (
    entry.attributes.some(({ description }) => isNew(description)) ||
    // A password, which is not compared, was set later at least by a second.
    valueOf(entry, 'modifyTimestamp') !== valueOf(entry, 'createTimestamp')
  )
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value) => other.includes(value))
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`
}
