import { describe, expect, it } from 'vitest'
import type { Filter } from '@/lib/ldap/filter'
import { parseFilter } from '@/lib/ldap/filter-parser'
import { filterUnion } from './filter-union'

function filters(...texts: readonly string[]): readonly Filter[] {
  return texts.flatMap((text) => parseFilter(text) ?? [])
}

describe('filterUnion', () => {
  it.each([
    [['(a=1)'], '(a=1)'],
    [['(a=1)', '(a=2)'], '(|(a=1)(a=2))'],
    [['(&(o=x)(a=1))', '(&(o=x)(a=2))'], '(&(|(a=1)(a=2))(o=x))'],
    [['(&(o=x)(|(a=1)(b=1)))', '(&(o=x)(|(a=2)(b=2)))'], '(&(|(a=1)(b=1)(a=2)(b=2))(o=x))'],
    [['(&(o=x)(a=1)(b=1))', '(&(o=x)(a=2)(b=2))'], '(&(|(&(a=1)(b=1))(&(a=2)(b=2)))(o=x))'],
    [['(&(a=1)(b=1))', '(&(a=2)(b=2))'], '(|(&(a=1)(b=1))(&(a=2)(b=2)))'],
    [['(&(o=x)(a=1))', '(a=2)'], '(|(&(o=x)(a=1))(a=2))'],
    [[], '(|)'],
  ])('joins %j', (texts, union) => {
    expect([filterUnion(filters(...texts))]).toEqual(filters(union))
  })
})
