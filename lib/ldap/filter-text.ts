/**
 * filter-text - search filters as text (RFC 4515).
 *
 * What it writes is read back as the same tree by filter-parser and by every LDAP client. Inserted values
 * are escaped, so they can never change the shape of the filter.
 */
import type { Filter } from './filter'

/** The text of a filter. */
export function formatFilter(filter: Filter): string {
  switch (filter.type) {
    case 'and':
      return `(&${filter.filters.map(formatFilter).join('')})`
    case 'or':
      return `(|${filter.filters.map(formatFilter).join('')})`
    case 'not':
      return `(!${formatFilter(filter.filter)})`
    case 'equality':
      return `(${filter.attribute}=${escapeFilterValue(filter.value)})`
    case 'approximate':
      return `(${filter.attribute}~=${escapeFilterValue(filter.value)})`
    case 'greaterOrEqual':
      return `(${filter.attribute}>=${escapeFilterValue(filter.value)})`
    case 'lessOrEqual':
      return `(${filter.attribute}<=${escapeFilterValue(filter.value)})`
    case 'present':
      return `(${filter.attribute}=*)`
    case 'substrings': {
      const pieces = [filter.initial ?? '', ...filter.any, filter.final ?? '']
      return `(${filter.attribute}=${pieces.map(escapeFilterValue).join('*')})`
    }
    case 'extensible': {
      const dn = filter.dnAttributes ? ':dn' : ''
      const rule = filter.matchingRule === null ? '' : `:${filter.matchingRule}`
      return `(${filter.attribute ?? ''}${dn}${rule}:=${escapeFilterValue(filter.value)})`
    }
  }
}

/**
 * An assertion value as it stands in a filter: RFC 4515 section 3. Control characters are escaped too, so
 * that the text stays on one line; octets that are not UTF-8 have to be.
 */
export function escapeFilterValue(value: string): string {
  return value
    .replace(/[\\()*\0-\x1f\x7f]/g, (character) => `\\${hexPair(character.charCodeAt(0))}`)
    .replace(/(?<![\ud800-\udbff])[\udc80-\udcff]/g, (octet) => `\\${hexPair(octet.charCodeAt(0) & 0xff)}`)
}

function hexPair(octet: number): string {
  return octet.toString(16).padStart(2, '0')
}
