import { describe, expect, test } from 'vitest'
import type { OpenIdSettings } from '@/lib/sign-in-settings'
import { grantsOf, personClaim, rulesOf } from './claims'

const settings: OpenIdSettings = {
  issuer: 'https://login.example.net',
  clientId: 'postbook',
  clientSecret: 'secret',
  name: 'Example',
  scope: 'openid email',
  person: { claim: 'email', value: 'mail' },
  postmaster: { claim: 'realm.roles', value: 'postmasters' },
  domainAdministrator: { claim: 'groups', value: 'mail-%d' },
}

describe('who it is', () => {
  const email = { claim: 'email', value: 'mail' }
  test.each([
    [{ email: 'a@b.example', email_verified: true }, { value: 'a@b.example' }],
    [{ email: 'a@b.example', email_verified: 'true' }, { value: 'a@b.example' }],
    [{ email: 'a@b.example' }, { problem: 'unverified' }],
    [{ email: 'a@b.example', email_verified: 'yes' }, { problem: 'unverified' }],
    [{ email_verified: true }, { problem: 'missing' }],
    [{ email: '', email_verified: true }, { problem: 'missing' }],
    [{ email: ['a@b.example', 'c@b.example'], email_verified: true }, { problem: 'missing' }],
    [{ email: { a: 1 }, email_verified: true }, { problem: 'missing' }],
  ])('%j gives %j', (claims, expected) => {
    expect(personClaim(claims, email)).toEqual(expected)
  })
  test('another claim needs no verification', () => {
    const rule = { claim: 'preferred_username', value: 'uid' }
    expect(personClaim({ preferred_username: 'ann' }, rule)).toEqual({ value: 'ann' })
  })
})

describe('which roles', () => {
  const roles = (claims: Record<string, unknown>): unknown => {
    const { postmaster, domains } = grantsOf(claims, settings)
    return [postmaster, domains]
  }
  test.each([
    [{ realm: { roles: ['postmasters'] } }, [true, []]],
    [{ 'realm.roles': 'postmasters' }, [true, []]],
    [{ realm: { roles: ['Postmasters'] } }, [false, []]],
    [{ realm: 'postmasters' }, [false, []]],
    [{ groups: ['mail-a.example', 'mail-*', 'x', 7, 'mail-b.example'] }, [false, ['a.example', 'b.example']]],
    [{ groups: 'mail-a.example' }, [false, ['a.example']]],
    [{}, [false, []]],
  ])('%j give %j', (claims, expected) => {
    expect(roles(claims)).toEqual(expected)
  })
  test('none without rules, nor from what every object has', () => {
    const none = { ...settings, postmaster: null, domainAdministrator: null }
    expect(grantsOf({ groups: ['mail-a.example'] }, none)).toMatchObject({ postmaster: false, domains: [] })
    const odd = { ...settings, postmaster: { claim: 'constructor.name', value: 'Object' } }
    expect(grantsOf({}, odd).postmaster).toBe(false)
    expect(rulesOf(none)).not.toBe(rulesOf(settings))
  })
})
