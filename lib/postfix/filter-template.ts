/**
 * filter-template - a query_filter parsed once, to be filled in with many keys.
 *
 * Filling in gives what parsing the expanded text would give. So that this holds by construction, the text is
 * parsed with a mark in place of each field, and a template is only made when all marks came to stand inside
 * values of equality assertions: there an escaped key is plain text, whatever it holds. For any other text
 * there is no template, and callers expand and parse the text of each key.
 */
import type { Filter } from '@/lib/ldap/filter'
import { parseFilter } from '@/lib/ldap/filter-parser'
import { keyField, type KeyParts, type Template, type TemplateField } from './key-expansion'

/** The filter for one key. */
export type FilterTemplate = (key: KeyParts) => Filter

/** Private-use characters around the name of a field; a text that has them already gets no template. */
const OPEN = '\uE000'
const CLOSE = '\uE001'
const MARK = /\uE000(.)\uE001/

/** Null if the keys cannot be filled in after parsing. */
export function filterTemplate(template: Template): FilterTemplate | null {
  if (template.text.includes(OPEN) || template.text.includes(CLOSE)) return null
  const marked = template.parts.map((part) =>
    part.type === 'literal' ? part.text : `${OPEN}${part.field}${CLOSE}`,
  )
  const filter = parseFilter(marked.join(''))
  return filter === null ? null : compile(filter)
}

function compile(filter: Filter): FilterTemplate | null {
  if (filter.type === 'and' || filter.type === 'or') {
    const { type } = filter
    const members: FilterTemplate[] = []
    for (const member of filter.filters) {
      const compiled = compile(member)
      if (compiled === null) return null
      members.push(compiled)
    }
    return (key) => ({ type, filters: members.map((member) => member(key)) })
  }
  if (filter.type === 'not') {
    const inner = compile(filter.filter)
    return inner === null ? null : (key) => ({ type: 'not', filter: inner(key) })
  }
  if (filter.type !== 'equality') return JSON.stringify(filter).includes(OPEN) ? null : () => filter
  const { type, attribute, value } = filter
  if (attribute.includes(OPEN)) return null
  // Literal texts and fields in turn, a text first.
  const [text = '', ...rest] = value.split(MARK)
  if (rest.length === 0) return () => filter
  return (key) => ({ type, attribute, value: filledIn(text, rest, key) })
}

function filledIn(start: string, rest: readonly string[], key: KeyParts): string {
  let value = start
  for (let at = 0; at < rest.length; at += 2) {
    value += keyField(rest[at] as TemplateField, key) + (rest[at + 1] ?? '')
  }
  return value
}
