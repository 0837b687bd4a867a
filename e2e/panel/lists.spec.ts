import type { Browser, Locator, Page } from '@playwright/test'
import { ROWS_PER_PAGE } from '@/lib/entries/list-page'
import { SAMPLE_PEOPLE } from '@/scripts/demo/sample-people'
import { pressOn, typeInto } from '../fixtures/keyboard'
import { expect, signIn, test } from '../fixtures/test'

/** More than a page of them, and less than two. */
const COUNT = SAMPLE_PEOPLE.length

function mailboxes(page: Page): Locator {
  return page.getByRole('table', { name: 'Mailboxes' })
}

/** Another browser of the same person, which runs no scripts. */
async function withoutScripts(browser: Browser, page: Page): Promise<Page> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
    locale: 'en-GB',
    baseURL: new URL(page.url()).origin,
  })
  return context.newPage()
}

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

  test('a list has a first and a last page and any between, by the keyboard and in the URL', async ({
    page,
  }) => {
    await signIn(page, 'postmaster')
    await page.goto('/mailboxes?sort=cn')
    const pages = page.getByRole('navigation', { name: 'Pages' })
    const rows = mailboxes(page).getByRole('row')
    await expect(pages).toContainText(`1–${ROWS_PER_PAGE} of ${COUNT}`)
    await expect(rows).toHaveCount(ROWS_PER_PAGE + 1)
    for (const name of ['First', 'Previous'])
      await expect(pages.getByRole('link', { name, exact: true })).toBeDisabled()

    await pressOn(page, pages.getByRole('link', { name: 'Last' }))
    await expect(page).toHaveURL(/sort=cn&page=2$/)
    await expect(rows).toHaveCount(COUNT - ROWS_PER_PAGE + 1)
    await expect(pages.getByRole('link', { name: 'Next' })).toBeDisabled()

    await pages.getByLabel('Page').fill('1')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/sort=cn&page=1$/)
    await expect(rows).toHaveCount(ROWS_PER_PAGE + 1)
    await expect(pages.getByLabel('Page')).toBeFocused()

    await page.goto('/mailboxes?sort=cn&page=9')
    await expect(page.getByText('The list ends before this page')).toBeVisible()
    await expect(page.getByText('It has 2 pages.')).toBeVisible()
    await page.getByRole('link', { name: 'To the last page' }).click()
    await expect(page).toHaveURL(/sort=cn&page=2$/)
    await expect(rows).toHaveCount(COUNT - ROWS_PER_PAGE + 1)
    await page.goto('/mailboxes?q=nobody-of-this-name&page=9')
    await expect(page.getByText('Nothing matches')).toBeVisible()
  })

  test('pages and domains are chosen without scripts, too', async ({ page, browser }) => {
    await signIn(page, 'postmaster')
    const plain = await withoutScripts(browser, page)
    await plain.goto('/mailboxes?kind=enabled')
    await plain.getByLabel('Domain', { exact: true }).fill('domain2.me')
    await plain.keyboard.press('Enter')
    await expect(plain).toHaveURL(/domain=domain2\.me/)
    await expect(plain).toHaveURL(/kind=enabled/)
    await expect(mailboxes(plain)).toContainText('ingrid@domain2.me')
    await expect(mailboxes(plain)).not.toContainText('@domain1.net')
    await plain.goto('/mailboxes')
    await plain.getByRole('spinbutton', { name: 'Page' }).fill('2')
    await plain.getByRole('button', { name: 'Go' }).click()
    await expect(plain).toHaveURL(/page=2/)
    await expect(mailboxes(plain).getByRole('row')).toHaveCount(COUNT - ROWS_PER_PAGE + 1)
    await plain.context().close()
  })

  test('lists are narrowed to a domain with the keyboard, beside the other filters', async ({ page }) => {
    await signIn(page, 'postmaster')
    const box = page.getByRole('combobox', { name: 'Domain' })
    const choices = page.getByRole('listbox', { name: 'Domains' }).getByRole('option')
    await page.goto('/mailboxes?q=o&kind=enabled')
    await expect(async () => {
      await box.fill('')
      await typeInto(page, box, 'OMAIN2')
      await expect(choices).toHaveText(['domain2.me'], { timeout: 2_000 })
    }).toPass()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/q=o&kind=enabled&.*domain=domain2\.me/)
    await expect(mailboxes(page)).toContainText('@domain2.me')
    await expect(mailboxes(page)).not.toContainText('@domain1.net')
    await expect(choices).toHaveCount(0)
    await pressOn(page, page.getByRole('link', { name: 'All domains, not only domain2.me' }))
    await expect(page).not.toHaveURL(/domain=/)
    await expect(mailboxes(page)).toContainText('@domain1.net')
    await expect(box).toHaveValue('')

    await page.goto('/aliases')
    await expect(async () => {
      await box.focus()
      await page.keyboard.press('ArrowDown')
      await expect(choices.first()).toHaveText('birkenhof.example', { timeout: 2_000 })
    }).toPass()
    await page.keyboard.press('Escape')
    await expect(choices).toHaveCount(0)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect(box).toHaveAttribute(
      'aria-activedescendant',
      (await choices.first().getAttribute('id')) ?? '',
    )
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/domain=birkenhof\.example/)
    const aliases = page.getByRole('table', { name: 'Aliases' })
    await expect(aliases).toContainText('@birkenhof.example')
    await expect(aliases).not.toContainText('studio@domain2.me')
  })

  test('a domain administrator is offered the own domains alone', async ({ page }) => {
    await signIn(page, 'domain administrator')
    await page.goto('/mailboxes')
    const choices = page.getByRole('listbox', { name: 'Domains' }).getByRole('option')
    await expect(async () => {
      await page.getByRole('combobox', { name: 'Domain' }).click()
      await expect(choices).toHaveText(['domain2.me', 'quayside-books.example'], { timeout: 2_000 })
    }).toPass()
    await page.goto('/mailboxes?domain=domain1.net')
    await expect(page.getByText('No mailboxes here')).toBeVisible()
  })

  test('a mailbox stands with its quota where there is room', async ({ page }) => {
    await signIn(page, 'postmaster')
    await page.goto('/mailboxes')
    const quota = (name: RegExp) => mailboxes(page).getByRole('row', { name }).getByRole('cell').nth(3)
    await expect(page.getByRole('columnheader', { name: 'Quota' })).toBeVisible()
    await expect(quota(/Martha Okafor/)).toHaveText('4 GB')
    await expect(quota(/Jonas Brandt/)).toHaveText('500 MB')
    await expect(quota(/Ruth Feldmann/)).toContainText('no quota')
    await page.setViewportSize({ width: 390, height: 844 })
    await expect(page.getByText('4 GB').first()).toBeHidden()
  })
})
