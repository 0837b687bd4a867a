import { COMMON_PASSWORD } from '@/scripts/demo/sample-people'
import { expect, signIn, test, tryToSignIn } from '../fixtures/sign-in'

test.describe('sign-in', () => {
  test('a wrong password is refused without saying whether the name exists', async ({ page }) => {
    await page.goto('/sign-in')
    const sentences: string[] = []
    for (const name of ['johndoe', 'nobody-of-that-name']) {
      await page.getByLabel('Mail address or user name').fill(name)
      await page.getByLabel('Password').fill('not the password')
      await page.getByRole('button', { name: 'Sign in' }).click()
      const alert = page.getByRole('alert').filter({ hasText: 'Not signed in' })
      await expect(alert).toBeVisible()
      sentences.push(await alert.innerText())
      await expect(page.getByLabel('Mail address or user name')).toHaveValue(name)
      await page.goto('/sign-in')
    }
    expect(sentences[0]).toBe(sentences[1])
    await page.goto('/mailboxes')
    await expect(page).toHaveURL(/\/sign-in$/)
  })

  test('a disabled mailbox does not get in', async ({ page }) => {
    await page.goto('/sign-in')
    await page.getByLabel('Mail address or user name').fill('pavel.novak@domain1.net')
    await page.getByLabel('Password').fill(COMMON_PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'Not signed in' })).toBeVisible()
  })

  test('by mail address or uid, and out again', async ({ page }) => {
    await signIn(page, 'postmaster')
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
    await page.getByRole('button', { name: 'sign out' }).click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await page.goto('/domains')
    await expect(page).toHaveURL(/\/sign-in$/)
  })

  test('an administrator sees the own domains only', async ({ page, facts }) => {
    await signIn(page, 'domain administrator')
    await page.goto('/mailboxes')
    await expect(page.getByRole('table', { name: 'Mailboxes' })).not.toContainText('@domain1.net')
    await page.getByRole('link', { name: 'Domains' }).click()
    await expect(page.getByRole('link', { name: 'domain2.me' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'domain1.net' })).toHaveCount(0)
    const foreign = await facts.values('johndoe', 'entryUUID')
    await page.goto(`/mailboxes/${foreign[0] ?? ''}`)
    await expect(page.getByRole('heading', { name: 'This mailbox is not here' })).toBeVisible()
  })

  test('an owner sees the own addresses with what Postfix answers', async ({ page }) => {
    await signIn(page, 'mailbox owner')
    await expect(page.getByRole('heading', { name: 'My addresses' })).toBeVisible()
    await expect(page.getByRole('main')).toContainText('johndoe@domain1.net')
    await page.goto('/mailboxes')
    await expect(page).toHaveURL(/\/account$/)
  })

  test('works without JavaScript', async ({ browser, panel }) => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await tryToSignIn(page, 'johndoe', 'not the password', panel.url)
    await expect(page.getByRole('alert').filter({ hasText: 'Not signed in' })).toBeVisible()
    expect(page.url()).not.toContain('password')
    await tryToSignIn(page, 'johndoe', COMMON_PASSWORD, panel.url)
    await expect(page.getByRole('heading', { name: 'My addresses' })).toBeVisible()
    await context.close()
  })

  test('after ten wrong passwords the name has to wait, whether or not it exists', async ({
    page,
    panel,
  }) => {
    const alert = page.getByRole('alert').filter({ hasText: 'Not signed in' })
    for (const name of ['egallagher', 'not-a-person']) {
      await page.goto('/sign-in')
      await page.getByLabel('Mail address or user name').fill(name)
      for (let attempt = 0; attempt < 10; attempt += 1) {
        await page.getByLabel('Password').fill('wrong')
        const answered = page.waitForResponse((response) => response.request().method() === 'POST')
        await page.getByRole('button', { name: 'Sign in' }).click()
        await answered
        await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled()
        await expect(alert).toContainText('is wrong')
      }
      await page.getByLabel('Password').fill(COMMON_PASSWORD)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await expect(alert).toContainText('too many wrong passwords')
    }
    const lines = panel.output().split('\n')
    const limited = lines.filter((line) => line.includes('"refusal":"limited"'))
    expect(limited.map((line) => (JSON.parse(line) as { name: string }).name)).toEqual(
      expect.arrayContaining(['egallagher', 'not-a-person']),
    )
    expect(panel.output()).not.toContain(COMMON_PASSWORD)
  })

  test('the cookie cannot be read by scripts nor sent from other sites', async ({ page }) => {
    await signIn(page, 'mailbox owner')
    const cookies = await page.context().cookies()
    expect(cookies.find(({ name }) => name === 'authjs.session-token')).toMatchObject({
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
    })
  })
})
