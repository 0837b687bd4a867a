import { describe, expect, it } from 'vitest'
import { attributeOfRefusal } from './refusal'

describe('attributeOfRefusal', () => {
  it.each([
    ['mailAlias: value #0 invalid per syntax', 'mailAlias'],
    ['modify/add: mailAlias: value #0 already exists', 'mailAlias'],
    ['modify/delete: mailAlias: no such value', 'mailAlias'],
    ['modify/increment: uidNumber: no such attribute', 'uidNumber'],
    ["attribute 'mailForwardingAddress' not allowed", 'mailForwardingAddress'],
    ["object class 'PostfixBookMailAccount' requires attribute 'mail'", 'mail'],
    ["attribute 'mailQuota' cannot have multiple values", 'mailQuota'],
    ['modify breaks constraint on mailAlias', 'mailAlias'],
    ['add breaks constraint on mail', 'mail'],
    ['mailAliaz: attribute type undefined', 'mailAliaz'],
    ['entryCSN: no user modification allowed', 'entryCSN'],
    ['cn;lang-de: value #1 invalid per syntax', 'cn'],
    ['mailAlias has the value a@b.c already', 'mailAlias'],
    ['there is no mailAlias', 'mailAlias'],
    ['non-unique attributes found with (|(mail=a@b.c))', 'mail'],
  ])('%s', (diagnostic, attribute) => {
    expect(attributeOfRefusal(diagnostic)).toBe(attribute)
  })
  it.each([
    '',
    'some attributes not unique',
    'no write access to parent',
    'structural object class modification not allowed',
    'Password fails quality checking policy',
    'shadow context; no update referral',
  ])('names none: %s', (diagnostic) => {
    expect(attributeOfRefusal(diagnostic)).toBeNull()
  })
})
