import { expect, signIn, test } from '../fixtures/test'

test.describe('lookups', () => {
  test('an address shows every table’s answer as postmap gives it, and where its mail goes', async ({
    page,
    postmap,
  }) => {
    await signIn(page, 'postmaster')
    await page.getByRole('link', { name: 'Lookups' }).click()
    await expect(page.getByText('Type an address, or any lookup key')).toBeVisible()
    await page.getByRole('searchbox').fill('superjohn@domain2.me')
    await page.getByRole('searchbox').press('Enter')
    await expect(page).toHaveURL(/\/lookups\?q=superjohn(%40|@)domain2\.me/)
    const answers = page.getByRole('list', { name: 'Answers of the tables' })
    const alias = answers.getByRole('listitem').filter({ hasText: 'virtual_alias_maps' })
    const { stdout } = await postmap('superjohn@domain2.me', 'ldap-aliases')
    await expect(alias).toContainText(stdout.trim())
    await expect(alias).toContainText(
      '(&(objectClass=PostfixBookMailAccount)(mailAlias=superjohn@domain2.me))',
    )
    await expect(alias.getByRole('button', { name: /^Copy postmap -q/ })).toBeVisible()
    await expect(answers.getByRole('listitem').filter({ hasText: 'virtual_mailbox_maps' })).toContainText(
      'nothing',
    )
    const diagram = page.getByRole('figure', { name: 'Where mail for superjohn@domain2.me goes' })
    await expect(diagram).toContainText(/superjohn@domain2\.me.*johndoe@domain1\.net.*Delivered/s)
  })

  test('an unknown address is rejected with the reply that Postfix gives', async ({ page }) => {
    await signIn(page, 'postmaster')
    await page.goto('/lookups?q=nobody@domain1.net')
    await expect(page.getByRole('figure')).toContainText(
      '550 5.1.1 <nobody@domain1.net>: Recipient address rejected: User unknown in virtual mailbox table',
    )
    await page.goto('/lookups?q=someone@not-hosted.example')
    await expect(page.getByRole('figure')).toContainText(
      '554 5.7.1 <someone@not-hosted.example>: Relay access denied',
    )
  })

  test('hostile keys are asked as they are', async ({ page }) => {
    await signIn(page, 'postmaster')
    for (const key of [
      '*',
      '(mail=*)',
      '\\2a',
      '"',
      "'; drop",
      '@',
      'ü@domain1.net',
      '<script>alert(1)</script>',
    ]) {
      await page.goto(`/lookups?q=${encodeURIComponent(key)}`)
      await expect(page.getByRole('list', { name: 'Answers of the tables' })).toBeVisible()
      await expect(page.getByRole('searchbox')).toHaveValue(key)
    }
  })

  test('an administrator may ask about the own domains only', async ({ page }) => {
    await signIn(page, 'domain administrator')
    await page.goto('/lookups?q=superjohn@domain2.me')
    await expect(page.getByRole('figure')).toContainText('Delivered')
    await page.goto('/lookups?q=johndoe@domain1.net')
    await expect(page.getByRole('main')).toContainText('You may ask about addresses of your own domains')
  })
})
