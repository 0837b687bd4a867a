import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runProgram } from '@/e2e/fixtures/program'
import {
  DOMAINS_BASE,
  MAIL_BASE,
  PASSWORD,
  ROOT_DN,
  SERVICE_DN,
  type SmallDirectory,
  startSmallDirectory,
  SUFFIX,
} from '@/e2e/fixtures/small-directory'
import { checkPassword, type PasswordCheck } from './password'
import { readPasswordPolicy } from './password-policy'

const JOHN = `uid=johndoe,${MAIL_BASE}`
const ANN = `uid=ann,${MAIL_BASE}`
const NEVER = { secondsLeft: null, graceLogins: null, error: null }

let directory: SmallDirectory
beforeAll(async () => {
  directory = await startSmallDirectory({
    database: [
      'moduleload ppolicy',
      'overlay ppolicy',
      `ppolicy_default "cn=policy,${SUFFIX}"`,
      'ppolicy_use_lockout',
    ],
    ldif: `dn: cn=policy,${SUFFIX}
objectClass: device
objectClass: pwdPolicy
cn: policy
pwdAttribute: userPassword
pwdLockout: TRUE
pwdMaxFailure: 3
`,
  })
  Object.assign(process.env, {
    LDAP_URL: directory.slapd.uri,
    LDAP_BIND_DN: SERVICE_DN,
    LDAP_BIND_PASSWORD: PASSWORD,
    LDAP_DOMAINS_BASE: DOMAINS_BASE,
    LDAP_MAIL_BASE: MAIL_BASE,
    LDAP_TIMEOUT: '5',
  })
})
afterAll(async () => {
  await directory.remove()
})

/** Changes attributes as the root DN, whom no policy binds; operational ones with the Relax control. */
async function modify(dn: string, ...changes: string[]): Promise<void> {
  const { stderr, status } = await runProgram(
    'ldapmodify',
    ['-x', '-H', directory.slapd.uri, '-D', ROOT_DN, '-w', PASSWORD, '-e', 'relax'],
    { input: `dn: ${dn}\nchangetype: modify\n${changes.join('\n-\n')}\n` },
  )
  if (status !== 0) throw new Error(stderr)
}

function timeBefore(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString().replace(/[-:T]|\.\d+/g, '')
}

describe('a password', () => {
  test('is checked by a bind, and never an empty one', async () => {
    expect(await checkPassword(JOHN, PASSWORD)).toEqual({ status: 'accepted', policy: NEVER, change: null })
    const wrong: Partial<PasswordCheck> = { status: 'refused', resultCode: 49, policy: NEVER }
    expect(await checkPassword(JOHN, 'wrong')).toMatchObject(wrong)
    expect(await checkPassword(JOHN, '')).toMatchObject(wrong)
    expect(await checkPassword('', PASSWORD)).toMatchObject(wrong)
    expect(await checkPassword(`uid=nobody,${MAIL_BASE}`, PASSWORD)).toMatchObject(wrong)
  })

  test('that is wrong too often locks the account, and the server says so', async () => {
    for (let turn = 0; turn < 3; turn += 1) await checkPassword(ANN, 'wrong')
    expect(await checkPassword(ANN, PASSWORD)).toMatchObject({
      status: 'refused',
      resultCode: 49,
      policy: { error: 'accountLocked' },
    })
    await modify(ANN, 'delete: pwdAccountLockedTime')
    expect(await checkPassword(ANN, PASSWORD)).toMatchObject({ status: 'accepted' })
  })
})

describe('a password that gets old', () => {
  const policy = `cn=policy,${SUFFIX}`
  test('is warned of, then allowed a few times, then refused', async () => {
    await modify(policy, 'add: pwdMaxAge\npwdMaxAge: 86400', 'add: pwdExpireWarning\npwdExpireWarning: 80000')
    await modify(policy, 'add: pwdGraceAuthNLimit\npwdGraceAuthNLimit: 2')
    await modify(JOHN, `add: pwdChangedTime\npwdChangedTime: ${timeBefore(50_000)}`)
    const warned = await checkPassword(JOHN, PASSWORD)
    if (warned.status !== 'accepted') throw new Error(JSON.stringify(warned))
    expect(warned.policy.secondsLeft).toBeGreaterThan(36_000)
    expect(warned.policy.secondsLeft).toBeLessThan(36_500)
    await modify(JOHN, `replace: pwdChangedTime\npwdChangedTime: ${timeBefore(90_000)}`)
    expect(await checkPassword(JOHN, PASSWORD)).toMatchObject({
      status: 'accepted',
      policy: { graceLogins: 1 },
    })
    expect(await checkPassword(JOHN, PASSWORD)).toMatchObject({
      status: 'accepted',
      policy: { graceLogins: 0 },
    })
    expect(await checkPassword(JOHN, PASSWORD)).toMatchObject({
      status: 'refused',
      policy: { error: 'passwordExpired' },
    })
    expect(await checkPassword(JOHN, 'wrong')).toMatchObject({ status: 'refused', policy: NEVER })
    await modify(policy, 'delete: pwdMaxAge')
    await modify(JOHN, 'delete: pwdChangedTime', 'delete: pwdGraceUseTime', 'delete: pwdFailureTime')
  })
})

test.each([
  [null, NEVER],
  ['', NEVER],
  ['3000', NEVER],
  ['3005a003800107', { ...NEVER, secondsLeft: 7 }],
  ['3008a003810102810100', { ...NEVER, graceLogins: 2, error: 'passwordExpired' }],
  ['3003810163', NEVER],
  ['30038101', NEVER],
  ['ffff', NEVER],
])('a response of %s is read', (hex, policy) => {
  expect(readPasswordPolicy(hex === null ? null : Buffer.from(hex, 'hex'))).toEqual(policy)
})
