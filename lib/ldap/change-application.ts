/**
 * change-application - what an entry looks like after a change (RFC 4511 sections 4.6 to 4.9).
 *
 * A refusal carries the result code that slapd gives: an unknown attribute 17, a missing one 16, a value that
 * is there already 20, an illegal one 21, and the rules of entry-schema. Not decided here, for want of the tree
 * and the access rules: a missing superior, an entry that has children, and permission. Attributes that the
 * server keeps (entryCSN and the like) stay as they were.
 */
import { resolveDescription } from './attribute-description'
import type { ChangeRecord, Modification } from './change-record'
import type { Dn, Rdn } from './dn'
import { formatDn, isWithin, parseDn } from './dn'
import type { Attribute, Entry } from './entry'
import type { Refusal } from './entry-schema'
import { checkEntry, checkTogether, checkValues, checkWritable, isSameValue, refuse } from './entry-schema'
import { serverDnKey } from './matching-rules'
import type { Schema } from './schema'
import { SYNTAX } from './syntaxes'

/** null for the entry: there is none. */
export type ChangeResult = { readonly status: 'applied'; readonly entry: Entry | null } | Refusal

/** What a change was last applied to. Whoever judges, orders and writes a list of changes follows it anew. */
const lastApplied = new WeakMap<
  ChangeRecord,
  { readonly entry: Entry | null; readonly schema: Schema; readonly result: ChangeResult }
>()

/** The entry after the change. `entry` is the one the change names, null if it does not exist. */
export function applyChange(change: ChangeRecord, entry: Entry | null, schema: Schema): ChangeResult {
  const last = lastApplied.get(change)
  if (last?.entry === entry && last.schema === schema) return last.result
  const result = apply(change, entry, schema)
  lastApplied.set(change, { entry, schema, result })
  return result
}

function apply(change: ChangeRecord, entry: Entry | null, schema: Schema): ChangeResult {
  if (change.type === 'add') {
    const added = addEntry(change.dn, change.attributes, schema)
    // slapd looks at the new entry before it looks for an old one.
    return added.status === 'applied' && entry !== null ? refuse(68, `${entry.dn} exists already`) : added
  }
  if (entry === null) return refuse(32, `${change.dn} does not exist`)
  switch (change.type) {
    case 'delete':
      return { status: 'applied', entry: null }
    case 'modify':
      return modifyEntry(entry, change.modifications, schema)
    case 'modifyDn':
      return renameEntry(entry, change, schema)
  }
}

type ModifyDn = Extract<ChangeRecord, { type: 'modifyDn' }>

/**
 * The new name of an entry that is renamed, or is below one that is; the name itself if the change does not
 * concern it. Null if a name in the change is no DN.
 */
export function renamedDn(dn: Dn, change: ModifyDn): Dn | null {
  const from = parseDn(change.dn)
  const rdn = parseRdn(change.newRdn)
  const superior = change.newSuperior === null ? from?.slice(1) : parseDn(change.newSuperior)
  if (from === null || from.length === 0 || rdn === null || superior === null || superior === undefined)
    return null
  return isWithin(dn, from) ? [...dn.slice(0, dn.length - from.length), rdn, ...superior] : dn
}

function parseRdn(text: string): Rdn | null {
  const dn = parseDn(text)
  return dn?.length === 1 ? (dn[0] ?? null) : null
}

function addEntry(dn: string, given: readonly Attribute[], schema: Schema): ChangeResult {
  const name = parseDn(dn)
  if (name === null || serverDnKey(name, schema) === null) return refuse(34, `${dn} is not a DN`)
  const modifications = given.map(({ description, values }): Modification => {
    return { operation: 'add', attribute: description, values }
  })
  const result = applyModifications({ dn, attributes: [] }, modifications, schema)
  if (result.status === 'refused') return result
  return checkEntry(result.entry, null, schema) ?? result
}

function modifyEntry(entry: Entry, modifications: readonly Modification[], schema: Schema): ChangeResult {
  const result = applyModifications(entry, modifications, schema)
  if (result.status === 'refused') return result
  return checkEntry(result.entry, entry, schema) ?? result
}

type Applied = { readonly status: 'applied'; readonly entry: Entry } | Refusal

/** slapd looks at all modifications by themselves first, then at who may make them, and only then applies them. */
function applyModifications(entry: Entry, modifications: readonly Modification[], schema: Schema): Applied {
  const malformed = modifications.find(({ operation, values }) => {
    return (operation === 'add' && values.length === 0) || (operation === 'increment' && values.length !== 1)
  })
  if (malformed !== undefined)
    return refuse(2, `${malformed.operation} of ${malformed.attribute}: wrong number of values`)
  for (const modification of modifications) {
    const refusal = checkModification(modification, schema)
    if (refusal !== null) return refusal
  }
  for (const { attribute } of modifications) {
    const refusal = checkWritable(attribute, schema)
    if (refusal !== null) return refusal
  }
  let changed = entry
  for (const modification of modifications) {
    const result = modify(changed, modification, schema)
    if (result.status === 'refused') return result
    changed = result.entry
  }
  return { status: 'applied', entry: changed }
}

function checkModification({ operation, attribute, values }: Modification, schema: Schema): Refusal | null {
  const type = resolveDescription(attribute, schema)?.type
  if (operation === 'increment' && type !== undefined && type.syntax !== SYNTAX.integer) {
    return refuse(19, `${attribute}: attribute syntax inappropriate for increment`)
  }
  const refusal = checkValues(attribute, values, schema)
  return refusal !== null || operation === 'delete' ? refusal : checkTogether(attribute, values, schema)
}

function modify(entry: Entry, { operation, attribute, values }: Modification, schema: Schema): Applied {
  const before = find(entry, attribute, schema)
  switch (operation) {
    case 'add':
      return addValues(entry, before, attribute, values, schema)
    case 'delete':
      return deleteValues(entry, before, attribute, values, schema)
    case 'replace': {
      // The attribute goes and comes again, behind the others.
      const cleared = before === undefined ? entry : withValues(entry, before, attribute, [])
      return values.length === 0
        ? { status: 'applied', entry: cleared }
        : { status: 'applied', entry: withValues(cleared, undefined, attribute, values) }
    }
    case 'increment':
      return increment(entry, before, attribute, values)
  }
}

function addValues(
  entry: Entry,
  before: Attribute | undefined,
  attribute: string,
  values: readonly string[],
  schema: Schema,
): Applied {
  const there = before?.values ?? []
  const repeated = values.find((value) => there.some((other) => isSameValue(attribute, value, other, schema)))
  if (repeated !== undefined) return refuse(20, `${attribute} has the value ${repeated} already`)
  return { status: 'applied', entry: withValues(entry, before, attribute, [...there, ...values]) }
}

function deleteValues(
  entry: Entry,
  before: Attribute | undefined,
  attribute: string,
  values: readonly string[],
  schema: Schema,
): Applied {
  if (values.length > 0 && resolveDescription(attribute, schema)?.type.equality === null) {
    return refuse(18, `${attribute} has no equality matching rule`)
  }
  if (before === undefined) return refuse(16, `there is no ${attribute}`)
  if (values.length === 0) return { status: 'applied', entry: withValues(entry, before, attribute, []) }
  const isGiven = (other: string): boolean =>
    values.some((value) => isSameValue(attribute, value, other, schema))
  const missing = values.find((value) => {
    return !before.values.some((other) => isSameValue(attribute, value, other, schema))
  })
  if (missing !== undefined) return refuse(16, `${attribute} does not have the value ${missing}`)
  const left = before.values.filter((other) => !isGiven(other))
  return { status: 'applied', entry: withValues(entry, before, attribute, left) }
}

/** RFC 4525: every value of the attribute grows by the one given. */
function increment(
  entry: Entry,
  before: Attribute | undefined,
  attribute: string,
  [by = '0']: readonly string[],
): Applied {
  if (before === undefined) return refuse(16, `there is no ${attribute}`)
  const sums = before.values.map((value) => (BigInt(value) + BigInt(by)).toString())
  return { status: 'applied', entry: withValues(entry, before, attribute, sums) }
}

function renameEntry(entry: Entry, change: ModifyDn, schema: Schema): ChangeResult {
  const oldDn = parseDn(entry.dn)
  const newRdn = parseRdn(change.newRdn)
  const isRdn = newRdn !== null && serverDnKey([newRdn], schema) !== null
  if (!isRdn) return refuse(34, `${change.newRdn} is not an RDN`)
  const newDn = oldDn === null ? null : renamedDn(oldDn, { ...change, dn: entry.dn })
  if (oldDn === null || newDn === null) return refuse(34, 'a name is not a DN')
  let renamed: Entry = { ...entry, dn: formatDn(newDn) }
  for (const { attribute, value } of change.deleteOldRdn ? (oldDn[0] ?? []) : []) {
    const attributeBefore = find(renamed, attribute, schema)
    if (attributeBefore === undefined) continue
    const left = attributeBefore.values.filter((other) => !isSameValue(attribute, value, other, schema))
    renamed = withValues(renamed, attributeBefore, attribute, left)
  }
  // In slapd's order (slap_modrdn2mods): all old values go first, even those that come again.
  for (const { attribute, value } of newRdn.toReversed()) {
    const before = find(renamed, attribute, schema)
    if (before?.values.some((other) => isSameValue(attribute, value, other, schema))) continue
    renamed = withValues(renamed, before, attribute, [...(before?.values ?? []), value])
  }
  return checkEntry(renamed, entry, schema) ?? { status: 'applied', entry: renamed }
}

function find(entry: Entry, attribute: string, schema: Schema): Attribute | undefined {
  return entry.attributes.find(({ description }) => isSame(description, attribute, schema))
}

/** The entry with these values of the attribute, which keeps its place; without values it goes. */
function withValues(
  entry: Entry,
  before: Attribute | undefined,
  attribute: string,
  values: readonly string[],
): Entry {
  if (before === undefined) {
    return { ...entry, attributes: [...entry.attributes, { description: attribute, values }] }
  }
  const attributes = entry.attributes.flatMap((other) => {
    if (other !== before) return [other]
    return values.length === 0 ? [] : [{ ...before, values }]
  })
  return { ...entry, attributes }
}

/** Whether two descriptions are the same type with the same options. */
function isSame(one: string, other: string, schema: Schema): boolean {
  if (one.toLowerCase() === other.toLowerCase()) return true
  const [left, right] = [resolveDescription(one, schema), resolveDescription(other, schema)]
  if (left === null || right === null) return false
  return left.type.oid === right.type.oid && left.options.join(';') === right.options.join(';')
}
