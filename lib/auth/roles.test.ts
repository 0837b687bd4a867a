import { describe, expect, test } from 'vitest'
import { domainByTemplate } from './domain-template'
import { roleOf } from './roles'

const NOTHING = { postmaster: false, domains: [], groups: [] }

describe('a role', () => {
  test.each([
    [{ ...NOTHING, postmaster: true, domains: ['a.example'] }, 'postmaster', []],
    [
      { ...NOTHING, domains: ['b.example', 'a.example', 'b.example'] },
      'domainAdministrator',
      ['a.example', 'b.example'],
    ],
    [
      { ...NOTHING, groups: ['CN=Mail-A.Example,ou=Groups,dc=example,dc=net'] },
      'domainAdministrator',
      ['a.example'],
    ],
    [{ ...NOTHING, groups: ['cn=staff,ou=Groups,dc=example,dc=net'] }, 'owner', []],
    [{ ...NOTHING, groups: ['ou=mail-a.example,ou=Groups,dc=example,dc=net'] }, 'owner', []],
    [{ ...NOTHING, groups: ['no dn', 'cn=mail-a.example+ou=x,dc=net'] }, 'owner', []],
    [NOTHING, 'owner', []],
  ])('of %j is %s', (facts, role, domains) => {
    expect(roleOf(facts, 'cn=mail-%d,ou=Groups,dc=example,dc=net')).toEqual({ role, domains })
  })
  test('comes from no group where there is no template', () => {
    expect(roleOf({ ...NOTHING, groups: ['cn=mail-a.example,dc=net'] }, '')).toEqual({
      role: 'owner',
      domains: [],
    })
  })
})

describe('a domain in a text', () => {
  test.each([
    ['%d', 'A.example', 'a.example'],
    ['mail-%d-admins', 'mail-a.example-admins', 'a.example'],
    ['%d.%d', 'a.example.a.example', 'a.example'],
    ['%d.%d', 'a.example.b.example', null],
    ['mail-%d', 'mail-', null],
    ['mail-%d', 'mail-*', null],
    ['mail-%d', 'mail-a.example,b.example', null],
    ['mail-%d', 'mail-localhost', null],
    ['mail-%d', `mail-${'a'.repeat(250)}.example`, null],
    ['admins', 'admins', null],
  ])('%s of %s is %s', (template, text, domain) => {
    expect(domainByTemplate(template, text)).toBe(domain)
  })
})
