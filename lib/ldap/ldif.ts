/**
 * ldif - content and change records from LDIF text (RFC 2849; increment of RFC 4525).
 *
 * Goes further than the RFC where files in the field do: raw UTF-8 in values, a missing `version`, content and
 * change records in one file, a missing last `-`. The first mistake ends the reading, with its line number
 * and a sentence; there is no partial result. Values in external files (`:<`) and controls are refused.
 * Values are strings as in octets. Writing is in ldif-text.
 */
import type { ChangeRecord, Modification } from './change-record'
import type { Attribute, Entry } from './entry'
import { decodeOctets } from './octets'

export type LdifRecord =
  | { readonly type: 'content'; readonly line: number; readonly entry: Entry }
  | { readonly type: 'change'; readonly line: number; readonly change: ChangeRecord }

export interface LdifMistake {
  readonly status: 'invalid'
  /** Counted from 1. */
  readonly line: number
  readonly message: string
}

export type LdifResult = { readonly status: 'parsed'; readonly records: readonly LdifRecord[] } | LdifMistake

/** A logical line: an attribute with its value, or the `-` between modifications. */
interface Field {
  readonly line: number
  readonly name: string
  readonly value: string
}

/** The records of an LDIF text, in order. */
export function parseLdif(text: string): LdifResult {
  const records: LdifRecord[] = []
  let isFirst = true
  for (const paragraph of paragraphs(text)) {
    let fields: Field[] = []
    for (const { line, text: logical } of paragraph) {
      const field = parseField(logical, line)
      if ('status' in field) return field
      fields.push(field)
    }
    const [head] = fields
    if (isFirst && head?.name.toLowerCase() === 'version') {
      if (head.value !== '1')
        return mistake(head.line, `LDIF version ${head.value} is not known, only version 1`)
      fields = fields.slice(1)
    }
    isFirst = false
    if (fields.length === 0) continue
    const record = parseRecord(fields)
    if ('status' in record) return record
    records.push(record)
  }
  return { status: 'parsed', records }
}

interface LogicalLine {
  readonly line: number
  readonly text: string
}

/** Logical lines, unfolded and without comments, grouped by the blank lines between them. */
function paragraphs(text: string): readonly (readonly LogicalLine[])[] {
  const groups: LogicalLine[][] = []
  let group: LogicalLine[] = []
  const physical = text.split('\n').map((line) => line.replace(/\r$/, ''))
  for (let at = 0; at < physical.length;) {
    const line = at + 1
    let logical = physical[at] ?? ''
    at += 1
    while (logical !== '' && physical[at]?.startsWith(' ')) {
      logical += physical[at]?.slice(1) ?? ''
      at += 1
    }
    if (logical === '') {
      groups.push(group)
      group = []
    } else if (!logical.startsWith('#')) group.push({ line, text: logical })
  }
  groups.push(group)
  return groups.filter(({ length }) => length > 0)
}

function parseField(text: string, line: number): Field | LdifMistake {
  if (text === '-') return { line, name: '-', value: '' }
  const [, name, kind = '', value = ''] = /^([A-Za-z0-9][A-Za-z0-9.;-]*):([:<]?) *(.*)$/s.exec(text) ?? []
  if (name === undefined) return mistake(line, 'expected an attribute name, a colon and a value')
  if (kind === '<') return mistake(line, `the value of ${name} is in another file (:<), which is not read`)
  if (kind === '') return { line, name, value }
  const decoded = decodeBase64(value)
  if (decoded === null) return mistake(line, `the value of ${name} is not valid base64`)
  return { line, name, value: decoded }
}

function decodeBase64(text: string): string | null {
  const packed = text.trimEnd()
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(packed)) return null
  return decodeOctets(Uint8Array.from(atob(packed), (character) => character.charCodeAt(0)))
}

function parseRecord(fields: readonly Field[]): LdifRecord | LdifMistake {
  const [head, ...rest] = fields
  if (head?.name.toLowerCase() !== 'dn') return mistake(head?.line ?? 0, 'a record must begin with dn:')
  const [second, ...body] = rest
  const dn = head.value
  if (second?.name.toLowerCase() === 'control') return mistake(second.line, 'controls are not read')
  if (second?.name.toLowerCase() !== 'changetype') {
    const attributes = collect(rest)
    if ('status' in attributes) return attributes
    return { type: 'content', line: head.line, entry: { dn, attributes } }
  }
  const change = parseChange(dn, second, body)
  return 'status' in change ? change : { type: 'change', line: head.line, change }
}

function parseChange(dn: string, changeType: Field, body: readonly Field[]): ChangeRecord | LdifMistake {
  switch (changeType.value.trim().toLowerCase()) {
    case 'add': {
      const attributes = collect(body)
      return 'status' in attributes ? attributes : { type: 'add', dn, attributes }
    }
    case 'delete': {
      const [extra] = body
      return extra === undefined
        ? { type: 'delete', dn }
        : mistake(extra.line, 'nothing may follow changetype: delete')
    }
    case 'modify': {
      const modifications = parseModifications(body)
      return 'status' in modifications ? modifications : { type: 'modify', dn, modifications }
    }
    case 'modrdn':
    case 'moddn':
      return parseModifyDn(dn, changeType, body)
    default:
      return mistake(changeType.line, `changetype ${changeType.value} is not known`)
  }
}

/** Attributes in the order of their first value. */
function collect(fields: readonly Field[]): readonly Attribute[] | LdifMistake {
  const attributes = new Map<string, { description: string; values: string[] }>()
  for (const { line, name, value } of fields) {
    if (name === '-') return mistake(line, 'a - stands only between modifications')
    const key = name.toLowerCase()
    const attribute = attributes.get(key)
    if (attribute === undefined) attributes.set(key, { description: name, values: [value] })
    else attribute.values.push(value)
  }
  return [...attributes.values()]
}

const OPERATIONS = ['add', 'delete', 'replace', 'increment'] as const

function parseModifications(fields: readonly Field[]): readonly Modification[] | LdifMistake {
  const modifications: Modification[] = []
  for (let at = 0; at < fields.length; at += 1) {
    const head = fields[at]
    if (head === undefined) break
    const operation = OPERATIONS.find((name) => name === head.name.toLowerCase())
    if (operation === undefined) return mistake(head.line, `expected add:, delete:, replace: or increment:`)
    const values: string[] = []
    for (at += 1; at < fields.length && fields[at]?.name !== '-'; at += 1) {
      const field = fields[at]
      if (field === undefined) break
      if (field.name.toLowerCase() !== head.value.trim().toLowerCase()) {
        return mistake(field.line, `expected a value of ${head.value} or a line with -`)
      }
      values.push(field.value)
    }
    if (operation === 'add' && values.length === 0)
      return mistake(head.line, `no value to add to ${head.value}`)
    modifications.push({ operation, attribute: head.value.trim(), values })
  }
  return modifications
}

function parseModifyDn(dn: string, changeType: Field, body: readonly Field[]): ChangeRecord | LdifMistake {
  const [newRdn, deleteOldRdn, newSuperior, extra] = body
  if (newRdn?.name.toLowerCase() !== 'newrdn')
    return mistake(newRdn?.line ?? changeType.line, 'expected newrdn:')
  const flag = deleteOldRdn?.value.trim()
  if (deleteOldRdn?.name.toLowerCase() !== 'deleteoldrdn' || (flag !== '0' && flag !== '1')) {
    return mistake(deleteOldRdn?.line ?? newRdn.line, 'expected deleteoldrdn: 0 or 1')
  }
  if (newSuperior !== undefined && newSuperior.name.toLowerCase() !== 'newsuperior') {
    return mistake(newSuperior.line, 'expected newsuperior: or the end of the record')
  }
  if (extra !== undefined) return mistake(extra.line, 'expected the end of the record')
  return {
    type: 'modifyDn',
    dn,
    newRdn: newRdn.value,
    deleteOldRdn: flag === '1',
    newSuperior: newSuperior?.value ?? null,
  }
}

function mistake(line: number, message: string): LdifMistake {
  return { status: 'invalid', line, message }
}
