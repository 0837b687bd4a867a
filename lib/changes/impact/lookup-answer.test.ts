import { describe, expect, it } from 'vitest'
import type { LookupResult, LookupStep } from '@/lib/postfix/lookup-result'
import { answerOf, differenceBetween, isAsPromised, isUnpredictable, postmapCommand } from './lookup-answer'

const explained = { diagnostics: [], steps: [], skipped: null }
const notFound: LookupResult = { ...explained, status: 'notFound' }
const failed: LookupResult = {
  ...explained,
  status: 'temporaryError',
  diagnostics: [{ severity: 'warning', code: 'search-error', text: 'Search error -1: server down' }],
}

function found(values: readonly string[], entries = 1): LookupResult {
  const step: LookupStep = {
    base: 'dc=c',
    scope: 'sub',
    filter: '(mail=x)',
    entries: Array.from({ length: entries }, (_, at) => `uid=${at},dc=c`),
  }
  return { ...explained, steps: [step], status: 'found', value: values.join(','), values }
}

describe('answerOf', () => {
  it('keeps the four outcomes apart', () => {
    expect(answerOf(found(['a', 'b']))).toEqual({
      status: 'found',
      value: 'a,b',
      values: ['a', 'b'],
      problem: null,
    })
    expect(answerOf(notFound)).toEqual({ status: 'notFound', value: null, values: [], problem: null })
    expect(answerOf(failed)).toMatchObject({
      status: 'temporaryError',
      problem: 'Search error -1: server down',
    })
    expect(answerOf({ ...explained, status: 'configurationError' }).problem).not.toBeNull()
  })
})

describe('differenceBetween', () => {
  it.each([
    [notFound, found(['a']), 'added'],
    [found(['a']), notFound, 'lost'],
    [found(['a']), found(['b']), 'changed'],
    [found(['a']), found(['a']), 'same'],
    [notFound, failed, 'changed'],
    [failed, failed, 'same'],
  ])('%#', (before, after, difference) => {
    expect(differenceBetween(answerOf(before), answerOf(after))).toBe(difference)
  })
})

describe('isAsPromised', () => {
  it('takes another order only from several entries', () => {
    expect(isAsPromised(found(['a', 'b'], 2), found(['b', 'a'], 2))).toBe(true)
    expect(isAsPromised(found(['a', 'b']), found(['b', 'a']))).toBe(false)
    expect(isAsPromised(found(['a', 'b'], 2), found(['a'], 2))).toBe(false)
    expect(isAsPromised(found(['a']), notFound)).toBe(false)
    expect(isAsPromised(notFound, failed)).toBe(false)
  })
  it('takes any answer where none could be predicted', () => {
    const diagnostics = [{ severity: 'warning', code: 'search.error:-12', text: 'not supported' }] as const
    const unknown: LookupResult = { ...explained, diagnostics, status: 'temporaryError' }
    expect(isUnpredictable(unknown)).toBe(true)
    expect(isAsPromised(unknown, found(['a']))).toBe(true)
    expect(isUnpredictable(failed)).toBe(false)
  })
})

describe('postmapCommand', () => {
  it('quotes for the shell', () => {
    expect(postmapCommand('ldap:/etc/a.cf', 'a@b.c')).toBe('postmap -q a@b.c ldap:/etc/a.cf')
    expect(postmapCommand('ldap:/etc/a b.cf', "o'hara; rm@b.c")).toBe(
      String.raw`postmap -q 'o'\''hara; rm@b.c' 'ldap:/etc/a b.cf'`,
    )
    expect(postmapCommand('ldap:/etc/a.cf', '-')).toContain('| postmap -q -')
  })
})
