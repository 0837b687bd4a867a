/**
 * main-cf-expansion - `$name` and its relatives in values of main.cf.
 *
 * Known forms: $name, ${name}, $(name), $$; ${name?text}, ${name:text}, ${name?{text}:{text}};
 * ${{text} op {text} ? {text} : {text}} with == != < <= >= > and the same with `level` behind the operator,
 * which compares compatibility levels. Values are expanded again, 100 references deep or wide at most. An
 * undefined parameter is empty. A syntax error fails the whole value, as it is fatal to a Postfix program.
 *
 * Authority: postconf(5) "main.cf file format", mac_expand(3), mac_parse(3), compat_level(3).
 */

export type Expansion =
  | { readonly status: 'expanded'; readonly text: string }
  | { readonly status: 'failed'; readonly reason: string }

/** Gives the unexpanded value of a parameter; undefined if there is none. */
export type MacroSource = (name: string) => string | undefined

const MOST_REFERENCES = 100
const OPERATOR = /^[<>!=]+(?:level)?/
const OPERATORS = ['==', '!=', '<', '<=', '>=', '>']
const CLOSING = { '(': ')', '{': '}' } as const

/** Expands one value. Never throws; a syntax error or endless nesting is a failure with its reason. */
export function expandParameters(text: string, source: MacroSource): Expansion {
  const context: Context = { source, references: 0, reason: null }
  const expanded = expand(text, context)
  return context.reason === null
    ? { status: 'expanded', text: expanded }
    : { status: 'failed', reason: context.reason }
}

interface Context {
  readonly source: MacroSource
  references: number
  reason: string | null
}

/** Remembers the first error; the text of a failed expansion is never used. */
function fail(context: Context, reason: string): string {
  context.reason ??= reason
  return ''
}

function expand(text: string, context: Context): string {
  let result = ''
  for (let at = 0; at < text.length && context.reason === null;) {
    if (text[at] !== '$') {
      result += text[at] ?? ''
      at += 1
    } else if (text[at + 1] === '$') {
      result += '$'
      at += 2
    } else {
      const reference = referenceAt(text, at + 1)
      if (reference === null) return fail(context, `truncated macro reference: "${text}"`)
      if (reference.content === '') return fail(context, `empty macro name: "${text}"`)
      result += evaluate(reference.content, context)
      at = reference.end
    }
  }
  return result
}

/** The reference behind a dollar sign; null when its bracket is not closed. */
function referenceAt(text: string, at: number): { content: string; end: number } | null {
  const open = text[at]
  if (open !== '{' && open !== '(') {
    const content = /^\w*/.exec(text.slice(at))?.[0] ?? ''
    return { content, end: at + content.length }
  }
  const end = closingBracket(text, at, open, CLOSING[open])
  return end === -1 ? null : { content: text.slice(at + 1, end), end: end + 1 }
}

/** Index of the bracket that closes the one at `at`, -1 if none does. */
function closingBracket(text: string, at: number, open: string, close: string): number {
  let level = 0
  for (let end = at; end < text.length; end += 1) {
    if (text[end] === open) level += 1
    if (text[end] === close) level -= 1
    if (level === 0) return end
  }
  return -1
}

/** One reference: what stands before `?` and `:` is tested, then one of the texts is expanded. */
function evaluate(content: string, context: Context): string {
  context.references += 1
  if (context.references > MOST_REFERENCES) {
    return fail(context, `unreasonable macro call nesting: "${content}"`)
  }
  const trimmed = content.trimStart()
  const tested = trimmed.startsWith('{') ? comparison(trimmed, context) : named(trimmed, context)
  if (tested === null || context.reason !== null) return ''
  const { value, rest } = tested
  if (rest === '') return tested.compared ? value : expand(value, context)
  return conditional(value !== '', rest, context)
}

interface Tested {
  readonly value: string
  readonly compared: boolean
  /** From `?` or `:` on. */
  readonly rest: string
}

function named(content: string, context: Context): Tested | null {
  const match = /^(\w+)\s*(?=$|[?:])/.exec(content)
  const name = match?.[1]
  if (match === null || name === undefined) {
    fail(context, `attribute name syntax error at: "${content}"`)
    return null
  }
  return { value: context.source(name) ?? '', compared: false, rest: content.slice(match[0].length) }
}

function comparison(content: string, context: Context): Tested | null {
  const left = bracedText(content)
  const operator = left === null ? null : OPERATOR.exec(left.rest)
  const right = left === null || operator === null ? null : bracedText(left.rest.slice(operator[0].length))
  if (left === null || operator === null || right === null) {
    fail(context, `comparison expected at: "${content}"`)
    return null
  }
  const value = compare(expand(left.text, context), operator[0], expand(right.text, context), context)
  if (right.rest !== '' && !/^[?:]/.test(right.rest)) {
    fail(context, `"?" or ":" expected at: "${right.rest}"`)
  }
  return { value: value ? 'true' : '', compared: true, rest: right.rest }
}

/** Text in braces with the blanks around the braces skipped; null if there is none. */
function bracedText(content: string): { text: string; rest: string } | null {
  const start = content.trimStart()
  if (!start.startsWith('{')) return null
  const end = closingBracket(start, 0, '{', '}')
  return end === -1 ? null : { text: start.slice(1, end), rest: start.slice(end + 1).trimStart() }
}

function compare(left: string, operator: string, right: string, context: Context): boolean {
  const byLevel = operator.endsWith('level')
  const relation = byLevel ? operator.slice(0, -'level'.length) : operator
  if (!OPERATORS.includes(relation)) {
    fail(context, `unknown operator "${operator}"`)
    return false
  }
  const order = byLevel ? compareLevels(left, right, context) : compareValues(left, right)
  switch (relation) {
    case '==':
      return order === 0
    case '!=':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>=':
      return order >= 0
    default:
      return order > 0
  }
}

/** Two numbers compare as numbers, anything else as text. */
function compareValues(left: string, right: string): number {
  if (/^\d+$/.test(left) && /^\d+$/.test(right)) return Math.sign(Number(left) - Number(right))
  return left === right ? 0 : left < right ? -1 : 1
}

/** major[.minor[.patch]], number by number; missing numbers are 0. */
function compareLevels(left: string, right: string, context: Context): number {
  for (const level of [left, right]) {
    if (!/^\d+(?:\.\d+){0,2}$/.test(level)) {
      fail(context, `malformed compatibility level syntax: "${level}"`)
      return 0
    }
  }
  const numbers = left.split('.').map(Number)
  const others = right.split('.').map(Number)
  const unequal = [0, 1, 2].find((at) => (numbers[at] ?? 0) !== (others[at] ?? 0))
  return unequal === undefined ? 0 : Math.sign((numbers[unequal] ?? 0) - (others[unequal] ?? 0))
}

/** `?text`, `:text`, `?{text}`, `:{text}` and `?{text}:{text}`. */
function conditional(holds: boolean, rest: string, context: Context): string {
  const operator = rest[0]
  const first = bracedText(rest.slice(1))
  if (first === null) {
    return holds === (operator === '?') ? expand(rest.slice(1), context) : ''
  }
  if (operator === ':') {
    if (first.rest !== '') return fail(context, `unexpected input at: "${first.rest}"`)
    return holds ? '' : expand(first.text, context)
  }
  if (first.rest !== '' && !first.rest.startsWith(':')) {
    return fail(context, `":" expected at: "${first.rest}"`)
  }
  if (holds) return expand(first.text, context)
  return first.rest === '' ? '' : conditional(false, first.rest, context)
}
