import { describe, expect, it } from 'vitest'
import { keyOf, mergeBindings, type PatternPart, solvePattern } from './value-pattern'

const field = (name: 's' | 'u' | 'd' | '1' | '2'): PatternPart => ({ type: 'field', field: name })
const literal = (text: string): PatternPart => ({ type: 'literal', text })
const wildcard: PatternPart = { type: 'wildcard' }

function solutions(parts: readonly PatternPart[], value: string): unknown {
  return solvePattern(parts, value)?.map((binding) => Object.fromEntries(binding))
}

describe('solvePattern', () => {
  it('gives the value back for %s alone', () => {
    expect(solutions([field('s')], 'a@b.c')).toEqual([{ s: 'a@b.c' }])
    expect(solutions([field('s')], '')).toEqual([])
  })
  it('splits %u@%d at the last @', () => {
    expect(solutions([field('u'), literal('@'), field('d')], '"a@b"@c.d')).toEqual([{ u: '"a@b"', d: 'c.d' }])
  })
  it('compares literals without case', () => {
    expect(solutions([field('u'), literal('@Example.NET')], 'jane@example.net')).toEqual([{ u: 'jane' }])
    expect(solutions([field('u'), literal('@example.org')], 'jane@example.net')).toEqual([])
  })
  it('takes the domain part for *@%s', () => {
    expect(solutions([wildcard, literal('@'), field('s')], 'jane@example.net')).toEqual([
      { s: 'example.net' },
    ])
  })
  it('cuts a domain into labels', () => {
    const parts = [field('u'), literal('@'), field('2'), literal('.'), field('1')]
    expect(solutions(parts, 'jane@example.net')).toEqual([{ u: 'jane', 2: 'example', 1: 'net' }])
    expect(solutions(parts, 'jane@a.example.net')).toEqual([])
  })
  it('wants a repeated field to hold the same text', () => {
    const parts = [field('u'), literal('-'), field('u')]
    expect(solutions(parts, 'a-A')).toEqual([{ u: 'a' }])
    expect(solutions(parts, 'a-b')).toEqual([])
  })
  it('gives up when there are too many ways', () => {
    expect(solvePattern([wildcard, field('s'), wildcard], 'a'.repeat(100))).toBeNull()
  })
})

describe('bindings', () => {
  it('merge unless they contradict each other', () => {
    const merged = mergeBindings(new Map([['u', 'jane']]), new Map([['d', 'example.net']]))
    expect(merged).not.toBeNull()
    expect(keyOf(merged ?? new Map())).toBe('jane@example.net')
    expect(mergeBindings(new Map([['u', 'jane']]), new Map([['u', 'john']]))).toBeNull()
  })
  it('determine no key while a part is unknown', () => {
    expect(keyOf(new Map([['u', 'jane']]))).toBeNull()
    expect(keyOf(new Map([['d', 'example.net']]))).toBeNull()
  })
})
