import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  DOMAINS_BASE,
  MAIL_BASE,
  PASSWORD,
  POSTMASTER_GROUP,
  SERVICE_DN,
  type SmallDirectory,
  startSmallDirectory,
  SUFFIX,
} from '@/e2e/fixtures/small-directory'
import { grantAuthority } from './authority'
import { readSessionGeneration, startSessionGeneration } from './session-generation'
import { findPersonByAttribute, findPersonByDn, findPersonByLogin, readRoleFacts } from './sign-in'

const JOHN = `uid=johndoe,${MAIL_BASE}`
const ANN = `uid=ann,${MAIL_BASE}`
const CAT = `uid=cat,${MAIL_BASE}`
const ADMINISTRATORS = `ou=Administrators,${SUFFIX}`
const STORE = `ou=Postbook,${SUFFIX}`

let directory: SmallDirectory
beforeAll(async () => {
  directory = await startSmallDirectory({
    ldif: `dn: ${ADMINISTRATORS}
objectClass: organizationalUnit
ou: Administrators

dn: ${STORE}
objectClass: organizationalUnit
ou: Postbook

dn: cn=mail-domain2.me,${ADMINISTRATORS}
objectClass: groupOfUniqueNames
cn: mail-domain2.me
uniqueMember: ${ANN}

dn: cn=mail-domain3.org,${ADMINISTRATORS}
objectClass: posixGroup
cn: mail-domain3.org
gidNumber: 7
memberUid: ann
memberUid: cat

dn: uid=lars,${MAIL_BASE}
objectClass: inetOrgPerson
uid: lars
cn: Lars
sn: Lars
mail: Lars.Ek@domain2.me
employeeNumber: 17
`,
  })
  Object.assign(process.env, {
    LDAP_URL: directory.slapd.uri,
    LDAP_BIND_DN: SERVICE_DN,
    LDAP_BIND_PASSWORD: PASSWORD,
    LDAP_DOMAINS_BASE: DOMAINS_BASE,
    LDAP_MAIL_BASE: MAIL_BASE,
    LDAP_STORE_BASE: STORE,
    POSTMASTER_GROUP,
    DOMAIN_ADMINISTRATOR_GROUP: `cn=mail-%d,${ADMINISTRATORS}`,
    AUTH_SECRET: 'a secret of more than thirty-two characters',
    AUTH_URL: 'http://localhost:3000',
  })
})
afterAll(async () => {
  await directory.remove()
})

describe('a person', () => {
  test('is found by address or uid', async () => {
    const found = {
      status: 'found',
      enabled: true,
      person: { dn: JOHN, name: 'johndoe', mail: 'johndoe@domain1.net' },
      uids: ['johndoe'],
      passwordChanged: '',
      entryUuid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    }
    expect(await findPersonByLogin('johndoe@domain1.net')).toEqual(found)
    expect(await findPersonByLogin(' JohnDoe ')).toEqual(found)
    expect(await findPersonByDn(JOHN)).toEqual(found)
    expect(await findPersonByLogin('shared@domain2.me')).toEqual({ status: 'ambiguous' })
    expect(await findPersonByLogin('ben')).toMatchObject({ enabled: false })
    expect(await findPersonByLogin('lars.ek@DOMAIN2.me')).toMatchObject({ person: { name: 'Lars' } })
  })

  test.each([
    '',
    'nobody',
    '*',
    'superjohn@domain2.me',
    'x)(uid=*',
    '\u0000',
    'ａnn',
    'a\u00adnn',
    'johndoe@domain1.net '.repeat(2),
  ])('is not found by %j', async (name) => {
    expect(await findPersonByLogin(name)).toEqual({ status: 'notFound' })
  })

  test('is found by the attribute that a claim stands for', async () => {
    expect(await findPersonByAttribute('employeeNumber', '17')).toMatchObject({ person: { name: 'Lars' } })
    expect(await findPersonByAttribute('employeeNumber', '18')).toEqual({ status: 'notFound' })
    expect(await findPersonByAttribute('uid', 'Lars')).toMatchObject({ status: 'found' })
  })
})

test('roles come from the group of postmasters, from domains and from groups of administrators', async () => {
  expect(await readRoleFacts(JOHN, ['johndoe'])).toEqual({
    status: 'read',
    inPostmasterGroup: true,
    administeredDomains: [],
    groups: [],
  })
  expect(await readRoleFacts(ANN, ['ann'])).toMatchObject({
    inPostmasterGroup: false,
    administeredDomains: ['domain1.net'],
    groups: [`cn=mail-domain2.me,${ADMINISTRATORS}`, `cn=mail-domain3.org,${ADMINISTRATORS}`],
  })
  expect(await readRoleFacts(CAT, ['cat'])).toMatchObject({
    groups: [`cn=mail-domain3.org,${ADMINISTRATORS}`],
  })
  expect(await readRoleFacts(CAT, [])).toMatchObject({ groups: [] })
})

test('a new generation of sessions is another one each time, for one person alone', async () => {
  const authorityOf = (dn: string) =>
    grantAuthority({ person: { dn, name: '', mail: '' }, role: 'owner', domains: [] })
  const read = async (dn: string): Promise<string> => {
    const result = await readSessionGeneration(dn)
    if (result.status === 'failed') throw new Error(result.diagnostic)
    return result.generation
  }
  const generations = [await read(ANN)]
  for (let turn = 0; turn < 2; turn += 1) {
    expect(await startSessionGeneration(authorityOf(ANN))).toEqual({ status: 'done' })
    generations.push(await read(ANN))
  }
  expect(generations[0]).toBe('')
  expect(new Set(generations).size).toBe(3)
  expect(await read(CAT)).toBe('')
  await Promise.all([CAT, CAT, CAT].map((dn) => startSessionGeneration(authorityOf(dn))))
  expect(await read(CAT)).not.toBe('')
})
