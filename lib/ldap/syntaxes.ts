/**
 * syntaxes - whether a value is legal for an attribute's syntax (RFC 4517 section 3.3).
 *
 * As strict as slapd. Syntaxes that are not known here take every value, as servers do with syntaxes they
 * do not check. Distinguished names are judged with the schema in matching-rules, not here.
 */
import { isAscii } from './string-preparation'

export const SYNTAX = {
  bitString: '1.3.6.1.4.1.1466.115.121.1.6',
  boolean: '1.3.6.1.4.1.1466.115.121.1.7',
  countryString: '1.3.6.1.4.1.1466.115.121.1.11',
  dn: '1.3.6.1.4.1.1466.115.121.1.12',
  directoryString: '1.3.6.1.4.1.1466.115.121.1.15',
  generalizedTime: '1.3.6.1.4.1.1466.115.121.1.24',
  ia5String: '1.3.6.1.4.1.1466.115.121.1.26',
  integer: '1.3.6.1.4.1.1466.115.121.1.27',
  nameAndOptionalUid: '1.3.6.1.4.1.1466.115.121.1.34',
  numericString: '1.3.6.1.4.1.1466.115.121.1.36',
  oid: '1.3.6.1.4.1.1466.115.121.1.38',
  octetString: '1.3.6.1.4.1.1466.115.121.1.40',
  postalAddress: '1.3.6.1.4.1.1466.115.121.1.41',
  printableString: '1.3.6.1.4.1.1466.115.121.1.44',
  telephoneNumber: '1.3.6.1.4.1.1466.115.121.1.50',
  uuid: '1.3.6.1.1.16.1',
} as const

/** Syntaxes whose values travel with the option `;binary` (RFC 4522): certificates and the like. */
export const BINARY_TRANSFER_SYNTAXES: readonly string[] = [
  '1.3.6.1.4.1.1466.115.121.1.8',
  '1.3.6.1.4.1.1466.115.121.1.9',
  '1.3.6.1.4.1.1466.115.121.1.10',
  '1.3.6.1.4.1.1466.115.121.1.49',
]

const PRINTABLE = /^[A-Za-z0-9'()+,\-./:? =]+$/
const TIME =
  /^(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])(?:([0-5]\d)(?:([0-5]\d|60))?)?(?:[.,](\d+))?(Z|[+-](?:[01]\d|2[0-3])(?:[0-5]\d)?)$/

const CHECKS: ReadonlyMap<string, (value: string) => boolean> = new Map([
  [SYNTAX.bitString, (value) => /^'[01]*'B$/.test(value)],
  [SYNTAX.boolean, (value) => value === 'TRUE' || value === 'FALSE'],
  [SYNTAX.countryString, (value) => value.length === 2 && PRINTABLE.test(value)],
  [SYNTAX.directoryString, (value) => value !== '' && value.isWellFormed()],
  [SYNTAX.generalizedTime, (value) => parseGeneralizedTime(value) !== null],
  [SYNTAX.ia5String, isAscii],
  [SYNTAX.integer, (value) => /^(?:0|-?[1-9][0-9]*)$/.test(value)],
  [SYNTAX.numericString, (value) => /^[0-9 ]+$/.test(value)],
  [SYNTAX.oid, (value) => /^(?:[A-Za-z][A-Za-z0-9-]*|[0-9]+(?:\.[0-9]+)*)$/.test(value)],
  [SYNTAX.postalAddress, (value) => value !== '' && value.isWellFormed()],
  [SYNTAX.printableString, (value) => PRINTABLE.test(value)],
  [SYNTAX.telephoneNumber, (value) => PRINTABLE.test(value)],
  [SYNTAX.uuid, (value) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)],
])

/** Whether a value is legal for the syntax with this OID; null, no syntax, takes everything. */
export function isLegalValue(syntax: string | null, value: string): boolean {
  return syntax === null || (CHECKS.get(syntax)?.(value) ?? true)
}

/**
 * A Generalized Time (RFC 4517 section 3.3.13) in the one form in which equal times are equal strings and
 * later ones are greater: `YYYYMMDDHHMMSS`, then the fraction without trailing zeros. Null if it is none.
 */
export function parseGeneralizedTime(value: string): string | null {
  const match = TIME.exec(value)
  if (match === null) return null
  const [, year = '', month = '', day = '', hour = '', minute = '00', second = '00', fraction = ''] = match
  const zone = match[8] ?? 'Z'
  const offset = zone === 'Z' ? 0 : Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3) || '0')
  const minutes = Number(minute) + (zone.startsWith('+') ? -offset : offset)
  const time = new Date(0)
  time.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  if (time.getUTCDate() !== Number(day)) return null
  if (zone === 'Z') return `${year}${month}${day}${hour}${minute}${second}${trimFraction(fraction)}`
  time.setUTCHours(Number(hour), minutes, Number(second))
  return time.toISOString().replace(/\.\d+Z$|[-:T]/g, '') + trimFraction(fraction)
}

function trimFraction(fraction: string): string {
  const digits = fraction.replace(/0+$/, '')
  return digits === '' ? '' : `.${digits}`
}
