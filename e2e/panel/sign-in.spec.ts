import { COMMON_PASSWORD } from '@/scripts/demo/sample-people'
import { expect, signIn, test } from '../fixtures/test'

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
    await expect(page.getByRole('heading', { name: 'Mailboxes' })).toBeVisible()
    await page.getByRole('button', { name: 'sign out' }).click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await page.goto('/domains')
    await expect(page).toHaveURL(/\/sign-in$/)
  })

  test('an administrator sees the own domains only', async ({ page, facts }) => {
    await signIn(page, 'domain administrator')
    await expect(page.getByRole('table', { name: 'Mailboxes' })).not.toContainText('@domain1.net')
    await page.getByRole('link', { name: 'Domains' }).click()
    await expect(page.getByRole('link', { name: 'domain2.me' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'domain1.net' })).toHaveCount(0)
    const foreign = await facts.values('johndoe', 'entryUUID')
    await page.goto(`/mailboxes/${foreign[0] ?? ''}`)
    await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible()
  })

  test('an owner sees the own addresses with what Postfix answers', async ({ page }) => {
    await signIn(page, 'mailbox owner')
    await expect(page.getByRole('heading', { name: 'My addresses' })).toBeVisible()
    await expect(page.getByRole('main')).toContainText('johndoe@domain1.net')
    await page.goto('/mailboxes')
    await expect(page).toHaveURL(/\/account$/)
  })
})
