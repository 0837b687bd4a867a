/**
 * address-tokens - an address or a list of addresses as RFC 822 tokens, and back to text.
 *
 * Postfix's own dialect: `%` and `!` and `|` are operators beside the specials of RFC 822, a word with an
 * escaped special counts as a quoted string, an open quote or bracket ends with the text, comments nest and
 * are dropped. Nothing fails: what is not understood stays a token.
 *
 * Authority: RFC 822 section 3.3; tok822_scan, tok822_internalize, tok822_externalize (tok822_parse.c).
 */

export type AddressToken =
  | { readonly type: 'atom' | 'quotedString' | 'domainLiteral'; readonly text: string }
  | { readonly type: 'operator'; readonly text: string }

const OPERATORS = new Set('|%!()<>@,;:".[]')
const SEPARATORS = new Set(' \t\r\n')

/** The tokens of a text in external (quoted) form, without comments. */
export function scanAddress(text: string): readonly AddressToken[] {
  const tokens: AddressToken[] = []
  for (let at = 0; at < text.length;) {
    const character = text[at] ?? ''
    if (SEPARATORS.has(character)) at += 1
    else if (character === '(') at = endOfComment(text, at)
    else if (character === '"' || character === '[') {
      const closing = character === '"' ? '"' : ']'
      const word = collect(text, at + 1, (next) => next === closing)
      tokens.push({ type: character === '"' ? 'quotedString' : 'domainLiteral', text: word.text })
      at = word.end + 1
    } else if (OPERATORS.has(character)) {
      tokens.push({ type: 'operator', text: character })
      at += 1
    } else {
      const word = collect(text, at, (next) => SEPARATORS.has(next) || OPERATORS.has(next))
      tokens.push({ type: needsQuotes(word.text) ? 'quotedString' : 'atom', text: word.text })
      at = word.end
    }
  }
  return tokens
}

/** Text up to the character that ends it, with the backslashes taken away and white space made a blank. */
function collect(
  text: string,
  start: number,
  ends: (character: string) => boolean,
): { text: string; end: number } {
  let collected = ''
  let at = start
  for (; at < text.length; at += 1) {
    let character = text[at] ?? ''
    if (character === '\\') {
      at += 1
      if (at >= text.length) break
      character = text[at] ?? ''
    } else if (ends(character)) break
    collected += SEPARATORS.has(character) ? ' ' : character
  }
  return { text: collected, end: at }
}

function endOfComment(text: string, start: number): number {
  let level = 0
  for (let at = start; at < text.length; at += 1) {
    const character = text[at]
    if (character === '\\') at += 1
    else if (character === '(') level += 1
    else if (character === ')') level -= 1
    if (level === 0) return at + 1
  }
  return text.length
}

function needsQuotes(word: string): boolean {
  for (const character of word) {
    const code = character.codePointAt(0) ?? 0
    if (code <= 0x20 || code === 0x7f || character === '\\' || OPERATORS.has(character)) return true
  }
  return false
}

/** Whether the token is this operator. */
export function isOperator(token: AddressToken | undefined, operator: string): boolean {
  return token?.type === 'operator' && token.text === operator
}

/** Internal form: the tokens without quotes and escapes. */
export function internalText(tokens: readonly AddressToken[]): string {
  return tokens.map(internalToken).join('')
}

/**
 * Internal form with the blanks that Postfix puts when it writes a scanned address again: behind a comma, before
 * a `<`, and between two words without an operator. Only odd addresses have any of these.
 */
export function spacedText(tokens: readonly AddressToken[]): string {
  return tokens
    .map((token, at) => {
      const next = tokens[at + 1]
      const words = token.type !== 'operator' && next !== undefined && next.type !== 'operator'
      const blank = words || (next !== undefined && isOperator(token, ',')) || isOperator(next, '<')
      return internalToken(token) + (blank ? ' ' : '')
    })
    .join('')
}

function internalToken(token: AddressToken): string {
  return token.type === 'domainLiteral' ? `[${token.text}]` : token.text
}

/** External form token by token: quoted strings quoted, everything else as it is. */
export function externalText(tokens: readonly AddressToken[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'quotedString') return `"${token.text.replace(/["\\\r\n]/g, '\\$&')}"`
      return token.type === 'domainLiteral' ? `[${token.text.replace(/[\\\r\n]/g, '\\$&')}]` : token.text
    })
    .join('')
}
