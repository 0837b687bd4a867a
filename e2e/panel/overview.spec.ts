import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { personDn } from '@/scripts/demo/names'
import { pressUntil } from '../fixtures/keyboard'
import { expect, signIn, test } from '../fixtures/test'

async function violations(page: Page): Promise<readonly string[]> {
  const result = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

test.describe('overview', () => {
  test('counts, says what needs attention, and leads to where it is put right', async ({ page, facts }) => {
    await facts.modify(
      `dn: ${personDn('mbrown')}\nchangetype: modify\nreplace: title\ntitle: Head of accounts\n`,
    )
    await signIn(page, 'postmaster')
    await expect(page).toHaveURL(/\/overview$/)
    const figures = page.getByRole('region', { name: 'In numbers' })
    const mailboxes = ((await facts.dump()).match(/^objectClass: PostfixBookMailAccount$/gm) ?? []).length
    await expect(figures.getByText('mailboxes').locator('..')).toContainText(String(mailboxes))
    const attention = page.getByRole('region', { name: 'Needs attention' })
    await expect(attention).toContainText('mary.brown@domain1.net')
    await expect(attention).toContainText('orders@birkenhof-shop.example')
    await expect(page.getByRole('region', { name: 'Recent changes' })).toContainText('Head of accounts')
    const chart = page.getByRole('figure', { name: 'Mailboxes in each domain' })
    await chart.getByText('As a table').click()
    await expect(chart.getByRole('table')).toContainText('quayside-books.example')
    await expect(page.getByRole('figure', { name: 'Changes in the last 30 days' })).toBeVisible()
    await attention.getByRole('link', { name: 'quayside-books.example' }).click()
    await expect(page.getByLabel(/^Alias address/)).toHaveValue('postmaster@quayside-books.example')
  })

  test('answers in place where mail goes', async ({ page }) => {
    await signIn(page, 'postmaster')
    await page.getByRole('searchbox').fill('sales@domain1.net')
    await page.getByRole('searchbox').press('Enter')
    const answer = page.getByRole('region', { name: 'Where does mail for … go?' })
    await expect(answer).toContainText('delivered to')
    await expect(answer.getByRole('figure')).toContainText('alessia.marchetti@domain1.net')
    await page.goto('/overview?q=nobody@domain1.net')
    await expect(answer).toContainText('550 5.1.1')
  })

  test('an administrator sees nothing of other domains', async ({ page }) => {
    await signIn(page, 'domain administrator')
    await expect(page.getByRole('figure', { name: 'Mailboxes in each domain' })).toContainText('domain2.me')
    await expect(page.getByRole('region', { name: 'Needs attention' })).toContainText('quayside-books')
    await expect(page.getByRole('main')).not.toContainText('domain1.net')
    await page.goto('/overview?q=johndoe@domain1.net')
    await expect(page.getByRole('main')).toContainText('You may ask about addresses of your own domains')
  })
})

test('the command palette finds, jumps and chooses, with the keyboard alone', async ({ page }) => {
  await signIn(page, 'postmaster')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await pressUntil(page, 'Control+k', () => expect(palette).toBeVisible({ timeout: 1000 }))
  await page.keyboard.type('superjohn')
  await expect(palette.getByRole('option', { name: 'John Doe' })).toBeVisible()
  await expect(palette.getByRole('option', { name: 'superjohn@domain2.me', exact: true })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'John Doe' })).toBeVisible()

  await page.goto('/domains')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await pressUntil(page, '?', () => expect(help).toBeVisible({ timeout: 1000 }))
  await help.getByRole('checkbox').uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await page.keyboard.press('Control+k')
  await expect(palette).toBeVisible()
  await expect(help).toHaveCount(0)
  await page.keyboard.type('keyboard')
  await page.keyboard.press('Enter')
  await help.getByRole('checkbox').check()
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await expect(page).toHaveURL(/\/aliases$/)
})

test('theme and language are kept, and the menu of a phone leads everywhere', async ({ page }) => {
  await signIn(page, 'postmaster')
  await page.getByRole('button', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Übersicht' })).toBeVisible()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(page.getByRole('navigation', { name: 'Bereiche' })).toBeHidden()
  await page.getByRole('button', { name: 'Menü' }).click()
  expect(await violations(page)).toEqual([])
  await page.getByRole('link', { name: 'Aliasse', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Aliasse' })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Bereiche' })).toBeHidden()
})

for (const [theme, width] of [
  ['light', 1440],
  ['dark', 390],
] as const) {
  test(`overview and aliases keep WCAG 2.2 AA in ${theme}, ${width} wide`, async ({ page, facts }, info) => {
    await signIn(page, 'postmaster')
    await page.context().addCookies([{ name: 'theme', value: theme, url: page.url() }])
    await page.setViewportSize({ width, height: 900 })
    const [id = ''] = await facts.values('amarchetti', 'entryUUID')
    for (const [name, path] of [
      ['overview', '/overview?q=sales@domain1.net'],
      ['aliases', '/aliases'],
      ['alias', '/aliases/edit?address=sales@domain1.net'],
      ['reaching', `/mailboxes/${id}/addresses`],
    ] as const) {
      await page.goto(path)
      await page.waitForLoadState('networkidle')
      expect([name, await violations(page)]).toEqual([name, []])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow).toBeLessThanOrEqual(0)
      await page.screenshot({ path: info.outputPath(`${name}-${width}-${theme}.png`), fullPage: true })
    }
  })
}
