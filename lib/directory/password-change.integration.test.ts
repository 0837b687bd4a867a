import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDirectory, type TestDirectory } from '@/e2e/fixtures/directory'
import { type Facts, factsOf } from '@/e2e/fixtures/facts'
import { PASSWORD_POLICY, personDn } from '@/scripts/demo/names'
import { COMMON_PASSWORD } from '@/scripts/demo/sample-people'
import { checkPassword, type PasswordCheck } from './password'

const MARY = personDn('mbrown')

let directory: TestDirectory
let facts: Facts
beforeAll(async () => {
  directory = await startTestDirectory()
  facts = factsOf(directory)
  Object.assign(process.env, directory.settings)
  await modify(PASSWORD_POLICY, 'replace: pwdInHistory\npwdInHistory: 3')
  await modify(PASSWORD_POLICY, 'replace: pwdMustChange\npwdMustChange: TRUE')
})
afterAll(async () => {
  await directory.stop()
})

function modify(dn: string, change: string): Promise<void> {
  return facts.modify(`dn: ${dn}\nchangetype: modify\n${change}\n`)
}

function set(current: string, next: string): Promise<PasswordCheck> {
  return checkPassword(MARY, current, next)
}

test('is set as the person, in the same session, by the rules of the directory', async () => {
  expect(await set('wrong', 'a new password')).toMatchObject({ status: 'refused', resultCode: 49 })
  expect(await set(COMMON_PASSWORD, 'short')).toMatchObject({
    change: { status: 'refused', resultCode: 19, policy: { error: 'passwordTooShort' } },
  })
  expect(await set(COMMON_PASSWORD, 'a new password')).toMatchObject({ change: { status: 'changed' } })
  expect(await checkPassword(MARY, COMMON_PASSWORD)).toMatchObject({ status: 'refused' })
  expect(await set('a new password', 'eine Größe mehr')).toMatchObject({ change: { status: 'changed' } })
  expect(await set('eine Größe mehr', 'a new password')).toMatchObject({
    change: { status: 'refused', policy: { error: 'passwordInHistory' } },
  })
  expect(await facts.values('mbrown', 'modifiersName')).toEqual([MARY])
})

test('has to be set after a reset, and nothing else is allowed before', async () => {
  await modify(MARY, 'replace: userPassword\nuserPassword: set by someone')
  await modify(MARY, 'replace: pwdReset\npwdReset: TRUE')
  expect(await checkPassword(MARY, 'set by someone')).toMatchObject({
    status: 'accepted',
    policy: { error: 'changeAfterReset' },
  })
  expect(await set('set by someone', 'my own choice')).toMatchObject({
    policy: { error: 'changeAfterReset' },
    change: { status: 'changed' },
  })
  expect(await checkPassword(MARY, 'my own choice')).toMatchObject({ policy: { error: null } })
})

test('is not for the person to set where the policy says so', async () => {
  await modify(PASSWORD_POLICY, 'replace: pwdAllowUserChange\npwdAllowUserChange: FALSE')
  expect(await set('my own choice', 'another choice')).toMatchObject({
    change: { status: 'refused', policy: { error: 'passwordModNotAllowed' } },
  })
})
