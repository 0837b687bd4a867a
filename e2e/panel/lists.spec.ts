import { expect, signIn, test } from '../fixtures/test'

test.describe('lists', () => {
  test('mailboxes are searched by the server, with the search in the URL', async ({ page }) => {
    await signIn(page, 'postmaster')
    await page.goto('/mailboxes')
    const table = page.getByRole('table', { name: 'Mailboxes' })
    await expect(table.getByRole('row')).not.toHaveCount(2)
    await expect(async () => {
      await page.keyboard.press('/')
      await expect(page.getByRole('searchbox')).toBeFocused({ timeout: 500 })
    }).toPass()
    await page.keyboard.type('superjohn')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/q=superjohn/)
    await expect(table.getByRole('row')).toHaveCount(2)
    await expect(table).toContainText('johndoe@domain1.net')
    await page.reload()
    await expect(table).toContainText('johndoe@domain1.net')
    await page.goto('/mailboxes?q=%28%2A%29%5C')
    await expect(page.getByText('Nothing matches')).toBeVisible()
  })

  test('a domain leads to its mailboxes', async ({ page }) => {
    await signIn(page, 'postmaster')
    await page.getByRole('link', { name: 'Domains' }).click()
    await expect(page).toHaveURL(/\/domains$/)
    await page
      .getByRole('row', { name: /^domain2\.me/ })
      .getByRole('link', { name: /mailbox/ })
      .click()
    await expect(page).toHaveURL(/domain=domain2\.me/)
    await expect(page.getByRole('table', { name: 'Mailboxes' })).not.toContainText('@domain1.net')
  })
})
