import { expect, it, test } from 'vitest'
import { parseLdif } from '@/lib/ldap/ldif'
import { securityOf } from './connection'
import { proposedBase, storeHelp } from './store-help'

const SERVICE = 'cn=postbook,ou=Services,dc=example,dc=net'

test('the base is proposed beside that of the mailboxes', () => {
  expect(proposedBase('ou=Mail,dc=example,dc=net')).toBe('ou=Postbook,dc=example,dc=net')
})

test('entry and rights are made for the names of the site', () => {
  const help = storeHelp('ou=Postbook,dc=example,dc=net', SERVICE)
  expect(help?.ldif).toBe(
    'dn: ou=Postbook,dc=example,dc=net\nobjectClass: organizationalUnit\nou: Postbook\n\n',
  )
  expect(help?.slapdConf).toBe(
    `access to dn.subtree="ou=Postbook,dc=example,dc=net"\n    by dn.exact="${SERVICE}" write\n    by * none\n`,
  )
  const parsed = parseLdif(help?.olcAccess ?? '')
  const record = parsed.status === 'parsed' ? parsed.records[0] : undefined
  const change = record?.type === 'change' ? record.change : null
  expect(change).toMatchObject({
    type: 'modify',
    modifications: [
      {
        operation: 'add',
        attribute: 'olcAccess',
        values: [`{0}to dn.subtree="ou=Postbook,dc=example,dc=net" by dn.exact="${SERVICE}" write by * none`],
      },
    ],
  })
})

it.each([
  ['o=Panel,dc=x', 'objectClass: organization\no: Panel\n'],
  ['cn=panel,dc=x', 'objectClass: organizationalRole\ncn: panel\n'],
  [String.raw`ou=a\, b,dc=x`, 'ou: a, b\n'],
  ['ou=Büro,dc=x', 'ou:: QsO8cm8=\n'],
])('%s has a class for its name', (base, lines) => {
  expect(storeHelp(base, SERVICE)?.ldif).toContain(lines)
})

it.each(['uid=panel,dc=x', 'ou=a+cn=b,dc=x', 'nothing'])('%s is left to who runs the server', (base) => {
  expect(storeHelp(base, SERVICE)).toBeNull()
})

test('a quote in a name does not end the quoted name in the rule', () => {
  expect(storeHelp(String.raw`ou=a\"b,dc=x`, SERVICE)?.slapdConf).toContain(String.raw`"ou=a\\\"b,dc=x"`)
})

it.each([
  ['ldapi:///', false, 'socket'],
  ['ldaps://a.example', false, 'tls'],
  ['ldap://a.example', true, 'startTls'],
  ['ldap://127.0.0.1:1389', false, 'loopback'],
  ['ldap://[::1]', false, 'loopback'],
  ['ldap://a.example', false, 'clear'],
])('%s, StartTLS %s, is %s', (uri, startTls, expected) => {
  expect(securityOf(uri, startTls)).toBe(expected)
})
