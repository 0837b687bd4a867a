/**
 * inverse - the change that takes a change back.
 *
 * A modification is taken back value by value: what came is deleted, what went is added, so that values that
 * others added since stay. Where values cannot be named (no equality rule) or read (passwords), the old ones
 * replace the new. A deleted entry is added again as it was, with a new entryUUID. What the log does not hold
 * cannot be taken back: then the answer says why.
 * Authority: RFC 4511 sections 4.6 to 4.9.
 */
import { isConcealed } from '@/lib/changes/concealment'
import { resolveDescription } from '@/lib/ldap/attribute-description'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { type Dn, formatDn, formatRdn, parentDn, parseDn, type Rdn } from '@/lib/ldap/dn'
import { isSameValue } from '@/lib/ldap/entry-schema'
import type { Schema } from '@/lib/ldap/schema'
import type { Text } from '@/lib/words/text'
import { changedAttributesOf, type HistoryEntry, oldValuesOf } from './history-entry'

export type Inverse =
  | {
      readonly status: 'inverse'
      readonly changes: readonly ChangeRecord[]
      /** What a person should know before they undo, as sentences. */
      readonly cautions: readonly Text[]
    }
  | { readonly status: 'impossible'; readonly reason: Text }

const NO_OLD_VALUES: Text = { key: 'history.impossible.noOldValues' }

/** The change that undoes this one, if nothing else has happened since. */
export function inverseOf(entry: HistoryEntry, schema: Schema): Inverse {
  switch (entry.type) {
    case 'add':
      return inverse([{ type: 'delete', dn: entry.dn }], [])
    case 'delete':
      return inverseOfDelete(entry)
    case 'modify':
      return inverseOfModify(entry, schema)
    case 'modifyDn':
      return inverseOfRename(entry, schema)
  }
}

/** The name of the entry after the change; null if it has none any more, or if the log's names are no DNs. */
export function nameAfter(entry: HistoryEntry): string | null {
  if (entry.type === 'delete') return null
  if (entry.type !== 'modifyDn') return entry.dn
  const renamed = renamedEntry(entry)
  return renamed === null ? null : formatDn(renamed.after)
}

function inverse(changes: readonly ChangeRecord[], cautions: readonly Text[]): Inverse {
  return { status: 'inverse', changes, cautions }
}

function impossible(reason: Text): Inverse {
  return { status: 'impossible', reason }
}

function inverseOfDelete(entry: HistoryEntry): Inverse {
  if (entry.old === null) return impossible(NO_OLD_VALUES)
  return inverse([{ type: 'add', dn: entry.dn, attributes: entry.old }], passwordCautions(entry))
}

/** Says what becomes of a password, which nobody sees. */
function passwordCautions(entry: HistoryEntry): readonly Text[] {
  if (entry.unrecorded.length > 0)
    return [{ key: 'history.caution.notRecorded', values: { attributes: entry.unrecorded.join(', ') } }]
  const had = (entry.old ?? []).some(({ description }) => isConcealed(description))
  const changed = changedAttributesOf(entry).some(isConcealed)
  if (had && changed) return [{ key: 'history.caution.passwordBack' }]
  if (changed) return [{ key: 'history.caution.noPassword' }]
  return entry.type === 'delete' ? [{ key: 'history.caution.withoutPassword' }] : []
}

function inverseOfModify(entry: HistoryEntry, schema: Schema): Inverse {
  const groups = new Map<string, Modification[]>()
  for (const modification of entry.modifications) {
    const name = modification.attribute.toLowerCase()
    groups.set(name, [...(groups.get(name) ?? []), modification])
  }
  const modifications: Modification[] = []
  for (const made of groups.values()) {
    const attribute = made[0]?.attribute ?? ''
    const before = oldValuesOf(entry, attribute)
    const undone = before === null ? undoByValue(made) : undoToValues(attribute, made, before, schema)
    if (undone === null) return impossible(NO_OLD_VALUES)
    modifications.push(...undone)
  }
  const cautions = passwordCautions(entry)
  if (modifications.length > 0) return inverse([{ type: 'modify', dn: entry.dn, modifications }], cautions)
  return impossible(cautions[0] ?? { key: 'history.impossible.nothing' })
}

function undoToValues(
  attribute: string,
  made: readonly Modification[],
  before: readonly string[],
  schema: Schema,
): readonly Modification[] {
  const after = made.reduce((values, modification) => applied(values, modification, schema), before)
  const removed = after.filter((value) => !before.includes(value))
  const added = before.filter((value) => !after.includes(value))
  const hasNoRule = resolveDescription(attribute, schema)?.type.equality === null
  if (hasNoRule || isConcealed(attribute)) return [{ operation: 'replace', attribute, values: before }]
  return [...one('delete', attribute, removed), ...one('add', attribute, added)]
}

function one(
  operation: 'add' | 'delete',
  attribute: string,
  values: readonly string[],
): readonly Modification[] {
  return values.length === 0 ? [] : [{ operation, attribute, values }]
}

/** The values after a modification that the server has carried out. */
export function applied(
  values: readonly string[],
  { operation, attribute, values: given }: Modification,
  schema: Schema,
): readonly string[] {
  const isGiven = (value: string): boolean =>
    given.some((other) => isSameValue(attribute, value, other, schema))
  switch (operation) {
    case 'add':
      return [...values, ...given]
    case 'delete':
      return given.length === 0 ? [] : values.filter((value) => !isGiven(value))
    case 'replace':
      return given
    case 'increment':
      return values.map((value) => sum(value, given[0] ?? '0'))
  }
}

function sum(value: string, by: string): string {
  const isNumber = /^-?\d+$/
  return isNumber.test(value) && isNumber.test(by) ? (BigInt(value) + BigInt(by)).toString() : value
}

/** Without old values, what names its values can be taken back in reverse order; null if something does not. */
function undoByValue(made: readonly Modification[]): readonly Modification[] | null {
  const undone: Modification[] = []
  for (const { operation, attribute, values } of [...made].reverse()) {
    if (operation === 'replace' || values.length === 0) return null
    if (operation === 'increment')
      undone.push({ operation, attribute, values: values.map((value) => sum('0', negative(value))) })
    else undone.push({ operation: operation === 'add' ? 'delete' : 'add', attribute, values })
  }
  return undone
}

function negative(value: string): string {
  return value.startsWith('-') ? value.slice(1) : `-${value}`
}

interface RenamedEntry {
  readonly before: Dn
  readonly after: Dn
  readonly oldRdn: Rdn
  readonly newRdn: Rdn
}

function renamedEntry({ dn, rename }: HistoryEntry): RenamedEntry | null {
  const before = parseDn(dn)
  const [newRdn] = parseDn(rename?.newRdn ?? '') ?? []
  const oldRdn = before?.[0]
  if (before === null || oldRdn === undefined || newRdn === undefined) return null
  const superior =
    rename?.newSuperior === null || rename === null ? parentDn(before) : parseDn(rename.newSuperior)
  return superior === null ? null : { before, after: [newRdn, ...superior], oldRdn, newRdn }
}

function inverseOfRename(entry: HistoryEntry, schema: Schema): Inverse {
  const renamed = renamedEntry(entry)
  if (renamed === null) return impossible({ key: 'history.impossible.noName' })
  const { before, after, oldRdn, newRdn } = renamed
  const isIn = (rdn: Rdn, attribute: string, value: string): boolean =>
    rdn.some(
      (other) =>
        other.attribute.toLowerCase() === attribute.toLowerCase() &&
        isSameValue(attribute, value, other.value, schema),
    )
  // Which values of the new name did the entry have before? Old values tell; else those of the old name had.
  const came = newRdn.filter(({ attribute, value }) => {
    const old = oldValuesOf(entry, attribute)
    if (isIn(oldRdn, attribute, value)) return false
    if (old !== null) return !old.some((other) => isSameValue(attribute, value, other, schema))
    return hasType(oldRdn, attribute)
  })
  // What both names have is taken away with the new name and comes again with the old one, as it was spelled.
  const all = newRdn.every((other) => came.includes(other) || isIn(oldRdn, other.attribute, other.value))
  const back: ChangeRecord = {
    type: 'modifyDn',
    dn: formatDn(after),
    newRdn: formatRdn(oldRdn),
    deleteOldRdn: all,
    newSuperior: movedFrom(before, after),
  }
  const leftovers: Modification[] = all
    ? []
    : came.map(({ attribute, value }) => ({ operation: 'delete', attribute, values: [value] }))
  const dn = formatDn(before)
  const cleared: ChangeRecord[] =
    leftovers.length === 0 ? [] : [{ type: 'modify', dn, modifications: leftovers }]
  return inverse([back, ...cleared], renameCautions(entry, came.length > 0))
}

/**
 * The log rarely holds the values that an entry had beside those of its name. A new value of a type that the
 * old name had came with the rename; one of another type (cn beside uid) most likely was there before.
 */
function hasType(oldRdn: Rdn, attribute: string): boolean {
  return oldRdn.some((other) => other.attribute.toLowerCase() === attribute.toLowerCase())
}

function renameCautions({ old, rename }: HistoryEntry, takesAway: boolean): readonly Text[] {
  return old === null && takesAway
    ? [{ key: 'history.caution.nameValues', values: { name: rename?.newRdn ?? '' } }]
    : []
}

function movedFrom(before: Dn, after: Dn): string | null {
  const [old, now] = [parentDn(before) ?? [], parentDn(after) ?? []]
  return formatDn(old) === formatDn(now) ? null : formatDn(old)
}
