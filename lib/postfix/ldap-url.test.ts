import { describe, expect, it } from 'vitest'
import { isLdapUrl, parseLdapUrl } from './ldap-url'

describe('parseLdapUrl', () => {
  it('takes a URL apart and undoes %XX', () => {
    expect(parseLdapUrl('<url:LDAPS://h:636/ou=a%20b,dc=x?mail,uid?SubTree?(cn=%c3%a4)?!x=1>')).toEqual({
      scheme: 'ldaps',
      hostPort: 'h:636',
      dn: 'ou=a b,dc=x',
      attributes: ['mail', 'uid'],
      scope: 'sub',
      filter: '(cn=ä)',
    })
  })

  it('fills in the defaults', () => {
    expect(parseLdapUrl('ldap://')).toEqual({
      scheme: 'ldap',
      hostPort: '',
      dn: '',
      attributes: [],
      scope: 'base',
      filter: '(objectClass=*)',
    })
  })

  it.each([
    ['<ldap:///dc=x', 4],
    ['http://x/', 5],
    ['ldap://h:/', 5],
    ['ldap://a:b:1/', 5],
    ['ldap://[::1/', 5],
    ['ldap:///a?b?base?(c=d)?e?f', 5],
    ['ldap:///a?b?bogus', 8],
    ['ldap:///a??su%zz', 8],
    ['ldap:///a???(cn=%zz)', 9],
    ['ldap:///a??base?(b=c)?', 10],
  ])('refuses %s with %i', (text, code) => {
    expect(parseLdapUrl(text)).toMatchObject({ code })
  })

  it('knows what is no URL at all', () => {
    expect(['ldap:/x', 'cldap://x', ' ldap://x', 'uid=ldap://x'].filter(isLdapUrl)).toEqual([])
    expect(['LDAPI://%2Frun', 'pldap://x', 'URL:ldap://x'].every(isLdapUrl)).toBe(true)
  })
})
