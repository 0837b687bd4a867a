/**
 * log-entry - reads an entry of the server's log (objectClass auditAdd, auditModify, auditDelete, auditModRDN).
 *
 * reqMod holds `attribute:+ value`, `:-`, `:=` and `:#`, one value for each modification value, in order;
 * reqOld holds `attribute: value`. The panel's own record has the same form. What is no such entry (a bind,
 * a search, a type that the panel does not know) is null; a value of reqMod that cannot be read makes the
 * whole entry null, because half a change is none.
 * Authority: slapo-accesslog(5), its schema and accesslog.c.
 */
import { COMMIT_ATTRIBUTE, TASK_ATTRIBUTE } from '@/lib/changes/commit/record-entry'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import type { Attribute, Entry } from '@/lib/ldap/entry'
import { valueOf, valuesOf } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import type { HistoryEntry } from './history-entry'
import { isGeneralizedTime } from '@/lib/ldap/generalized-time'

/** Attributes that {@link readLogEntry} needs. */
export const LOG_ATTRIBUTES = [
  'reqStart',
  'reqType',
  'reqDN',
  'reqEntryUUID',
  'reqAuthzID',
  'reqSession',
  'reqMod',
  'reqOld',
  'reqNewRDN',
  'reqDeleteOldRDN',
  'reqNewSuperior',
  'description',
] as const

/** In the panel's own record: names of attributes that were changed and are not recorded. */
export const UNRECORDED_ATTRIBUTE = 'description'

const TYPES: Readonly<Record<string, ChangeRecord['type']>> = {
  add: 'add',
  modify: 'modify',
  delete: 'delete',
  modrdn: 'modifyDn',
}

const OPERATIONS: Readonly<Record<string, Modification['operation']>> = {
  '+': 'add',
  '-': 'delete',
  '=': 'replace',
  '#': 'increment',
}

const MODIFICATION = /^([^:\s]+):([+\-=#])(?: (.*))?$/s
const OLD_VALUE = /^([^:\s]+): ?(.*)$/s

/** The change that an entry of the log tells of. */
export function readLogEntry(entry: Entry, schema: Schema): HistoryEntry | null {
  const text = (attribute: string): string => valueOf(entry, attribute) ?? ''
  const type = TYPES[text('reqType').toLowerCase()]
  const modifications = readModifications(valuesOf(entry, 'reqMod'))
  const id = text('reqStart')
  if (type === undefined || modifications === null || !isGeneralizedTime(id)) return null
  const old = readOld(valuesOf(entry, 'reqOld'))
  const csn = modifications.find(({ attribute }) => attribute.toLowerCase() === 'entrycsn')
  const oldCsn = old.find(({ description }) => description.toLowerCase() === 'entrycsn')
  return {
    id,
    type,
    dn: text('reqDN'),
    entryUuid: valueOf(entry, 'reqEntryUUID')?.toLowerCase() ?? null,
    authorizationDn: text('reqAuthzID'),
    session: text('reqSession'),
    entryCsnBefore: oldCsn?.values[0] ?? null,
    entryCsnAfter: csn?.values[0] ?? null,
    modifications:
      type === 'modifyDn' ? [] : modifications.filter(({ attribute }) => !isKeptByServer(attribute, schema)),
    // A change always changes entryCSN, so a log that keeps old values has at least that one.
    old: old.length === 0 ? null : old.filter(({ description }) => !isKeptByServer(description, schema)),
    unrecorded: valuesOf(entry, UNRECORDED_ATTRIBUTE),
    rename: type === 'modifyDn' ? readRename(entry) : null,
    commit: readCommit(entry),
  }
}

/** Only the panel's own record says. */
function readCommit(entry: Entry): HistoryEntry['commit'] {
  const [id, writes] = (valueOf(entry, COMMIT_ATTRIBUTE) ?? '').split(' ')
  if (id === undefined || writes === undefined) return null
  return { id, writes: Number(writes), task: valueOf(entry, TASK_ATTRIBUTE) ?? null }
}

function readRename(entry: Entry): HistoryEntry['rename'] {
  return {
    newRdn: valueOf(entry, 'reqNewRDN') ?? '',
    deleteOldRdn: valueOf(entry, 'reqDeleteOldRDN')?.toUpperCase() === 'TRUE',
    newSuperior: valueOf(entry, 'reqNewSuperior') ?? null,
  }
}

/** Values that follow each other with the same attribute and operation are one modification. */
function readModifications(lines: readonly string[]): readonly Modification[] | null {
  const modifications: { operation: Modification['operation']; attribute: string; values: string[] }[] = []
  let isFresh = true
  for (const line of lines) {
    // accesslog.c writes a colon alone between two modifications that would otherwise run together.
    if (line === ':') {
      isFresh = true
      continue
    }
    const [, attribute, sign = '', value] = MODIFICATION.exec(line) ?? []
    const operation = OPERATIONS[sign]
    if (attribute === undefined || operation === undefined) return null
    const last = modifications.at(-1)
    const goesOn = !isFresh && last?.attribute === attribute && last.operation === operation
    if (goesOn && value !== undefined) last.values.push(value)
    else modifications.push({ operation, attribute, values: value === undefined ? [] : [value] })
    isFresh = false
  }
  return modifications
}

function readOld(lines: readonly string[]): readonly Attribute[] {
  const attributes = new Map<string, { description: string; values: string[] }>()
  for (const line of lines) {
    const [, description, value = ''] = OLD_VALUE.exec(line) ?? []
    if (description === undefined) continue
    const known = attributes.get(description.toLowerCase())
    if (known === undefined) attributes.set(description.toLowerCase(), { description, values: [value] })
    else known.values.push(value)
  }
  return [...attributes.values()]
}

/** Attributes that the panel knows to be the server's, also where the schema does not say so. */
const KEPT_BY_SERVER = new Set([
  'entrycsn',
  'modifytimestamp',
  'modifiersname',
  'createtimestamp',
  'creatorsname',
  'entryuuid',
  'structuralobjectclass',
  'entrydn',
  'contextcsn',
  'pwdchangedtime',
  'pwdhistory',
  'pwdfailuretime',
])

/** Whether nobody but the server itself writes this attribute. */
export function isKeptByServer(description: string, schema: Schema): boolean {
  const [name = ''] = description.toLowerCase().split(';')
  return KEPT_BY_SERVER.has(name) || schema.attributeType(name)?.noUserModification === true
}
