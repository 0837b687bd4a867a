/**
 * filter-parser - search filters from text, exactly as far as the LDAP client library takes them.
 *
 * Postfix hands its filter text to libldap, which refuses more than RFC 4515 and takes more than it: this
 * accepts what ldap_put_vrFilter (OpenLDAP 2.5) accepts, so that "Bad search filter" (-7) is foretold. A bad
 * filter is null. Among the deviations from the RFC: one filter without parentheses is taken, blanks are
 * allowed after `(` and between the members of a list, `\` may stand before `( ) * \`; blanks around the whole
 * filter are refused. `(&)` is true and `(|)` is false (RFC 4526). The empty text is refused here; libldap
 * would send a request that the server cannot read.
 */
import type { Filter } from './filter'
import { decodeOctets, encodeOctets } from './octets'

const BLANK = /[ \t\n]/

/** The filter that a text stands for, or null if libldap would call it bad. */
export function parseFilter(text: string): Filter | null {
  if (!text.startsWith('(')) return parseItem(text)
  const parsed = parseParenthesised(text, 0)
  return parsed?.end === text.length ? parsed.filter : null
}

interface Parsed {
  readonly filter: Filter
  readonly end: number
}

/** A filter that starts with the parenthesis at `start`. */
function parseParenthesised(text: string, start: number): Parsed | null {
  if (text[start] !== '(') return null
  const at = skipBlanks(text, start + 1)
  const character = text[at]
  if (character === '&' || character === '|') return parseList(text, at + 1, character === '&' ? 'and' : 'or')
  if (character === '!') {
    // libldap finds no blank before the closing parenthesis of a negation acceptable.
    const inner = parseParenthesised(text, skipBlanks(text, at + 1))
    if (inner === null || text[inner.end] !== ')') return null
    return { filter: { type: 'not', filter: inner.filter }, end: inner.end + 1 }
  }
  const end = closingParenthesis(text, at)
  if (end === null) return null
  const filter = parseItem(text.slice(at, end))
  return filter === null ? null : { filter, end: end + 1 }
}

function parseList(text: string, start: number, type: 'and' | 'or'): Parsed | null {
  const filters: Filter[] = []
  let at = skipBlanks(text, start)
  while (text[at] !== ')') {
    const member = parseParenthesised(text, at)
    if (member === null) return null
    filters.push(member.filter)
    at = skipBlanks(text, member.end)
  }
  return { filter: { type, filters }, end: at + 1 }
}

/** Where the parenthesis closes that is open at `start`; a backslash hides the character after it. */
function closingParenthesis(text: string, start: number): number | null {
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '(') return null
    else if (text[at] === ')') return at
  }
  return null
}

function parseItem(text: string): Filter | null {
  const equals = text.indexOf('=')
  if (equals < 0) return null
  const left = text.slice(0, equals)
  const right = text.slice(equals + 1)
  switch (left.slice(-1)) {
    case '<':
      return parseComparison('lessOrEqual', left, right)
    case '>':
      return parseComparison('greaterOrEqual', left, right)
    case '~':
      return parseComparison('approximate', left, right)
    case ':':
      return parseExtensible(left.slice(0, -1), right)
    default:
      return parseEquality(left, right)
  }
}

type Comparison = 'lessOrEqual' | 'greaterOrEqual' | 'approximate'

function parseComparison(type: Comparison, left: string, right: string): Filter | null {
  const attribute = left.slice(0, -1)
  const value = unescape(right)
  return isDescription(attribute) && value !== null ? { type, attribute, value } : null
}

/** Equality, presence or substrings: RFC 4515's `attr=value` with or without stars. */
function parseEquality(attribute: string, right: string): Filter | null {
  if (!isDescription(attribute)) return null
  if (right === '*') return { type: 'present', attribute }
  const pieces = splitAtStars(right)
  const values = pieces.map(unescape)
  const texts = values.filter((value) => value !== null)
  if (texts.length !== values.length) return null
  if (texts.length === 1) return { type: 'equality', attribute, value: texts[0] ?? '' }
  const any = texts.slice(1, -1)
  // Two stars in a row enclose an empty piece, which libldap refuses.
  if (any.includes('')) return null
  const [initial, final] = [texts[0] ?? '', texts.at(-1) ?? '']
  if (initial === '' && final === '' && any.length === 0) return null
  return { type: 'substrings', attribute, initial: initial || null, any, final: final || null }
}

/** `attr:dn:rule`, each part optional, but an attribute or a rule there must be. */
function parseExtensible(left: string, right: string): Filter | null {
  const value = unescape(right)
  if (value === null) return null
  const [attribute = '', ...parts] = left.split(':')
  const isDn = parts[0]?.toLowerCase() === 'dn'
  if (parts.length > 2 || (parts.length === 2 && !isDn)) return null
  const rule = parts.length === 2 ? (parts[1] ?? '') : isDn ? '' : (parts[0] ?? '')
  if (attribute === '' && rule === '') return null
  if (attribute !== '' && !isDescription(attribute)) return null
  if (rule !== '' && (rule.includes(';') || !isDescription(rule))) return null
  return {
    type: 'extensible',
    attribute: attribute || null,
    matchingRule: rule || null,
    dnAttributes: isDn,
    value,
  }
}

/** An attribute description as ldap_is_desc sees it: name or numeric OID, then options. */
function isDescription(text: string): boolean {
  return /^(?:[A-Za-z][A-Za-z0-9-]*|[0-9]+(?:\.[0-9]+)*)(?:;[A-Za-z0-9-]+)*$/.test(text)
}

/** Cuts at the stars that are not escaped. */
function splitAtStars(text: string): readonly string[] {
  const pieces: string[] = []
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '*') {
      pieces.push(text.slice(start, at))
      start = at + 1
    }
  }
  return [...pieces, text.slice(start)]
}

/** The assertion value behind the text, null if an escape is bad or a special character stands bare. */
function unescape(text: string): string | null {
  if (!/[\\()*]/.test(text)) return text
  const octets: number[] = []
  for (let at = 0; at < text.length;) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
    if (character === '(' || character === ')' || character === '*') return null
    if (character !== '\\') {
      octets.push(...encodeOctets(character))
      at += character.length
      continue
    }
    const pair = text.slice(at + 1, at + 3)
    const escaped = text.charAt(at + 1)
    if (/^[0-9A-Fa-f]{2}$/.test(pair)) {
      octets.push(Number.parseInt(pair, 16))
      at += 3
    } else if (escaped !== '' && '()*\\'.includes(escaped)) {
      octets.push(escaped.charCodeAt(0))
      at += 2
    } else return null
  }
  return decodeOctets(Uint8Array.from(octets))
}

function skipBlanks(text: string, start: number): number {
  let at = start
  while (at < text.length && BLANK.test(text.charAt(at))) at += 1
  return at
}
