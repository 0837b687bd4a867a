import { expect, signIn, test } from '../fixtures/test'

test('the list of mailboxes is narrowed by kind, by the server, in the URL', async ({ page, facts }) => {
  await signIn(page, 'postmaster')
  await page.goto('/mailboxes')
  const table = page.getByRole('table', { name: 'Mailboxes' })
  const kinds = page.getByRole('navigation', { name: 'Kinds of mailboxes' })

  await kinds.getByRole('link', { name: 'Disabled' }).click()
  await expect(page).toHaveURL(/kind=disabled/)
  await expect(table.getByRole('row')).toHaveCount(2)
  await expect(table).toContainText('Pavel Novák')
  expect(await facts.values('pnovak', 'mailEnabled')).toEqual(['FALSE'])

  await kinds.getByRole('link', { name: 'Forwarding' }).click()
  await expect(page).toHaveURL(/kind=forwarding/)
  await expect(table).toContainText('Ruth Feldmann')
  await expect(table).not.toContainText('John Doe')

  await kinds.getByRole('link', { name: 'Without alias' }).click()
  await expect(table).toContainText('Kenji Tanaka')
  await expect(table).not.toContainText('John Doe')

  await page.goto('/mailboxes?kind=nonsense&sort=nonsense&page=-3')
  await expect(table).toContainText('John Doe')
})
