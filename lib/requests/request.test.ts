import { describe, expect, test } from 'vitest'
import { documentOfId, mayDecide, readRequest, requestId } from './request'

const MAILBOX = '11111111-1111-4111-8111-111111111111'
const OWN = '22222222-2222-4222-8222-222222222222'

const facts = {
  address: 'new@own.example',
  why: 'A shop',
  name: 'Ann',
  mail: 'ann@own.example',
  askedAt: '2026-01-02T03:04:05.000Z',
  decision: null,
  claimedAt: null,
}
const document = {
  name: `request:${MAILBOX}:${OWN}`,
  version: 'waiting',
  author: 'uid=ann,ou=Mail',
  description: JSON.stringify(facts),
}

describe('a request', () => {
  test('is read from its document, and found again by its id', () => {
    const request = readRequest(document)
    expect(request).toMatchObject({ state: 'waiting', address: 'new@own.example', mailboxId: MAILBOX })
    expect(documentOfId(request?.id ?? '')).toBe(document.name)
    expect(requestId.safeParse(request?.id).success).toBe(true)
  })

  test.each([
    [{ name: 'token:x:y' }],
    [{ name: `request:${MAILBOX}` }],
    [{ version: 'else' }],
    [{ description: '{' }],
    [{ description: JSON.stringify({ ...facts, decision: 'yes' }) }],
  ])('is none in a document with %j', (other) => {
    expect(readRequest({ ...document, ...other })).toBeNull()
  })

  test.each(['', 'x', MAILBOX, `${MAILBOX}:${OWN}`, `${MAILBOX}_${OWN},ou=x`, `*_${OWN}`])(
    'has no id like %j',
    (id) => {
      expect(requestId.safeParse(id).success).toBe(false)
    },
  )
})

const OWN_MAILBOX = 'ann@own.example'
const ROLES = [
  ['postmaster', []],
  ['domainAdministrator', ['own.example']],
  ['domainAdministrator', ['foreign.example']],
  ['domainAdministrator', ['own.example', 'foreign.example']],
  ['domainAdministrator', []],
  ['owner', []],
  // Domains mean nothing in the hands of an owner.
  ['owner', ['own.example']],
] as const
const WISHES = [
  ['an alias of the own domain', 'new@own.example', OWN_MAILBOX],
  ['the same in upper case', 'new@OWN.example', 'ann@OWN.EXAMPLE'],
  ['an alias of another domain', 'new@foreign.example', OWN_MAILBOX],
  ['an alias of the own domain for a mailbox elsewhere', 'new@own.example', 'ben@foreign.example'],
  ['an alias of a domain below', 'new@sub.own.example', OWN_MAILBOX],
  ['what is no address', 'own.example', OWN_MAILBOX],
] as const

/** By row of ROLES: who decides about which of WISHES. */
const DECIDES = [
  [1, 1, 1, 1, 1, 1],
  [1, 1, 0, 0, 0, 0],
  [0, 0, 0, 0, 0, 0],
  [1, 1, 1, 1, 0, 0],
  [0, 0, 0, 0, 0, 0],
  [0, 0, 0, 0, 0, 0],
  [0, 0, 0, 0, 0, 0],
]

describe.each(ROLES.map((role, row) => [...role, row] as const))('%s of %j', (role, domains, row) => {
  test.each(WISHES.map((wish, column) => [...wish, column] as const))(
    'decides or not about %s',
    (_, address, mail, column) => {
      const may = mayDecide({ role, domains }, { address, owner: { dn: '', name: '', mail } })
      expect(may).toBe(DECIDES[row]?.[column] === 1)
    },
  )
})
