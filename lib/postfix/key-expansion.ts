/**
 * key-expansion - the % fields of search_base, query_filter and result_format.
 *
 * A template is parsed once into literal and field parts; a bad field makes it null, which is fatal when the
 * table is opened. A key that lacks what any of the three templates needs is suppressed: no query is made and
 * the answer is "not found". The split of an address is at its last `@`, and quotes mean nothing.
 *
 * Authority: ldap_table(5); db_common_parse, db_common_expand (db_common.c) and rfc2253_quote, rfc2254_quote
 * (dict_ldap.c) of Postfix 3.7; RFC 4514, RFC 4515 section 3.
 */

export type TemplateField = 's' | 'u' | 'd' | 'S' | 'U' | 'D' | `${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`

export type TemplatePart =
  | { readonly type: 'literal'; readonly text: string }
  | { readonly type: 'field'; readonly field: TemplateField }

export interface Template {
  /** As written. */
  readonly text: string
  readonly parts: readonly TemplatePart[]
  /** Those of the parts that are fields. */
  readonly fields: readonly TemplateField[]
}

/** What a key must have; collected over all templates of a table. */
export interface KeyRequirements {
  readonly domain: boolean
  readonly user: boolean
  /** How many domain labels, 0 for none. */
  readonly labels: number
}

export interface KeyParts {
  readonly whole: string
  /** Text before the last `@`; the whole key without one. */
  readonly user: string
  /** Text after the last `@`; null without one. */
  readonly domain: string | null
}

const isField = (character: string): character is TemplateField => /^[sudSUD1-9]$/.test(character)

/** The parts of a template; null if a `%` is followed by anything but `%` or a legal field. */
export function parseTemplate(text: string): Template | null {
  const parts: TemplatePart[] = []
  const fields: TemplateField[] = []
  let literal = ''
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] !== '%') {
      literal += text.charAt(at)
      continue
    }
    at += 1
    const character = text.charAt(at)
    if (character === '%') literal += '%'
    else if (isField(character)) {
      if (literal !== '') parts.push({ type: 'literal', text: literal })
      literal = ''
      parts.push({ type: 'field', field: character })
      fields.push(character)
    } else return null
  }
  if (literal !== '') parts.push({ type: 'literal', text: literal })
  return { text, parts, fields }
}

/** Whether the template depends on the key at all. */
export function hasFields(template: Template): boolean {
  return template.fields.length > 0
}

/**
 * What the key must have. Fields of the result format that name the key (`%U %D %1`) count too; its
 * lower-case fields only concern the values.
 */
export function keyRequirements(query: readonly Template[], resultFormat: Template): KeyRequirements {
  const ofKey = [
    ...query.flatMap(({ fields }) => fields).map((field) => field.toUpperCase()),
    ...resultFormat.fields,
  ]
  const labels = ofKey.filter((field) => /^[1-9]$/.test(field)).map(Number)
  return {
    domain: labels.length > 0 || ofKey.includes('D'),
    user: ofKey.includes('U'),
    labels: Math.max(0, ...labels),
  }
}

/** Splits a key at its last `@`. */
export function splitKey(key: string): KeyParts {
  const at = key.lastIndexOf('@')
  if (at < 0) return { whole: key, user: key, domain: null }
  return { whole: key, user: key.slice(0, at), domain: key.slice(at + 1) }
}

/** Domain labels, rightmost first; empty ones vanish. */
export function domainLabels(key: KeyParts): readonly string[] {
  const labels = key.domain?.split('.').filter((label) => label !== '') ?? []
  return labels.reverse()
}

/** Why a key is not looked up at all, as a sentence; null if it is. */
export function suppressionOf(key: KeyParts, needs: KeyRequirements): string | null {
  if (key.whole === '') return 'The key is empty.'
  if (needs.domain && (key.domain === null || key.domain === '')) {
    return 'The table needs the domain of an address, and the key has none.'
  }
  if (needs.user && key.domain !== null && key.user === '') {
    return 'The table needs the local part of an address, and the key has none.'
  }
  const labels = needs.labels === 0 ? 0 : domainLabels(key).length
  if (labels < needs.labels) {
    return `The table needs ${needs.labels} domain labels, and the key has ${labels}.`
  }
  return null
}

/** The template with a key filled in; in a base or filter upper and lower case fields are the same. */
export function expandKey(template: Template, key: KeyParts, quote: (text: string) => string): string {
  const { parts } = template
  let text = ''
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at]
    if (part !== undefined) text += part.type === 'literal' ? part.text : quote(keyField(part.field, key))
  }
  return text
}

/**
 * The result format with a value and the key filled in; null if the value lacks a domain or local part that
 * the format needs, which skips the value.
 */
export function expandValue(template: Template, value: KeyParts, key: KeyParts): string | null {
  const { fields, parts } = template
  if (fields.includes('d') && (value.domain === null || value.domain === '')) return null
  if (fields.includes('u') && value.domain !== null && value.user === '') return null
  let text = ''
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at]
    if (part?.type === 'literal') text += part.text
    else if (part !== undefined) text += keyField(part.field, isOfValue(part.field) ? value : key)
  }
  return text
}

/** Lower-case fields of a result format stand for the value, the others for the key. */
function isOfValue(field: TemplateField): boolean {
  return field === 's' || field === 'u' || field === 'd'
}

/** Escapes text for an assertion value of a filter, as Postfix does: upper-case hex, nothing above ASCII. */
export function quoteForFilter(text: string): string {
  return text.replace(/[*()\\]/g, hexEscape)
}

/** Escapes text for a DN, as Postfix does: in hex and wherever it stands; `=` is left alone. */
export function quoteForBase(text: string): string {
  return text.replace(/[ \t"#+,;<>\\]/g, hexEscape)
}

function hexEscape(character: string): string {
  return `\\${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

/** What a field stands for; upper and lower case are the same here. */
export function keyField(field: TemplateField, key: KeyParts): string {
  if (field === 's' || field === 'S') return key.whole
  if (field === 'u' || field === 'U') return key.user
  if (field === 'd' || field === 'D') return key.domain ?? ''
  return domainLabels(key)[Number(field) - 1] ?? ''
}
