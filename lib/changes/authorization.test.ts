import { describe, expect, it } from 'vitest'
import type { Entry } from '@/lib/ldap/entry'
import { inEnglish } from '@/lib/words/english'
import { type Actor, refusalOfAuthority } from './authorization'

const bases = { domains: 'ou=Domains,dc=example,dc=net', mail: 'ou=Mail,dc=example,dc=net' }
const person = { dn: 'uid=jane,ou=Mail,dc=example,dc=net' }
const postmaster: Actor = { role: 'postmaster', domains: [], person }
const administrator: Actor = {
  role: 'domainAdministrator',
  domains: ['domain1.net', 'domain3.org'],
  person,
}
const owner: Actor = { role: 'owner', domains: [], person }

function mailbox(attributes: Readonly<Record<string, readonly string[]>>, dn?: string): Entry {
  return {
    dn: dn ?? 'uid=jane,ou=Mail,dc=example,dc=net',
    attributes: Object.entries(attributes).map(([description, values]) => ({ description, values })),
  }
}

const jane = mailbox({ mail: ['jane@domain1.net'], mailAlias: ['j@domain2.me'] })

function judged(actor: Actor, before: Entry | null, after: Entry | null): string | null {
  const refusal = refusalOfAuthority(actor, [{ before, after }], bases)
  return refusal === null ? null : inEnglish(refusal)
}

describe('a postmaster', () => {
  it('may change everything below the two bases', () => {
    expect(judged(postmaster, jane, null)).toBeNull()
    const domain = mailbox({ dc: ['domain9.net'] }, 'dc=domain9.net,OU=domains,dc=example,dc=net')
    expect(judged(postmaster, null, domain)).toBeNull()
  })
  it('may not touch other entries, nor the bases, nor move one out', () => {
    expect(judged(postmaster, null, mailbox({}, 'cn=x,ou=Services,dc=example,dc=net'))).not.toBeNull()
    expect(judged(postmaster, mailbox({}, bases.mail), null)).not.toBeNull()
    expect(judged(postmaster, jane, { ...jane, dn: 'uid=jane,ou=Groups,dc=example,dc=net' })).not.toBeNull()
    expect(judged(postmaster, null, mailbox({}, 'no dn'))).not.toBeNull()
  })
})

describe('a domain administrator', () => {
  const change = (attributes: Readonly<Record<string, readonly string[]>>): string | null =>
    judged(
      administrator,
      jane,
      mailbox({ mail: ['jane@domain1.net'], mailAlias: ['j@domain2.me'], ...attributes }),
    )
  it('may change names and aliases in own domains', () => {
    expect(change({ cn: ['Jane'], mailAlias: ['j@domain2.me', 'jd@Domain3.org'] })).toBeNull()
    expect(change({ mail: ['jane@domain3.org'], entryCSN: ['2'] })).toBeNull()
  })
  it('may not add or remove aliases elsewhere', () => {
    expect(change({ mailAlias: ['j@domain2.me', 'jane@domain4.net'] })).toContain('jane@domain4.net')
    expect(change({ mailAlias: [] })).toContain('j@domain2.me')
    expect(judged(administrator, jane, null)).not.toBeNull()
  })
  it('may not move an address in or out of own domains', () => {
    expect(change({ mail: ['jane@domain2.me'] })).not.toBeNull()
    expect(judged(administrator, mailbox({ mail: ['x@domain2.me'] }), jane)).not.toBeNull()
    expect(judged(administrator, null, mailbox({ cn: ['no address'] }))).not.toBeNull()
  })
  it('may not say where mail is stored, nor make other object classes', () => {
    expect(change({ mailStorageDirectory: ['maildir:/var/other'] })).toContain('mailStorageDirectory')
    expect(change({ objectClass: ['posixAccount'] })).toContain('posixAccount')
    expect(change({ objectClass: ['inetOrgPerson'] })).toBeNull()
  })
  it('may delete a mailbox whose addresses are all own', () => {
    const own = mailbox({ mail: ['x@domain1.net'], mailHomeDirectory: ['/x'], objectClass: ['posixAccount'] })
    expect(judged(administrator, own, null)).toBeNull()
  })
  it('may not change domains', () => {
    const domain = mailbox({ mail: ['a@domain1.net'] }, 'dc=domain1.net,ou=Domains,dc=example,dc=net')
    expect(judged(administrator, domain, null)).not.toBeNull()
  })
})

describe('an owner', () => {
  it('may change nothing', () => {
    expect(judged(owner, jane, jane)).not.toBeNull()
  })
})
