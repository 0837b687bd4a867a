import { describe, expect, it } from 'vitest'
import { encodeOctets } from '@/lib/ldap/octets'
import { readMainCf } from './main-cf'
import type { LocalHost, MainCf } from './main-cf'
import { tablesOfMainCf } from './main-cf-tables'
import type { FileContent } from './table-access'

function accessTo(files: Readonly<Record<string, string>>) {
  return {
    readFile(path: string): FileContent {
      const text = files[path]
      if (text === undefined) return { status: 'missing', reason: 'No such file or directory' }
      return { status: 'read', octets: encodeOctets(text) }
    },
  }
}

function mainCf(text: string, host?: LocalHost, files: Readonly<Record<string, string>> = {}): MainCf {
  const result = readMainCf('/etc/postfix', accessTo({ ...files, '/etc/postfix/main.cf': text }), host)
  if (result.status === 'failed') throw new Error(result.message)
  return result.parameters
}

describe('readMainCf', () => {
  it('expands values and defaults', () => {
    const parameters = mainCf('virtual_mailbox_maps = ldap:/etc/a.cf\nmyhostname = mx.example.org\n')
    expect(parameters.value('virtual_mailbox_domains')).toBe('ldap:/etc/a.cf')
    expect(parameters.value('mydestination')).toBe('mx.example.org, localhost.example.org, localhost')
    expect(parameters.value('no_such_parameter')).toBe('')
    expect(parameters.setting('virtual_mailbox_maps')).toBe('ldap:/etc/a.cf')
    expect(parameters.setting('virtual_mailbox_domains')).toBeUndefined()
  })

  it('follows compatibility_level', () => {
    expect(mainCf('').value('smtputf8_enable')).toBe('no')
    expect(mainCf('').value('append_dot_mydomain')).toBe('yes')
    expect(mainCf('compatibility_level = 3.6').value('smtputf8_enable')).toBe('yes')
    expect(mainCf('compatibility_level = 3.6').value('relay_domains')).toBe('')
    expect(mainCf('compatibility_level = 1\nmydestination = a.test').value('relay_domains')).toBe('a.test')
  })

  it.each([
    ['', { name: 'mx.example.org', addresses: [] }, 'mx.example.org', 'example.org'],
    ['', { name: 'mx', addresses: [] }, 'mx.localdomain', 'localdomain'],
    ['mydomain = example.net', { name: 'mx', addresses: [] }, 'mx.example.net', 'example.net'],
    ['myhostname = a.b.c', { name: 'mx', addresses: [] }, 'a.b.c', 'b.c'],
  ])('completes the host name: %s', (text, host, hostname, domain) => {
    const parameters = mainCf(text, host)
    expect([parameters.value('myhostname'), parameters.value('mydomain')]).toEqual([hostname, domain])
  })

  it('reads myorigin from a file', () => {
    const parameters = mainCf('myorigin = /etc/mailname', undefined, { '/etc/mailname': 'example.org\n' })
    expect(parameters.value('myorigin')).toBe('example.org')
  })

  it.each([
    ['no file', undefined, 'Cannot read /etc/postfix/main.cf: No such file or directory.'],
    ['no equals sign', 'foo\n', "missing '=' after attribute name"],
    ['a broken macro that is needed', 'virtual_alias_maps = ${x', 'virtual_alias'],
    ['a broken macro behind one that is needed', 'x = $\nmyorigin = $x', 'myorigin'],
  ])('fails for %s', (_, text, message) => {
    const files = text === undefined ? {} : { '/etc/postfix/main.cf': text }
    const result = readMainCf('/etc/postfix', accessTo(files))
    expect(result.status).toBe('failed')
    expect(result.status === 'failed' ? result.message : '').toContain(message)
  })

  it('only reports a broken macro that nothing needs', () => {
    const result = readMainCf('/etc/postfix/', accessTo({ '/etc/postfix/main.cf': 'mine = ${x' }))
    expect(result.status === 'read' ? result.diagnostics.map((one) => one.code) : []).toEqual([
      'warn.main-cf.expansion',
    ])
    if (result.status === 'failed') throw new Error(result.message)
    expect(result.parameters.setting('mine')).toMatchObject({ diagnostics: [{ severity: 'fatal' }] })
  })
})

describe('tablesOfMainCf', () => {
  it('finds tables in every parameter, also behind proxies and in composites', () => {
    const parameters = mainCf(`dir = /etc/postfix/ldap
virtual_mailbox_domains = example.org, !ldap:$dir/domains.cf
virtual_mailbox_maps = proxy:ldap:$dir/mailbox.cf
virtual_alias_maps = unionmap:{ldap:one, proxy:ldap:two} pipemap:{ldap:three ldap:four}
virtual_transport = lmtp:unix:private/dovecot-lmtp
smtpd_milters = unix:/run/milter.sock, inet:localhost:11332
smtpd_recipient_restrictions = check_recipient_access ldap:access, { check_policy_service unix:private/policy }
smtpd_sender_login_maps = unix:passwd.byname
smtpd_sasl_path = private/auth
`)
    expect(tablesOfMainCf(parameters).map(({ parameter, name }) => `${parameter} ${name}`)).toEqual([
      'virtual_mailbox_domains ldap:/etc/postfix/ldap/domains.cf',
      'virtual_mailbox_maps ldap:/etc/postfix/ldap/mailbox.cf',
      'virtual_alias_maps ldap:one',
      'virtual_alias_maps ldap:two',
      'virtual_alias_maps ldap:three',
      'virtual_alias_maps ldap:four',
      'smtpd_recipient_restrictions ldap:access',
      'smtpd_sender_login_maps unix:passwd.byname',
      'virtual_alias_domains ldap:one',
      'virtual_alias_domains ldap:two',
      'virtual_alias_domains ldap:three',
      'virtual_alias_domains ldap:four',
    ])
    expect(tablesOfMainCf(parameters)[1]?.written).toBe('proxy:ldap:/etc/postfix/ldap/mailbox.cf')
  })

  it('does not repeat what proxy_read_maps lists', () => {
    expect(tablesOfMainCf(mainCf('proxy_read_maps = ldap:one\nvirtual_alias_domains ='))).toEqual([])
  })
})
