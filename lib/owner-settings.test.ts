import { expect, test } from 'vitest'
import { parseOwnerPolicy } from './environment'

test('owners have defaults', () => {
  expect(parseOwnerPolicy({})).toEqual({
    status: 'valid',
    environment: {
      aliases: true,
      domains: ['own'],
      limit: 20,
      reserved: [],
      pattern: '',
      requests: [],
      forwarding: 'internal',
    },
  })
})

test('lists are words between blanks or commas', () => {
  expect(
    parseOwnerPolicy({
      OWNER_ALIAS_DOMAINS: 'own, Shop.example',
      OWNER_ALIAS_RESERVED: 'Boss chief',
      OWNER_ALIAS_REQUESTS: 'all',
      OWNER_FORWARDING: 'anywhere',
      OWNER_ALIASES: 'no',
    }),
  ).toMatchObject({
    environment: {
      aliases: false,
      domains: ['own', 'shop.example'],
      reserved: ['boss', 'chief'],
      requests: ['all'],
      forwarding: 'anywhere',
    },
  })
})

test.each([
  ['OWNER_ALIASES', 'maybe', 'OWNER_ALIASES must be yes or no.'],
  ['OWNER_ALIAS_DOMAINS', 'shop', 'OWNER_ALIAS_DOMAINS must hold domains, or the word own.'],
  ['OWNER_ALIAS_LIMIT', '-1', 'OWNER_ALIAS_LIMIT must be a number from 0 to 9999.'],
  ['OWNER_ALIAS_PATTERN', '(', 'OWNER_ALIAS_PATTERN must be a regular expression.'],
  ['OWNER_ALIAS_REQUESTS', 'own', 'OWNER_ALIAS_REQUESTS must hold domains, or the word all.'],
  ['OWNER_FORWARDING', 'yes', 'OWNER_FORWARDING must be no, internal or anywhere.'],
])('%s = %s is one sentence', (setting, value, sentence) => {
  expect(parseOwnerPolicy({ [setting]: value })).toEqual({
    status: 'invalid',
    problems: [{ setting, sentence }],
  })
})
