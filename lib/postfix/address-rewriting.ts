/**
 * address-rewriting - the standard form of an address: `user` becomes `user@$myorigin` and so on.
 *
 * In Postfix's order: a lone `@` is the empty address; a source route is dropped; without `@`, `site!user`
 * becomes user@site, else `user%site` becomes user@site, else $myorigin is appended; a domain without a dot
 * gets $mydomain; one dot at the end of the domain is dropped. Never fails: broken forms stay as they are.
 *
 * Authority: trivial-rewrite(8) "STANDARDS", ADDRESS_REWRITING_README; rewrite_tree (rewrite.c).
 */
import { quoteAddress, unquoteAddress } from './address-quoting'
import { spacedText, isOperator, scanAddress } from './address-tokens'
import type { AddressToken } from './address-tokens'

export interface RewritingRules {
  readonly myorigin: string
  readonly mydomain: string
  readonly appendAtMyorigin: boolean
  readonly appendDotMydomain: boolean
  readonly swapBangpath: boolean
  readonly allowPercentHack: boolean
}

/** Rewrites an address in internal form; the empty address stays empty. */
export function rewriteAddress(internal: string, rules: RewritingRules): string {
  return unquoteAddress(rewriteExternal(quoteAddress(internal), rules))
}

/** Rewrites an address in external form. */
export function rewriteExternal(external: string, rules: RewritingRules): string {
  const tokens = scanAddress(external)
  return tokens.length === 0 ? external : quoteAddress(spacedText(rewriteTokens(tokens, rules)))
}

const AT: AddressToken = { type: 'operator', text: '@' }
const DOT: AddressToken = { type: 'operator', text: '.' }
const EMPTY: AddressToken = { type: 'quotedString', text: '' }

/** Rewrites an address given as its tokens. */
export function rewriteTokens(
  tokens: readonly AddressToken[],
  rules: RewritingRules,
): readonly AddressToken[] {
  const only = tokens.length === 1 ? tokens[0] : undefined
  if (only !== undefined && isOperator(only, '@')) return [EMPTY]
  if (only?.type === 'quotedString' && only.text === '') return tokens
  return withoutLastDot(withMydomain(withDomain(withoutRoute(tokens), rules), rules))
}

/** Index of the last operator of this kind, -1 if there is none. */
export function lastOperator(tokens: readonly AddressToken[], operator: string): number {
  return tokens.findLastIndex((token) => isOperator(token, operator))
}

function withoutRoute(tokens: readonly AddressToken[]): readonly AddressToken[] {
  if (!isOperator(tokens[0], '@')) return tokens
  const colon = tokens.findIndex((token) => isOperator(token, ':'))
  return colon === -1 || colon === tokens.length - 1 ? tokens : tokens.slice(colon + 1)
}

function withDomain(tokens: readonly AddressToken[], rules: RewritingRules): readonly AddressToken[] {
  if (lastOperator(tokens, '@') !== -1) return tokens
  const bang = tokens.findIndex((token) => isOperator(token, '!'))
  if (rules.swapBangpath && bang !== -1) return [...tokens.slice(bang + 1), AT, ...tokens.slice(0, bang)]
  const percent = lastOperator(tokens, '%')
  if (rules.allowPercentHack && percent !== -1) {
    return tokens.with(percent, AT)
  }
  if (rules.appendAtMyorigin && rules.myorigin !== '') return [...tokens, AT, ...scanAddress(rules.myorigin)]
  return tokens
}

function withMydomain(tokens: readonly AddressToken[], rules: RewritingRules): readonly AddressToken[] {
  const at = lastOperator(tokens, '@')
  if (!rules.appendDotMydomain || rules.mydomain === '' || at === -1 || at === tokens.length - 1)
    return tokens
  const domain = tokens.slice(at)
  if (domain.some((token) => token.type === 'domainLiteral' || isOperator(token, '.'))) return tokens
  return [...tokens, DOT, ...scanAddress(rules.mydomain)]
}

function withoutLastDot(tokens: readonly AddressToken[]): readonly AddressToken[] {
  const before = tokens.at(-2)
  if (tokens.length < 2 || !isOperator(tokens.at(-1), '.')) return tokens
  return isOperator(before, '.') || isOperator(before, '@') ? tokens : tokens.slice(0, -1)
}
