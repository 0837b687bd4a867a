import { describe, expect, test } from 'vitest'
import { parsePanelEnvironment } from './environment'

const COMPLETE = {
  POSTMASTER_GROUP: 'cn=postmasters,dc=example,dc=net',
  AUTH_SECRET: 'a secret of more than thirty-two characters',
  AUTH_URL: 'https://postbook.example.net',
}
const OPEN_ID = {
  ...COMPLETE,
  OIDC_ISSUER: 'https://login.example.net',
  OIDC_CLIENT_ID: 'postbook',
  OIDC_CLIENT_SECRET: 'very secret',
}

function problems(variables: Readonly<Record<string, string>>): readonly string[] {
  const settings = parsePanelEnvironment(variables)
  return settings.status === 'valid' ? [] : settings.problems.map(({ sentence }) => sentence)
}

describe('settings of sign-in', () => {
  test('have defaults', () => {
    expect(parsePanelEnvironment({ ...COMPLETE, TRUSTED_PROXY: '', OIDC_ISSUER: '' })).toEqual({
      status: 'valid',
      environment: {
        ...COMPLETE,
        DOMAIN_ADMINISTRATOR_ATTRIBUTE: 'associatedName',
        DOMAIN_ADMINISTRATOR_GROUP: '',
        TRUSTED_PROXY: false,
        API_TOKENS: false,
        openId: null,
      },
    })
  })

  test('name a provider, its claims and its rules', () => {
    const settings = parsePanelEnvironment({
      ...OPEN_ID,
      OIDC_PERSON_CLAIM: 'preferred_username=uid',
      OIDC_POSTMASTER_CLAIM: 'groups=cn=postmasters,ou=Groups',
      OIDC_DOMAIN_ADMINISTRATOR_CLAIM: 'groups=mail-%d',
    })
    expect(settings).toMatchObject({
      environment: {
        openId: {
          issuer: 'https://login.example.net',
          clientSecret: 'very secret',
          name: 'OpenID Connect',
          scope: 'openid profile email',
          person: { claim: 'preferred_username', value: 'uid' },
          postmaster: { claim: 'groups', value: 'cn=postmasters,ou=Groups' },
          domainAdministrator: { claim: 'groups', value: 'mail-%d' },
        },
      },
    })
  })

  test.each([
    [{ OIDC_ISSUER: 'http://login.example.net' }, /^OIDC_ISSUER must be an https/],
    [{ OIDC_ISSUER: 'login' }, /^OIDC_ISSUER must be/],
    [{ OIDC_CLIENT_ID: '' }, /^OIDC_CLIENT_ID is not set/],
    [{ OIDC_CLIENT_SECRET: '' }, /^OIDC_CLIENT_SECRET is not set/],
    [{ OIDC_CLIENT_SECRET_FILE: '/nowhere' }, /^OIDC_CLIENT_SECRET_FILE and OIDC_CLIENT_SECRET are both/],
    [{ OIDC_CLIENT_SECRET: '', OIDC_CLIENT_SECRET_FILE: '/nowhere' }, /^OIDC_CLIENT_SECRET_FILE names/],
    [{ OIDC_SCOPE: 'email' }, /^OIDC_SCOPE must hold openid/],
    [{ OIDC_PERSON_CLAIM: 'email' }, /^OIDC_PERSON_CLAIM must/],
    [{ OIDC_PERSON_CLAIM: 'email=mail)(uid=*' }, /^OIDC_PERSON_CLAIM must/],
    [{ OIDC_POSTMASTER_CLAIM: 'groups' }, /^OIDC_POSTMASTER_CLAIM must/],
    [{ OIDC_DOMAIN_ADMINISTRATOR_CLAIM: 'groups=mail' }, /^OIDC_DOMAIN_ADMINISTRATOR_CLAIM must.*%d/],
    [{ DOMAIN_ADMINISTRATOR_ATTRIBUTE: 'a b' }, /^DOMAIN_ADMINISTRATOR_ATTRIBUTE must/],
    [{ DOMAIN_ADMINISTRATOR_GROUP: 'cn=x,ou=%d,dc=net' }, /^DOMAIN_ADMINISTRATOR_GROUP must.*%d/],
    [{ TRUSTED_PROXY: '1' }, /^TRUSTED_PROXY must be yes or no/],
  ])('%j is one sentence that names the setting', (wrong, sentence) => {
    const found = problems({ ...OPEN_ID, ...wrong })
    expect(found).toEqual([expect.stringMatching(sentence)])
    expect(found.join()).not.toContain('very secret')
  })

  test.each(['http://localhost:4000', 'http://127.0.0.1:4000', 'http://[::1]:4000'])(
    'allow a provider on this machine: %s',
    (issuer) => {
      expect(problems({ ...OPEN_ID, OIDC_ISSUER: issuer })).toEqual([])
    },
  )
})
