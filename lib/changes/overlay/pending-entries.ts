/**
 * pending-entries - the touched entries as one account sees them, before and after the changes.
 *
 * In: a live view, bound as that account. What the account may not read stays unseen: modifications of an
 * attribute that it cannot search are left out, told by a negated presence filter (slapd calls a filter on an
 * attribute without search access undefined, and a negation of that finds nothing). Password values of an
 * added entry are left out. A change that the directory would refuse makes the whole result unpredictable.
 * Authority: RFC 4511 sections 4.6 to 4.9; slapd.access(5).
 */
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { applyChange, type ChangeResult } from '@/lib/ldap/change-application'
import type { DirectoryView, SearchFailure, SearchResult } from '@/lib/ldap/directory-view'
import { formatDn } from '@/lib/ldap/dn'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { type ObjectClass, type Schema, structuralClass } from '@/lib/ldap/schema'
import { concealChange, isConcealed } from '@/lib/changes/concealment'
import { inPortions } from '@/lib/changes/portions'
import { inEnglish } from '@/lib/words/english'
import type { Messages, Text } from '@/lib/words/text'
import type { PendingEntry, PendingNames } from './pending-names'

/** A touched entry through the eyes of one account. */
export interface SeenEntry {
  readonly pending: PendingEntry
  /** null if it does not exist yet, or is not to be seen. */
  readonly before: Entry | null
  readonly after: Entry | null
  /** Attributes that the changes touch and the account cannot see. */
  readonly hidden: readonly string[]
}

export type SeenEntries = { readonly status: 'seen'; readonly entries: readonly SeenEntry[] } | SearchFailure

const NO_SUCH_OBJECT = 32
/** The result code of what must not be guessed: libldap's LDAP_NOT_SUPPORTED, a failure on this side. */
export const UNPREDICTABLE = -12

/** A failure with its reason for people; the diagnostic says the same in English. */
export interface Unpredictable extends SearchFailure {
  readonly reason: Text
}

/** The failure for what must not be guessed. */
export function unpredictable(
  why: keyof Messages['findings']['unpredicted'],
  values: Readonly<Record<string, string>> = {},
): Unpredictable {
  const reason: Text = {
    key: 'findings.unpredicted.because',
    values: { why: { key: `findings.unpredicted.${why}`, values } },
  }
  return {
    status: 'failed',
    stage: 'search',
    resultCode: UNPREDICTABLE,
    diagnostic: inEnglish(reason),
    reason,
  }
}

/** Whether a search failed because its answer must not be guessed. */
export function isUnpredictable(result: SearchResult): result is Unpredictable {
  return result.status === 'failed' && result.resultCode === UNPREDICTABLE && 'reason' in result
}

/**
 * Reads the touched entries and lays the changes over them.
 * LDAP round trips: one for every 100 entries, and one more if an attribute is touched that is not seen.
 */
export async function seeEntries(
  live: DirectoryView,
  names: PendingNames,
  schema: Schema,
): Promise<SeenEntries> {
  const each = await inPortions(names.entries, (pending) => seeEntry(live, pending, schema))
  const entries: SeenEntry[] = []
  for (const seen of each) {
    if ('status' in seen) return seen
    entries.push(seen)
  }
  return { status: 'seen', entries }
}

async function seeEntry(
  live: DirectoryView,
  pending: PendingEntry,
  schema: Schema,
): Promise<SeenEntry | SearchFailure> {
  if (pending.origin === null) return changed(pending, null, [], schema)
  const origin = formatDn(pending.origin)
  const read = await searchBase(live, origin, { type: 'present', attribute: 'objectClass' }, ['*', '+'])
  if (read.status === 'failed' && read.resultCode !== NO_SUCH_OBJECT) return read
  const before = read.status === 'complete' ? (read.entries[0] ?? null) : null
  if (before === null) return { pending, before, after: null, hidden: touchedAttributes(pending) }
  const unseen = touchedAttributes(pending).filter((attribute) => valuesOf(before, attribute).length === 0)
  const hidden: string[] = []
  for (const probe of await Promise.all(unseen.map((attribute) => probeAccess(live, origin, attribute)))) {
    if (typeof probe !== 'string' && probe !== null) return probe
    if (probe !== null) hidden.push(probe)
  }
  return changed(pending, before, hidden, schema)
}

/** The attribute if the account cannot search it in this entry, else null. */
async function probeAccess(
  live: DirectoryView,
  base: string,
  attribute: string,
): Promise<string | SearchFailure | null> {
  const absent: Filter = { type: 'not', filter: { type: 'present', attribute } }
  const result = await searchBase(live, base, absent, ['1.1'])
  if (result.status === 'failed') return result
  return result.entries.length === 0 ? attribute : null
}

function searchBase(
  live: DirectoryView,
  base: string,
  filter: Filter,
  attributes: readonly string[],
): Promise<SearchResult> {
  return live.search({ base, scope: 'base', filter, attributes, sizeLimit: 0, timeLimit: 0, dereference: 0 })
}

function changed(
  pending: PendingEntry,
  before: Entry | null,
  hidden: readonly string[],
  schema: Schema,
): SeenEntry | SearchFailure {
  let entry = before
  for (const change of pending.changes) {
    const visible = visibleChange(change, hidden)
    if (visible === null) continue
    const applied = applyToSeen(entry, visible, schema)
    if (applied.status === 'refused')
      return unpredictable('refused', { dn: change.dn, diagnostic: applied.diagnostic })
    entry = applied.entry
  }
  return { pending, before, after: renamed(entry, pending, schema), hidden }
}

/**
 * Of an entry that is there the account may see a part only, so the rules about whole entries are not judged:
 * every object class allows what extensibleObject does, and the name is left out.
 */
function applyToSeen(entry: Entry | null, change: ChangeRecord, schema: Schema): ChangeResult {
  if (entry === null || change.type === 'add' || change.type === 'delete')
    return applyChange(change, entry, schema)
  const whole = withObjectClass(change.type === 'modify' ? { ...entry, dn: '' } : { ...entry, dn: change.dn })
  const result = applyChange(change, whole, lenientSchema(schema))
  if (result.status === 'refused' || result.entry === null) return result
  const seen = new Set(entry.attributes.map(({ description }) => description.toLowerCase()))
  const isShown = (description: string): boolean =>
    seen.has(description.toLowerCase()) || (change.type === 'modify' && description !== NO_CLASS)
  const attributes = result.entry.attributes.filter(({ description }) => isShown(description))
  return { status: 'applied', entry: { ...result.entry, attributes } }
}

/** One for each schema: what is known of attributes is kept by the schema that it was found in. */
const lenientSchemas = new WeakMap<Schema, Schema>()

function lenientSchema(schema: Schema): Schema {
  const known = lenientSchemas.get(schema)
  if (known !== undefined) return known
  const lenient: Schema = { ...schema, objectClass: (name) => lenientClass(name, schema) }
  lenientSchemas.set(schema, lenient)
  return lenient
}

/** Demands nothing and allows everything; it stays told apart from other classes. */
function lenientClass(name: string, schema: Schema): ObjectClass | undefined {
  if (name === UNSEEN) return ANY_CLASS
  const known = schema.objectClass(name)
  return known === undefined ? undefined : { ...known, name: ANY_CLASS.name, must: [], may: [] }
}

const NO_CLASS = 'objectClass'
/** Stands for the object classes of an entry that the account cannot see. */
const UNSEEN = 'unseen'
const ANY_CLASS: ObjectClass = {
  oid: '1.3.6.1.4.1.1466.101.120.111',
  name: 'extensibleObject',
  names: ['extensibleObject'],
  kind: 'STRUCTURAL',
  superiors: [],
  must: [],
  may: [],
}

function withObjectClass(entry: Entry): Entry {
  if (valuesOf(entry, NO_CLASS).length > 0) return entry
  return { ...entry, attributes: [...entry.attributes, { description: NO_CLASS, values: [UNSEEN] }] }
}

/**
 * With the name it will have, also from a rename above it, and what follows from name and object classes. What
 * the server will note by itself (times, numbers) cannot be known and is judged by overlay-verdict.
 */
function renamed(entry: Entry | null, pending: PendingEntry, schema: Schema): Entry | null {
  if (entry === null || pending.final === null) return entry
  const dn = formatDn(pending.final)
  const computed = [{ description: 'entryDN', values: [dn] }]
  const structural = structuralClass(schema, valuesOf(entry, NO_CLASS))
  if (pending.origin === null && structural !== undefined)
    computed.push({ description: 'structuralObjectClass', values: [structural.name] })
  const names = computed.map(({ description }) => description.toLowerCase())
  const isSeen = pending.origin === null || valuesOf(entry, 'entryDN').length > 0
  if (!isSeen) return { ...entry, dn }
  const others = entry.attributes.filter(({ description }) => !names.includes(description.toLowerCase()))
  return { dn, attributes: [...others, ...computed] }
}

/** The part of a change that the account can see; null if there is none. */
function visibleChange(change: ChangeRecord, hidden: readonly string[]): ChangeRecord | null {
  if (change.type === 'add') return concealChange(change)
  if (change.type !== 'modify') return change
  const modifications = change.modifications.filter((modification) => !isHidden(modification, hidden))
  return modifications.length === 0 ? null : { ...change, modifications }
}

function isHidden({ attribute }: Modification, hidden: readonly string[]): boolean {
  return isConcealed(attribute) || hidden.includes(attribute.toLowerCase())
}

/** In lower case, each once; passwords are hidden anyway. */
function touchedAttributes(pending: PendingEntry): readonly string[] {
  const touched = pending.changes.flatMap((change) =>
    change.type === 'modify' ? change.modifications.map(({ attribute }) => attribute.toLowerCase()) : [],
  )
  return [...new Set(touched)].filter((attribute) => !isConcealed(attribute))
}
