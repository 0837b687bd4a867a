import { describe, expect, it } from 'vitest'
import { ldapTableConfiguration } from './ldap-table-parameters'
import { fatal } from './diagnostic'

/** The diagnostics for these values, whose names main.cf completes by the prefix of the table. */
function codes(name: string, values: Readonly<Record<string, string>>): readonly string[] {
  const map = new Map(Object.entries(values))
  const read = ldapTableConfiguration(
    name,
    (parameter) => map.get(parameter),
    () => [fatal('domain.empty-pattern', 'bad')],
  )
  return read.diagnostics.map((diagnostic) => diagnostic.code)
}

describe('ldapTableConfiguration', () => {
  it('has the defaults of the Debian build', () => {
    expect(ldapTableConfiguration('ldap:/x.cf', () => undefined)).toEqual({
      status: 'valid',
      diagnostics: [],
      configuration: {
        name: 'ldap:/x.cf',
        server: {
          uris: ['ldap://localhost:389'],
          version: 3,
          bind: 'simple',
          bindDn: '',
          bindPassword: '',
          timeout: 10,
          dereference: 0,
          chaseReferrals: false,
          startTls: false,
          tls: {
            requireCertificate: false,
            caFile: '',
            caDirectory: '',
            certificateFile: '',
            keyFile: '',
            cipherSuite: '',
          },
        },
        searchBase: '',
        queryFilter: '(mailacceptinggeneralid=%s)',
        scope: 'sub',
        domain: '',
        resultFormat: '%s',
        terminalResultAttributes: [],
        leafResultAttributes: [],
        resultAttributes: ['maildrop'],
        specialResultAttributes: [],
        expansionLimit: 0,
        sizeLimit: 0,
        recursionLimit: 1000,
      },
    })
  })

  it('reads the parameters in the order of Postfix 3.7 and stops at the first bad one', () => {
    const bad: [string, string, string][] = [
      ['server_host', '', 'too-short'],
      ['server_port', 'x', 'bad-number'],
      ['version', 'x', 'bad-number'],
      ['scope', '', 'too-short'],
      ['timeout', 'x', 'bad-number'],
      ['search_base', '%q', 'template:query'],
      ['query_filter', '%q', 'template:query'],
      ['result_format', '%q', 'template:result'],
      ['result_filter', '', 'too-short'],
      ['domain', '!', 'domain.empty-pattern'],
      ['bind', '', 'too-short'],
      ['cache', 'x', 'bad-bool'],
      ['cache_expiry', 'x', 'bad-number'],
      ['cache_size', 'x', 'bad-number'],
      ['recursion_limit', 'x', 'bad-number'],
      ['expansion_limit', 'x', 'bad-number'],
      ['size_limit', 'x', 'bad-number'],
      ['dereference', 'x', 'bad-number'],
      ['chase_referrals', 'x', 'bad-bool'],
      ['start_tls', 'x', 'bad-bool'],
      ['tls_require_cert', 'x', 'bad-bool'],
      ['debuglevel', 'x', 'bad-number'],
    ]
    for (let first = 0; first < bad.length; first += 1) {
      const rest = bad.slice(first)
      const [name = '', , code = ''] = rest[0] ?? []
      const expected = /^(template|domain)/.test(code) ? code : `${code}:${name}`
      expect(codes('ldap:/x.cf', Object.fromEntries(rest.map(([key, value]) => [key, value])))).toEqual([
        expected.startsWith('domain') ? `fatal.${expected}` : `fatal.cf.${expected}`,
      ])
    }
  })

  it('names the parameter of main.cf in full', () => {
    expect(codes('ldap:site', { timeout: '10s' })).toEqual(['fatal.cf.bad-number:site_timeout'])
  })

  it('passes on why a value cannot be had', () => {
    const failure = { diagnostics: [fatal('main-cf.expansion', 'x')] }
    expect(ldapTableConfiguration('ldap:site', () => failure)).toEqual({
      status: 'invalid',
      diagnostics: failure.diagnostics,
    })
  })

  it.each([
    [
      { server_host: 'a b:1 [::1] ldap://c/dc=x??sub', server_port: '99' },
      'ldap://a:99 ldap://b:1 ldap://[::1] ldap://c',
    ],
    [{ server_host: '<URL:LDAPS://c:636/>,ldapi://%2Frun%2Fldapi' }, 'ldaps://c:636 ldapi://%2Frun%2Fldapi'],
  ])('makes URIs of %o', (values, uris) => {
    const read = ldapTableConfiguration('ldap:/x.cf', (name) => new Map(Object.entries(values)).get(name))
    expect(read.status === 'valid' ? read.configuration.server.uris.join(' ') : '').toBe(uris)
  })

  it('lets size_limit follow expansion_limit', () => {
    const values = new Map([['expansion_limit', ' +12']])
    const read = ldapTableConfiguration('ldap:/x.cf', (name) => values.get(name))
    expect(read.status === 'valid' && read.configuration.sizeLimit).toBe(12)
  })
})
