import { describe, expect, it } from 'vitest'
import { defaultSchema } from './default-schema'
import type { Entry } from './entry'
import { matchFilter } from './filter-match'
import { parseFilter } from './filter-parser'

const john: Entry = {
  dn: 'uid=john+cn=J,ou=Mail,dc=example',
  attributes: [
    { description: 'objectClass', values: ['inetOrgPerson', 'PostfixBookMailAccount'] },
    { description: 'cn', values: ['John  Doe', 'J'] },
    { description: 'mail', values: ['John@Domain1.net', ''] },
    { description: 'mailAlias', values: ['a b@x'] },
    { description: 'mailEnabled', values: ['TRUE'] },
    { description: 'mailGroupMember', values: ['Staff@x'] },
    { description: 'uidNumber', values: ['100'] },
    { description: 'description;lang-de', values: ['deutsch'] },
    { description: 'userCertificate;binary', values: ['\0'] },
    { description: 'siteAttribute', values: ['x'] },
  ],
}

/** Results of slapd 2.5, where it can be seen: "undefined" is no match, also under a negation. */
const CASES: readonly (readonly [string, boolean | 'undefined' | 'cannotTell'])[] = [
  ['(&)', true],
  ['(|)', false],
  ['(mail=john@domain1.NET)', true],
  ['(mail= john@domain1.net )', true],
  ['(mail=)', true],
  ['(mail=jane)', false],
  ['(!(mail=jane))', true],
  ['(sn=x)', false],
  ['(!(sn=x))', true],
  ['(mail=ü)', 'undefined'],
  ['(!(mail=ü))', 'undefined'],
  ['(cn=)', 'undefined'],
  ['(nosuch=*)', 'undefined'],
  ['(|(nosuch=x)(mail=*))', true],
  ['(&(nosuch=x)(mail=jane))', false],
  ['(&(nosuch=x)(mail=*))', 'undefined'],
  ['(mailEnabled=TRUE)', true],
  ['(mailEnabled=true)', 'undefined'],
  ['(mailGroupMember=Staff@x)', true],
  ['(mailGroupMember=staff@x)', false],
  ['(mailGroupMember=*@x)', 'undefined'],
  ['(mail=*@domain1.net)', true],
  ['(mail=john*net)', true],
  ['(mail=*john*john*)', false],
  ['(cn=john *)', true],
  ['(mail>=a)', 'undefined'],
  ['(uidNumber>=99)', true],
  ['(uidNumber<=99)', false],
  ['(uidNumber>=x)', 'undefined'],
  ['(name=j)', true],
  ['(commonName=j)', true],
  ['(2.5.4.3=j)', true],
  ['(description=deutsch)', true],
  ['(description;lang-de=deutsch)', true],
  ['(description;lang-=deutsch)', true],
  ['(description;lang-en=deutsch)', false],
  ['(description;x-no=deutsch)', 'undefined'],
  ['(description;binary=deutsch)', 'undefined'],
  ['(userCertificate;binary=*)', true],
  ['(objectClass=person)', true],
  ['(objectClass=2.5.6.6)', true],
  ['(objectClass=dNSDomain)', false],
  ['(objectClass=nosuch)', 'undefined'],
  ['(objectClass=pers*)', 'undefined'],
  ['(ou:dn:=mail)', true],
  ['(ou:=mail)', false],
  ['(:dn:caseIgnoreMatch:=MAIL)', true],
  ['(cn:caseExactMatch:=john doe)', false],
  ['(cn:caseExactMatch:=John Doe)', true],
  ['(mail:caseExactMatch:=x)', 'undefined'],
  ['(cn:nosuchMatch:=x)', 'undefined'],
  ['(cn:caseIgnoreOrderingMatch:=x)', 'cannotTell'],
  ['(uidNumber:1.2.840.113556.1.4.803:=4)', 'cannotTell'],
  ['(userCertificate;binary=x)', 'cannotTell'],
  ['(|(uidNumber:1.2.840.113556.1.4.803:=4)(mail=*))', true],
  ['(&(uidNumber:1.2.840.113556.1.4.803:=4)(mail=*))', 'cannotTell'],
  ['(!(uidNumber:1.2.840.113556.1.4.803:=4))', 'cannotTell'],
  ['(cn~=john doe)', true],
  ['(cn~=jon)', 'cannotTell'],
  ['(sn~=jon)', false],
  ['(siteAttribute=x)', 'undefined'],
]

describe('matching', () => {
  it.each(CASES)('%s is %s', (text, expected) => {
    const filter = parseFilter(text)
    expect(filter === null ? null : matchFilter(filter, john, defaultSchema())).toBe(expected)
  })
})
