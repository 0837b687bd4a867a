/**
 * dn - distinguished names as data: parse, format, compare, take apart.
 *
 * Reads what OpenLDAP's ldap_str2dn reads: RFC 4514, and of the older RFC 2253 and RFC 1779 forms the
 * semicolon as separator, quoted values and white space around separators. Text that is no DN is null,
 * never a throw. Formats by RFC 4514 section 2.4. Without a schema, types and values are compared ignoring
 * case and repeated spaces, which is what the naming attributes of a mail directory use; a schema gives the
 * exact rules (dn-matching).
 */
import { decodeOctets, encodeOctets } from './octets'

/** One attribute type and value of an RDN (RFC 4512 section 2.3.1). */
export interface AttributeValueAssertion {
  readonly attribute: string
  readonly value: string
  /** Written as `#` and hex: value holds the BER octets. Servers such as slapd refuse these. */
  readonly encoded: boolean
}

/** Never empty. */
export type Rdn = readonly AttributeValueAssertion[]

/** From the entry's own RDN upwards; the empty list is the root. */
export type Dn = readonly Rdn[]

const TYPE = /^(?:[A-Za-z][A-Za-z0-9-]*(?:;[A-Za-z0-9-]+)*|[0-9]+(?:\.[0-9]+)*)$/
const HEX_PAIR = /^[0-9A-Fa-f]{2}$/
const BLANK = /[ \t\n\r]/

/** The DN that a text stands for, or null. */
export function parseDn(text: string): Dn | null {
  if (text === '') return []
  const rdns: Rdn[] = []
  let current: AttributeValueAssertion[] = []
  let at = 0
  for (;;) {
    const part = parsePart(text, at)
    if (part === null) return null
    current.push(part.assertion)
    const separator = text[part.end]
    if (separator !== '+') {
      rdns.push(current)
      current = []
    }
    if (separator === undefined) return rdns
    at = part.end + 1
  }
}

/** The text of a DN by RFC 4514. */
export function formatDn(dn: Dn): string {
  return dn.map(formatRdn).join(',')
}

/** The text of one RDN by RFC 4514. */
export function formatRdn(rdn: Rdn): string {
  return rdn
    .map(({ attribute, value, encoded }) => {
      return `${attribute}=${encoded ? formatEncoded(value) : escapeDnValue(value)}`
    })
    .join('+')
}

const NOTHING_TO_ESCAPE = /^[A-Za-z0-9@._-]*$/

/** An attribute value as it stands in a DN: RFC 4514 section 2.4. */
export function escapeDnValue(value: string): string {
  if (NOTHING_TO_ESCAPE.test(value)) return value
  return value
    .replace(/[\\"+,;<>=]|^[ #]| $/g, '\\$&')
    .replace(/[\0-\x1f\x7f]/g, (character) => `\\${hexPair(character.charCodeAt(0))}`)
    .replace(/(?<![\ud800-\udbff])[\udc80-\udcff]/g, (octet) => `\\${hexPair(octet.charCodeAt(0) & 0xff)}`)
}

/** The DN of an entry named by these attribute values below a parent. */
export function buildDn(
  rdn: readonly { readonly attribute: string; readonly value: string }[],
  parent: Dn,
): Dn {
  return [rdn.map(({ attribute, value }) => ({ attribute, value, encoded: false })), ...parent]
}

/** The DN of the superior entry; null for the root. */
export function parentDn(dn: Dn): Dn | null {
  return dn.length === 0 ? null : dn.slice(1)
}

/** How one assertion of a DN is made comparable. */
export type AssertionNormalizer = (assertion: AttributeValueAssertion) => {
  readonly attribute: string
  readonly value: string
}

/** The key under which equal DNs are equal strings; of multi-valued RDNs the order does not count. */
export function normalizeDn(dn: Dn, normalize: AssertionNormalizer = foldAssertion): string {
  return dn
    .map((rdn) =>
      rdn
        .map((assertion) => {
          const { attribute, value } = normalize(assertion)
          return `${attribute}=${assertion.encoded ? formatEncoded(value) : escapeDnValue(value)}`
        })
        .sort()
        .join('+'),
    )
    .join(',')
}

/** Whether two DNs name the same entry. */
export function isSameDn(one: Dn, other: Dn): boolean {
  return one.length === other.length && normalizeDn(one) === normalizeDn(other)
}

/** Whether a DN is the base itself or somewhere below it. */
export function isWithin(dn: Dn, base: Dn): boolean {
  return dn.length >= base.length && isSameDn(dn.slice(dn.length - base.length), base)
}

/** Whether a DN is below the base, and not the base itself. */
export function isBelow(dn: Dn, base: Dn): boolean {
  return dn.length > base.length && isWithin(dn, base)
}

/** Lower case, and spaces folded as far as they do not count (RFC 4518 section 2.6.1). */
function foldAssertion(assertion: AttributeValueAssertion): { attribute: string; value: string } {
  const attribute = assertion.attribute.toLowerCase()
  if (assertion.encoded) return { attribute, value: assertion.value }
  return { attribute, value: assertion.value.toLowerCase().replace(/ +/g, ' ').replace(/^ | $/g, '') }
}

interface Part {
  readonly assertion: AttributeValueAssertion
  /** Where the separator stands, or the end of the text. */
  readonly end: number
}

function parsePart(text: string, start: number): Part | null {
  const equals = text.indexOf('=', start)
  if (equals < 0) return null
  const type = trimBlanks(text.slice(start, equals))
  if (!TYPE.test(type)) return null
  // ldap_str2dn takes attribute options and forgets them.
  const attribute = type.replace(/;.*$/s, '')
  let at = equals + 1
  while (at < text.length && BLANK.test(text.charAt(at))) at += 1
  const read =
    text[at] === '#'
      ? readHexString(text, at)
      : text[at] === '"'
        ? readQuoted(text, at)
        : readString(text, at)
  if (read === null) return null
  let end = read.end
  while (end < text.length && BLANK.test(text.charAt(end))) end += 1
  if (end < text.length && !',;+'.includes(text.charAt(end))) return null
  return { assertion: { attribute, value: read.value, encoded: text[at] === '#' }, end }
}

interface Read {
  readonly value: string
  readonly end: number
}

function readHexString(text: string, start: number): Read | null {
  const digits = /^[0-9A-Fa-f]*/.exec(text.slice(start + 1))?.[0] ?? ''
  if (digits === '' || digits.length % 2 !== 0) return null
  const octets = (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
  return { value: decodeOctets(Uint8Array.from(octets)), end: start + 1 + digits.length }
}

function readQuoted(text: string, start: number): Read | null {
  const [quoted, value] = /^"((?:[^"\\]|\\.)*)"/su.exec(text.slice(start)) ?? []
  if (quoted === undefined || value === undefined) return null
  // Between quotes a backslash only takes the meaning from the next character; there are no hex pairs.
  return { value: value.replace(/\\(.)/gsu, '$1'), end: start + quoted.length }
}

/** A value without escapes and of ASCII, as nearly all are: its octets are its characters. */
const PLAIN_VALUE = /[\x20\x21\x23-\x2a\x2d-\x3a\x3d\x3f-\x5b\x5d-\x7e]*(?=[,;+]|$)/y

function readString(text: string, start: number): Read | null {
  PLAIN_VALUE.lastIndex = start
  const plain = PLAIN_VALUE.exec(text)?.[0]
  if (plain !== undefined) return { value: plain.trimEnd(), end: start + plain.length }
  const octets: number[] = []
  let kept = 0
  let at = start
  while (at < text.length && !',;+'.includes(text.charAt(at))) {
    const character = text.charAt(at)
    if (character === '"' || character === '<' || character === '>') return null
    const next = readCharacter(text, at, octets)
    if (next === null) return null
    at = next
    // Unescaped blanks at the end are not part of the value; escaped ones are.
    if (!BLANK.test(character)) kept = octets.length
  }
  return { value: decodeOctets(Uint8Array.from(octets.slice(0, kept))), end: at }
}

/** Appends the octets of the character or escape at `at`; the place after it, null at the end or for a bad escape. */
function readCharacter(text: string, at: number, octets: number[]): number | null {
  const code = text.codePointAt(at)
  if (code === undefined) return null
  const character = String.fromCodePoint(code)
  if (character !== '\\') {
    octets.push(...encodeOctets(character))
    return at + character.length
  }
  const pair = text.slice(at + 1, at + 3)
  if (HEX_PAIR.test(pair)) {
    octets.push(Number.parseInt(pair, 16))
    return at + 3
  }
  const escaped = text.charAt(at + 1)
  if (escaped === '' || !' "#+,;<=>\\\t\n\r'.includes(escaped)) return null
  octets.push(escaped.charCodeAt(0))
  return at + 2
}

function formatEncoded(value: string): string {
  return `#${[...encodeOctets(value)].map(hexPair).join('')}`
}

function hexPair(octet: number): string {
  return octet.toString(16).padStart(2, '0').toUpperCase()
}

function trimBlanks(text: string): string {
  return text.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, '')
}
