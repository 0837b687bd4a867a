/**
 * address-list - the addresses in a text: the result of an alias lookup, or the argument of RCPT TO.
 *
 * Commas, semicolons and missing commas separate; of `Name <address>` only what stands between the brackets
 * counts, of `group: a, b;` only the members. The text is read from right to left, as Postfix does, because
 * that decides what a stray colon or bracket means. No address at all gives an empty list, never a failure.
 *
 * Authority: RFC 822 section 6.1; tok822_parse (tok822_parse.c).
 */
import { isOperator, scanAddress } from './address-tokens'
import type { AddressToken } from './address-tokens'

/** Each address as its tokens, in the order of the text. */
export function parseAddressList(text: string): readonly (readonly AddressToken[])[] {
  const tokens = scanAddress(text)
  const addresses: (readonly AddressToken[])[] = []
  const cluster = (left: number, right: number): void => {
    if (left + 1 < right) addresses.unshift(tokens.slice(left + 1, right))
  }
  let right = tokens.length
  let wordIsFine = true
  let inGroup = false
  let at = tokens.length - 1
  while (at >= 0) {
    const token = tokens[at]
    if (isOperator(token, ';')) {
      cluster(at, right)
      right = at
      wordIsFine = true
      inGroup = true
    } else if (isOperator(token, ':') && inGroup) {
      cluster(at, right)
      at = lastAt(tokens, at, ',')
      right = at
      continue
    } else if (isOperator(token, '>')) {
      cluster(at, right)
      const open = lastAt(tokens, at, '<')
      cluster(open, at)
      at = lastAt(tokens, open, '>;,:')
      right = at
      wordIsFine = true
      continue
    } else if (token?.type !== 'operator') {
      if (!wordIsFine) {
        cluster(at, right)
        right = at + 1
      }
      wordIsFine = false
    } else {
      if (token.text === ',') {
        cluster(at, right)
        right = at
      }
      wordIsFine = true
    }
    at -= 1
  }
  cluster(-1, right)
  return addresses
}

/** The last place up to `from` where one of these operators stands; -1 if none does. */
function lastAt(tokens: readonly AddressToken[], from: number, operators: string): number {
  for (let at = from; at >= 0; at -= 1) {
    const token = tokens[at]
    if (token?.type === 'operator' && operators.includes(token.text)) return at
  }
  return -1
}
