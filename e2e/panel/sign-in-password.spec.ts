import AxeBuilder from '@axe-core/playwright'
import { personDn, POLICIES_BASE } from '@/scripts/demo/names'
import { COMMON_PASSWORD } from '@/scripts/demo/sample-people'
import type { Facts } from '../fixtures/facts'
import { expect, signInAs, test, tryToSignIn } from '../fixtures/sign-in'

const STRICT = `cn=strict,${POLICIES_BASE}`

function modify(facts: Facts, dn: string, change: string): Promise<void> {
  return facts.modify(`dn: ${dn}\nchangetype: modify\n${change}\n`)
}

/** Puts a person under a policy of their own. */
async function underPolicy(facts: Facts, uid: string, policy: string): Promise<void> {
  await facts.modify(
    `dn: ${STRICT}\nchangetype: add\nobjectClass: device\nobjectClass: pwdPolicy\ncn: strict\npwdAttribute: userPassword\n${policy}\n`,
  )
  await modify(facts, personDn(uid), `replace: pwdPolicySubentry\npwdPolicySubentry: ${STRICT}`)
}

async function withoutPolicy(facts: Facts, uid: string): Promise<void> {
  await modify(facts, personDn(uid), 'delete: pwdPolicySubentry')
  await facts.modify(`dn: ${STRICT}\nchangetype: delete\n`)
}

test.describe('the password policy of the directory', () => {
  test('an account that is locked is refused like a name that does not exist', async ({ page, facts }) => {
    await underPolicy(facts, 'dhaddad', 'pwdLockout: TRUE\npwdMaxFailure: 2')
    const alert = page.getByRole('alert').filter({ hasText: 'Not signed in' })
    const said: string[] = []
    for (const [name, password] of [
      ['dhaddad', 'wrong'],
      ['dhaddad', 'wrong'],
      ['dhaddad', COMMON_PASSWORD],
      ['not-there', 'wrong'],
    ] as const) {
      await tryToSignIn(page, name, password)
      await expect(alert).toBeVisible()
      said.push(await alert.innerText())
    }
    expect(await facts.values('dhaddad', 'pwdAccountLockedTime')).toHaveLength(1)
    expect(new Set(said).size).toBe(1)
    expect(said[0]).toContain('locked')
    await modify(facts, personDn('dhaddad'), 'delete: pwdAccountLockedTime')
    await signInAs(page, 'dhaddad', COMMON_PASSWORD)
    await withoutPolicy(facts, 'dhaddad')
  })

  test('a password that was set by someone else has to be changed before anything else', async ({
    page,
    facts,
  }) => {
    await underPolicy(
      facts,
      'jkoehler',
      'pwdMustChange: TRUE\npwdAllowUserChange: TRUE\npwdMinLength: 10\npwdCheckQuality: 1\npwdInHistory: 2',
    )
    await modify(facts, personDn('jkoehler'), 'replace: pwdReset\npwdReset: TRUE')
    await tryToSignIn(page, 'jkoehler', COMMON_PASSWORD)
    await expect(page.getByRole('heading', { name: 'Set a new password' })).toBeVisible()
    const otherTab = await page.context().newPage()
    await otherTab.goto('/account')
    await expect(otherTab).toHaveURL(/\/sign-in$/)
    const set = async (current: string, next: string, repeated = next): Promise<void> => {
      await page.getByLabel('Current password').fill(current)
      await page.getByLabel('New password', { exact: true }).fill(next)
      await page.getByLabel('New password again').fill(repeated)
      await page.getByRole('button', { name: 'Set password' }).click()
    }
    const alert = page.getByRole('alert').filter({ hasText: 'Password not changed' })
    await set(COMMON_PASSWORD, 'long enough, so', 'long enough, no')
    await expect(alert).toContainText('differ')
    await set(COMMON_PASSWORD, COMMON_PASSWORD)
    await expect(alert).toContainText('This is the current password')
    await set(COMMON_PASSWORD, 'short')
    await expect(alert).toContainText('too short')
    await set('wrong', 'long enough, so')
    await expect(alert).toContainText('current password is wrong')
    await expect(page.getByLabel('Mail address or user name')).toHaveValue('jkoehler')
    await set(COMMON_PASSWORD, 'long enough, so')
    await expect(page.getByRole('heading', { name: 'My addresses' })).toBeVisible()
    expect(await facts.values('jkoehler', 'pwdReset')).toEqual([])
    expect(await facts.values('jkoehler', 'modifiersName')).toEqual([personDn('jkoehler')])
    await withoutPolicy(facts, 'jkoehler')
  })

  test('a password that expires soon is said with the days, and can wait', async ({ page, facts }) => {
    const fiveDays = 5 * 24 * 60 * 60 + 3600
    await underPolicy(facts, 'amarchetti', `pwdMaxAge: ${fiveDays}\npwdExpireWarning: ${fiveDays}`)
    await tryToSignIn(page, 'amarchetti', COMMON_PASSWORD)
    await expect(page.getByRole('status')).toContainText('expires in 5 days')
    await page.getByRole('link', { name: 'Not now' }).click()
    await expect(page.getByRole('heading', { name: 'My addresses' })).toBeVisible()
    await withoutPolicy(facts, 'amarchetti')
  })

  test('an expired one says how often it can still be used, is changed there, and then is refused', async ({
    page,
    browser,
    panel,
    facts,
  }) => {
    const policy = 'pwdAllowUserChange: TRUE\npwdMaxAge: 1\npwdGraceAuthNLimit: 3'
    await underPolicy(facts, 'tfletcher', policy)
    const context = await browser.newContext()
    const elsewhere = await context.newPage()
    await tryToSignIn(elsewhere, 'tfletcher', COMMON_PASSWORD, panel.url)
    await expect(elsewhere.getByRole('alert').filter({ hasText: 'expired' })).toContainText('2 times more')
    await tryToSignIn(page, 'tfletcher', COMMON_PASSWORD)
    await expect(page.getByRole('alert').filter({ hasText: 'expired' })).toContainText('once more')
    await page.getByLabel('Current password').fill(COMMON_PASSWORD)
    await page.getByLabel('New password', { exact: true }).fill('my very own choice')
    await page.getByLabel('New password again').fill('my very own choice')
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Password changed' })).toContainText(
      'Your other sessions have ended',
    )
    await elsewhere.goto(`${panel.url}/account`)
    await expect(elsewhere).toHaveURL(/\/sign-in\?code=ended$/)
    await modify(facts, STRICT, 'replace: pwdGraceAuthNLimit\npwdGraceAuthNLimit: 0')
    // It expires a second after the change: until then it still lets in.
    await expect(async () => {
      await context.clearCookies()
      await tryToSignIn(elsewhere, 'tfletcher', 'my very own choice', panel.url)
      await expect(elsewhere.getByRole('alert').filter({ hasText: 'Not signed in' })).toContainText('expired')
    }).toPass()
    await context.close()
    await withoutPolicy(facts, 'tfletcher')
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the page for a new password can be used by everyone, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width: 360, height: 740 })
      await signInAs(page, 'zpetit', COMMON_PASSWORD)
      for (const address of ['/sign-in/password?grace=0', '/sign-in/password?days=1&changed=ended']) {
        await page.goto(address)
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
      }
    })
  }

  test('no password is in the log', ({ panel }) => {
    expect(panel.output()).toContain('"event":"password change"')
    for (const password of [COMMON_PASSWORD, 'long enough, so', 'my very own choice'])
      expect(panel.output()).not.toContain(password)
  })
})
