import { encode } from 'next-auth/jwt'
import { NextRequest } from 'next/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { prolongSession, readSessionCookie, SESSION_LIFE } from './session-cookie'
import type { SessionFacts } from './session-facts'

const SECRET = 'a secret of more than thirty-two characters'
const NAME = '__Secure-authjs.session-token'
const FACTS: SessionFacts = {
  dn: 'uid=ann,dc=example',
  seal: 'seal',
  signedInAt: 1_800_000_000,
  grants: null,
}
const START = new Date('2027-01-15T08:00:00Z')
const MINUTE = 60_000

Object.assign(process.env, {
  POSTMASTER_GROUP: 'cn=postmasters,dc=example,dc=net',
  AUTH_SECRET: SECRET,
  AUTH_URL: 'https://postbook.example.net',
})

beforeEach(() => {
  vi.useFakeTimers({ now: START, toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function cookie(
  options: { readonly secret?: string; readonly salt?: string; readonly facts?: unknown } = {},
) {
  const { secret = SECRET, salt = NAME, facts = FACTS } = options
  return encode({ token: { facts }, secret, salt, maxAge: SESSION_LIFE })
}

function headersWith(value: string, name = NAME): Headers {
  return new Headers({ cookie: `${name}=${value}` })
}

function get(value: string, method = 'GET'): NextRequest {
  return new NextRequest('https://postbook.example.net/mailboxes', { method, headers: headersWith(value) })
}

describe('a session cookie', () => {
  test('says who signed in, for eight hours', async () => {
    const value = await cookie()
    expect(await readSessionCookie(headersWith(value))).toEqual(FACTS)
    vi.setSystemTime(START.getTime() + 8 * 60 * MINUTE + MINUTE)
    expect(await readSessionCookie(headersWith(value))).toBeNull()
  })

  test('is none when anything about it is wrong', async () => {
    const value = await cookie()
    const middle = Math.floor(value.length / 2)
    const flipped = value[middle] === 'A' ? 'B' : 'A'
    for (const bad of [
      '',
      'nonsense',
      value.slice(0, -2),
      `${value.slice(0, middle)}${flipped}${value.slice(middle + 1)}`,
      await cookie({ secret: `${SECRET}!` }),
      await cookie({ salt: 'postbook sign-in ticket' }),
      await cookie({ facts: { dn: FACTS.dn } }),
      await cookie({ facts: null }),
    ])
      expect(await readSessionCookie(headersWith(bad))).toBeNull()
    expect(await readSessionCookie(headersWith(value, 'authjs.session-token'))).toBeNull()
    expect(await readSessionCookie(new Headers({ authorization: `Bearer ${value}` }))).toBeNull()
  })

  test('is prolonged when a page is opened with one that is no longer new', async () => {
    const value = await cookie()
    vi.setSystemTime(START.getTime() + 14 * MINUTE)
    expect((await prolongSession(get(value))).cookies.getAll()).toEqual([])
    vi.setSystemTime(START.getTime() + 7 * 60 * MINUTE)
    const prolonged = (await prolongSession(get(value))).cookies.get(NAME)
    expect(prolonged).toMatchObject({ httpOnly: true, secure: true, sameSite: 'lax', path: '/' })
    vi.setSystemTime(START.getTime() + 14 * 60 * MINUTE)
    expect(await readSessionCookie(headersWith(prolonged?.value ?? ''))).toEqual(FACTS)
    expect(await readSessionCookie(headersWith(value))).toBeNull()
  })

  test('is not prolonged by an action, nor when it is not valid', async () => {
    const value = await cookie()
    vi.setSystemTime(START.getTime() + 60 * MINUTE)
    expect((await prolongSession(get(value, 'POST'))).cookies.getAll()).toEqual([])
    expect((await prolongSession(get(`${value}x`))).cookies.getAll()).toEqual([])
    vi.setSystemTime(START.getTime() + 9 * 60 * MINUTE)
    expect((await prolongSession(get(value))).cookies.getAll()).toEqual([])
  })
})
