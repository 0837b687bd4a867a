import { openProvider, signInAtProvider, startTestProvider, type TestProvider } from '../fixtures/oidc'
import { type Panel, startPanel } from '../fixtures/panel'
import { expect, test } from '../fixtures/sign-in'

const verified = (email: string, groups: readonly string[] = []) => ({ email, email_verified: true, groups })

const PEOPLE = {
  martha: verified('Martha.Okafor@domain1.net'),
  john: verified('johndoe@domain1.net'),
  boss: verified('johndoe@domain1.net', ['staff', 'mail-postmasters']),
  local: verified('johndoe@domain1.net', ['mail-birkenhof.example', 'mail-*']),
  pavel: verified('pavel.novak@domain1.net', ['mail-postmasters']),
  stranger: verified('stranger@elsewhere.example', ['mail-postmasters']),
  alias: verified('superjohn@domain2.me'),
  thief: { email: 'martha.okafor@domain1.net', email_verified: false },
  careless: { email: 'martha.okafor@domain1.net' },
}

test.describe('sign-in with a provider of OpenID Connect', () => {
  let provider: TestProvider
  let panel: Panel

  test.beforeAll(async ({ directory }) => {
    provider = await startTestProvider(PEOPLE)
    panel = await startPanel({
      ...directory.settings,
      ...provider.settings,
      OIDC_POSTMASTER_CLAIM: 'groups=mail-postmasters',
      OIDC_DOMAIN_ADMINISTRATOR_CLAIM: 'groups=mail-%d',
    })
    provider.allow(panel.url)
  })
  test.afterAll(async () => {
    await panel.stop()
    await provider.stop()
  })

  test('finds the person by the verified mail address, with the role that the directory gives', async ({
    page,
  }) => {
    await signInAtProvider(page, panel.url, 'martha')
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
    await expect(page.getByText('martha.okafor@domain1.net').first()).toBeVisible()
    await page.getByRole('button', { name: 'sign out' }).click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await page.goto(`${panel.url}/mailboxes`)
    await expect(page).toHaveURL(/\/sign-in$/)
  })

  test('an owner stays an owner', async ({ page }) => {
    await signInAtProvider(page, panel.url, 'john')
    await expect(page.getByRole('heading', { name: 'My addresses' })).toBeVisible()
  })

  test('a claim makes a postmaster, another an administrator of one domain', async ({ page, browser }) => {
    await signInAtProvider(page, panel.url, 'boss')
    await page.getByRole('link', { name: 'Domains' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Domains' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'quayside-books.example', exact: true })).toBeVisible()
    const context = await browser.newContext()
    const another = await context.newPage()
    await signInAtProvider(another, panel.url, 'local')
    await another.getByRole('link', { name: 'Domains' }).click()
    await expect(another.getByRole('heading', { level: 1, name: 'Domains' })).toBeVisible()
    await expect(another.getByRole('link', { name: 'birkenhof.example', exact: true })).toBeVisible()
    await expect(another.getByRole('link', { name: 'quayside-books.example', exact: true })).toHaveCount(0)
    await context.close()
  })

  for (const [login, sentence] of [
    ['pavel', 'There is no enabled mailbox'],
    ['stranger', 'There is no enabled mailbox'],
    ['alias', 'There is no enabled mailbox'],
    ['thief', 'has not verified your mail address'],
    ['careless', 'has not verified your mail address'],
  ] as const) {
    test(`${login} is refused with a sentence`, async ({ page }) => {
      await signInAtProvider(page, panel.url, login)
      await expect(page.getByRole('alert').filter({ hasText: 'Not signed in' })).toContainText(sentence)
      await page.goto(`${panel.url}/mailboxes`)
      await expect(page).toHaveURL(/\/sign-in$/)
    })
  }

  test('who turns back at the provider, or comes with a forged answer, is refused', async ({ page }) => {
    await openProvider(page, panel.url)
    await page.getByRole('link', { name: /cancel/i }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'Not signed in' })).toContainText('provider')
    await page.goto(`${panel.url}/api/auth/callback/oidc?code=forged&state=forged`)
    await expect(page.getByRole('alert').filter({ hasText: 'Not signed in' })).toContainText('provider')
  })

  test('next-auth serves nothing else', async ({ request }) => {
    for (const path of [
      'session',
      'providers',
      'csrf',
      'signin',
      'signout',
      'callback/credentials',
      'error',
    ]) {
      const responses = [
        await request.get(`${panel.url}/api/auth/${path}`),
        await request.post(`${panel.url}/api/auth/${path}`, { form: { ticket: 'x', csrfToken: 'x' } }),
      ]
      for (const response of responses) expect([404, 405]).toContain(response.status())
    }
  })

  test('each outcome is one line of the log, and neither code, token nor secret is in it', () => {
    const events = panel
      .output()
      .split('\n')
      .filter((line) => line.includes('"method":"openid"'))
    expect(events.some((line) => line.includes('"outcome":"accepted"') && line.includes('uid=mokafor'))).toBe(
      true,
    )
    expect(events.some((line) => line.includes('"refusal":"unverified"'))).toBe(true)
    expect(events.some((line) => line.includes('stranger@elsewhere.example'))).toBe(true)
    expect(panel.output()).not.toContain(provider.settings['OIDC_CLIENT_SECRET'])
    expect(panel.output()).not.toMatch(/id_token|access_token|eyJ/)
  })

  test('a provider that does not answer is one sentence', async ({ page }) => {
    await provider.stop()
    await page.goto(`${panel.url}/sign-in`)
    await page.getByRole('button', { name: 'Sign in with Example Login' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'Not signed in' })).toContainText('provider')
  })
})
