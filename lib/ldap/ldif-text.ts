/**
 * ldif-text - entries and changes as LDIF (RFC 2849).
 *
 * Lines are folded at 76 columns. A value that is not plain printable ASCII, or that begins or ends in a way
 * a reader could take amiss, is written in base64, so that any value survives. Every record ends with a blank
 * line; texts can be joined.
 */
import type { ChangeRecord } from './change-record'
import type { Entry } from './entry'
import { encodeOctets } from './octets'

const COLUMNS = 76

/** An entry as a content record. */
export function formatEntry(entry: Entry): string {
  return record([['dn', entry.dn], ...attributeFields(entry.attributes)])
}

/** A change as a change record. */
export function formatChange(change: ChangeRecord): string {
  switch (change.type) {
    case 'add':
      return record([['dn', change.dn], ['changetype', 'add'], ...attributeFields(change.attributes)])
    case 'delete':
      return record([
        ['dn', change.dn],
        ['changetype', 'delete'],
      ])
    case 'modify':
      return record([
        ['dn', change.dn],
        ['changetype', 'modify'],
        ...change.modifications.flatMap(({ operation, attribute, values }): Line[] => [
          [operation, attribute],
          ...values.map((value): Line => [attribute, value]),
          '-',
        ]),
      ])
    case 'modifyDn':
      return record([
        ['dn', change.dn],
        ['changetype', 'modrdn'],
        ['newrdn', change.newRdn],
        ['deleteoldrdn', change.deleteOldRdn ? '1' : '0'],
        ...(change.newSuperior === null ? [] : [['newsuperior', change.newSuperior] as const]),
      ])
  }
}

/** Several changes, one record after the other. */
export function formatChanges(changes: readonly ChangeRecord[]): string {
  return changes.map(formatChange).join('')
}

type Line = readonly [name: string, value: string] | '-'

function attributeFields(attributes: Entry['attributes']): readonly Line[] {
  return attributes.flatMap(({ description, values }) => values.map((value): Line => [description, value]))
}

function record(lines: readonly Line[]): string {
  return `${lines.map((line) => (line === '-' ? '-' : fold(formatField(line[0], line[1])))).join('\n')}\n\n`
}

function formatField(name: string, value: string): string {
  if (value === '') return `${name}:`
  return isSafe(value) ? `${name}: ${value}` : `${name}:: ${encodeBase64(value)}`
}

/** RFC 2849 SAFE-STRING, without control characters and without blanks at the end. */
function isSafe(value: string): boolean {
  return /^[!-9;=-~](?:[ -~]*[!-~])?$/.test(value)
}

function encodeBase64(value: string): string {
  return btoa([...encodeOctets(value)].map((octet) => String.fromCharCode(octet)).join(''))
}

function fold(line: string): string {
  if (line.length <= COLUMNS) return line
  const rest = line.slice(COLUMNS).match(/.{1,75}/g) ?? []
  return [line.slice(0, COLUMNS), ...rest].join('\n ')
}
