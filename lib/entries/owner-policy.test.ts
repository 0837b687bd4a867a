import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OwnerPolicy } from '@/lib/owner-settings'
import { aliasDomains, awaitsRequest, foldAscii, isReserved, ownAliasProblem } from './owner-policy'

const policy: OwnerPolicy = {
  aliases: true,
  domains: ['own', 'shop.example'],
  limit: 20,
  reserved: ['boss'],
  pattern: '',
  requests: ['shop.example'],
  forwarding: 'internal',
}
const MAIL = 'ann@Own.example'

function problem(address: string, more: Partial<OwnerPolicy> = {}) {
  const found = ownAliasProblem({ ...policy, ...more }, MAIL, address)
  return found === null || typeof found === 'string' ? found : found.key
}

test.each([
  'shop-x7k2@own.example',
  'a@own.example',
  'a_b.c-d--e@shop.example',
  `${'x'.repeat(64)}@own.example`,
])('an owner may have %s', (address) => {
  expect(problem(address)).toBeNull()
})

test.each([
  ['@own.example', 'localpartMissing'],
  ['own.example', 'localpartMissing'],
  [`${'x'.repeat(65)}@own.example`, 'localpartLong'],
  ['A@own.example', 'localpartCharacters'],
  ['a+b@own.example', 'localpartCharacters'],
  ['"a"@own.example', 'localpartCharacters'],
  ['a b@own.example', 'localpartCharacters'],
  ['a..b@own.example', 'localpartCharacters'],
  ['.a@own.example', 'localpartCharacters'],
  ['a-@own.example', 'localpartCharacters'],
  ['a@b@own.example', 'localpartCharacters'],
  ['\u0430nn@own.example', 'localpartCharacters'],
  ['a*@own.example', 'localpartCharacters'],
  ['a@sub.own.example', 'domain'],
  ['a@OWN.example', 'domain'],
  ['a@own.example.', 'domain'],
  ['postmaster@own.example', 'reserved'],
  ['boss@own.example', 'reserved'],
  ['list-request@own.example', 'reserved'],
  ['owner-list@own.example', 'reserved'],
])('an owner may not have %s', (address, key) => {
  expect(problem(address)).toBe(`account.problem.${key}`)
})

test('whatever is allowed is in an allowed domain and plain', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('own.example', 'shop.example', 'x.example'),
      (text, domain) => {
        const address = `${foldAscii(text)}@${domain}`
        if (ownAliasProblem(policy, MAIL, address) === null)
          expect(address).toMatch(/^[a-z0-9_.-]+@(?:own|shop)\.example$/)
      },
    ),
  )
})

describe('the rest of the policy', () => {
  test('off, pattern, domains, requests', () => {
    expect(problem('a@own.example', { aliases: false })).toBe('account.problem.aliasesOff')
    expect(problem('a@own.example', { pattern: 'x-[0-9]+' })).toBe('account.problem.pattern')
    expect(problem('x-1@own.example', { pattern: 'x-[0-9]+' })).toBeNull()
    expect(problem('yx-1@own.example', { pattern: 'x-[0-9]+|z' })).toBe('account.problem.pattern')
    expect(aliasDomains(policy, MAIL)).toEqual(['own.example', 'shop.example'])
    expect(aliasDomains({ ...policy, aliases: false }, MAIL)).toEqual([])
    expect(awaitsRequest(policy, 'a@shop.example')).toBe(true)
    expect(awaitsRequest(policy, 'a@own.example')).toBe(false)
    expect(awaitsRequest({ ...policy, requests: ['all'] }, 'a@own.example')).toBe(true)
    expect(isReserved(policy, 'Abuse@own.example')).toBe(true)
  })
  test('only ASCII letters are folded: others may become ASCII ones', () => {
    expect(foldAscii('A\u212a\u0130')).toBe('a\u212a\u0130')
  })
})
