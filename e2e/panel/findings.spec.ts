import AxeBuilder from '@axe-core/playwright'
import { confirmFindings, expect, signIn, test } from '../fixtures/test'

test('what needs attention leads to the list, the mailbox and its mending, and then it is gone', async ({
  page,
  facts,
  postmap,
}) => {
  const shadowed = 'mary.brown@domain1.net'
  await signIn(page, 'postmaster')
  const attention = page.getByRole('region', { name: 'Needs attention' })
  const item = attention.getByRole('listitem').filter({ hasText: 'an alias has the same address' })
  await item.getByRole('link', { name: 'Show it in the list' }).click()
  await expect(page).toHaveURL(/kind=withFinding&finding=shadowedMailbox/)
  const table = page.getByRole('table', { name: 'Mailboxes' })
  await expect(table.getByRole('row')).toHaveCount(2)
  await expect(table).toContainText('also an alias of tom.fletcher@domain1.net')

  await page.getByRole('link', { name: 'All findings' }).click()
  await expect(table).toContainText('orders@birkenhof-shop.example')
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)

  await table.getByRole('link', { name: 'Mary Brown' }).click()
  const notice = page.getByRole('region', { name: 'Findings' })
  await expect(notice).toContainText(`${shadowed} is also an alias of tom.fletcher@domain1.net`)
  expect((await postmap(shadowed, 'ldap-aliases')).stdout.trim()).toBe('tom.fletcher@domain1.net')
  await notice.getByRole('link', { name: `Open the alias ${shadowed}` }).click()
  await page.getByRole('button', { name: 'Remove this alias' }).click()
  const pane = page.getByRole('complementary', { name: 'What Postfix will answer' })
  await expect(pane.getByText('The directory would accept this')).toBeVisible()
  await confirmFindings(pane)
  await pane.getByRole('button', { name: 'Save' }).click()
  await expect(pane.getByRole('status')).toContainText('As previewed')
  expect(await facts.values('tfletcher', 'mailAlias')).toEqual(['tom@domain1.net'])
  expect(await postmap(shadowed, 'ldap-aliases')).toMatchObject({ stdout: '', status: 1 })

  await page.goto('/mailboxes?q=mbrown')
  await page.getByRole('link', { name: 'Mary Brown' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Mary Brown' })).toBeVisible()
  await expect(notice).toHaveCount(0)
  await expect(async () => {
    await page.goto('/mailboxes?kind=withFinding')
    await expect(table).toContainText('Anneliese Bäcker', { timeout: 1000 })
    await expect(table).not.toContainText('Mary Brown', { timeout: 1000 })
  }).toPass()
})
