/**
 * filter - search filters as data (RFC 4511 section 4.5.1.7, RFC 4515).
 *
 * Filters are built from these values, never by joining strings. Assertion values are unescaped.
 */

export type Filter =
  | { readonly type: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly type: 'not'; readonly filter: Filter }
  | {
      readonly type: 'equality' | 'approximate' | 'greaterOrEqual' | 'lessOrEqual'
      readonly attribute: string
      readonly value: string
    }
  | { readonly type: 'present'; readonly attribute: string }
  | {
      readonly type: 'substrings'
      readonly attribute: string
      readonly initial: string | null
      readonly any: readonly string[]
      readonly final: string | null
    }
  | {
      readonly type: 'extensible'
      readonly attribute: string | null
      readonly matchingRule: string | null
      readonly dnAttributes: boolean
      readonly value: string
    }
