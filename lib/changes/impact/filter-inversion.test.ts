import { describe, expect, it } from 'vitest'
import { defaultSchema } from '@/lib/ldap/default-schema'
import type { Entry } from '@/lib/ldap/entry'
import { filterAttributes, type FoundKeys, keyFinder, keysThatFind } from './filter-inversion'

const jane: Entry = {
  dn: 'uid=jane,ou=domain1.net,ou=Mail,dc=example,dc=net',
  attributes: [
    { description: 'objectClass', values: ['inetOrgPerson', 'PostfixBookMailAccount'] },
    { description: 'uid', values: ['jane'] },
    { description: 'mail', values: ['jane@domain1.net'] },
    { description: 'mailAlias', values: ['Sales@domain2.me', '@domain4.org'] },
    { description: 'mailEnabled', values: ['TRUE'] },
  ],
}

function keys(queryFilter: string, searchBase = 'ou=Mail,dc=example,dc=net'): FoundKeys {
  return keysThatFind(keyFinder({ queryFilter, searchBase }), jane, defaultSchema())
}

describe('keysThatFind', () => {
  it.each([
    ['(mailAlias=%s)', ['Sales@domain2.me', '@domain4.org']],
    ['(&(objectClass=PostfixBookMailAccount)(mailAlias=%s))', ['Sales@domain2.me', '@domain4.org']],
    ['(|(mail=%s)(mailAlias=%s))', ['jane@domain1.net', 'Sales@domain2.me', '@domain4.org']],
    ['(mail=*@%s)', ['domain1.net']],
    ['(mail=%u@%d)', ['jane@domain1.net']],
    ['(mail=%U@%D)', ['jane@domain1.net']],
    ['(&(uid=%u)(mail=*@%d))', ['jane@domain1.net']],
    ['(&(mailEnabled=TRUE)(mail=%s))', ['jane@domain1.net']],
    ['(&(mailEnabled=FALSE)(mail=%s))', []],
    ['(&(!(mailEnabled=FALSE))(mail=%s))', ['jane@domain1.net']],
    ['(mail:caseExactIA5Match:=%s)', ['jane@domain1.net']],
    ['(mail=%s@domain1.net)', ['jane']],
    ['(&(mail=%s)(!(mailAlias=%s)))', ['jane@domain1.net']],
    ['(mailGroupMember=%s)', []],
  ])('%s', (filter, expected) => {
    expect(keys(filter)).toEqual({ keys: expected, open: null })
  })
  it('takes the missing part from a search base with fields', () => {
    expect(keys('(uid=%u)', 'ou=%d,ou=Mail,dc=example,dc=net')).toEqual({
      keys: ['jane@domain1.net'],
      open: null,
    })
    expect(keys('(mail=%s)', 'ou=%d, ou=Elsewhere,dc=example,dc=net').keys).toEqual(['jane@domain1.net'])
  })
  it.each([
    '(uid=%u)',
    '(mail=*@%d)',
    '(!(mail=%s))',
    '(mail>=%s)',
    '(mail=*%s*)',
    '(objectClass=*)',
    '(:dn:2.5.13.2:=%s)',
    '(|(mail=%s)(uid=jane))',
    '(%s=x)',
    '(mail=%x)',
    '(mail=',
  ])('says that other keys may find it: %s', (filter) => {
    expect(keys(filter).open).not.toBeNull()
  })
})

describe('filterAttributes', () => {
  it('tells attributes compared with the key from others', () => {
    const { keyed, fixed } = filterAttributes(
      keyFinder({
        queryFilter: '(&(objectClass=x)(|(mail=%s)(mailAlias=*@%d))(!(mailEnabled=FALSE)))',
        searchBase: '',
      }),
    )
    expect([...keyed].sort()).toEqual(['mail', 'mailalias'])
    expect([...fixed].sort()).toEqual(['mailenabled', 'objectclass'])
  })
})
