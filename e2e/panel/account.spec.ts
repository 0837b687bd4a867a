import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { COMMON_PASSWORD } from '@/scripts/demo/sample-people'
import { startDemoPostfix } from '../fixtures/demo-postfix'
import { signInAs } from '../fixtures/sign-in'
import { expect, signIn, test } from '../fixtures/test'
import { undoLine } from '../fixtures/undone-task'

const PHONE = { width: 390, height: 844 }

/** The row of an address in one of the lists, opened. */
async function openRow(page: Page, list: string, address: string): Promise<Locator> {
  const row = page
    .getByRole('list', { name: list })
    .getByRole('listitem')
    .filter({ hasText: address })
    .first()
  await row.getByText(address).first().click()
  return row
}

function news(page: Page): Locator {
  return page.getByRole('status').filter({ hasText: /✓|!/ })
}

test.describe('an owner on a phone', () => {
  test.use({ viewport: PHONE })

  test('makes a random address, gets mail by it, switches it off, and it is refused', async ({
    page,
    directory,
    facts,
    postmap,
  }) => {
    const postfix = await startDemoPostfix(directory)
    try {
      await signIn(page, 'mailbox owner')
      await page.getByLabel('Domain', { exact: true }).selectOption('domain2.me')
      await page.getByRole('button', { name: 'Random words' }).click()
      await expect(news(page)).toContainText('is yours now')
      await expect(news(page)).toContainText('answers as shown')
      const [address = ''] = /[a-z0-9-]+@domain2\.me/.exec((await news(page).textContent()) ?? '') ?? []
      expect(address).toMatch(/^[a-z]+-[a-z]+-[a-z0-9]{3}@domain2\.me$/)
      expect(await facts.values('johndoe', 'mailAlias')).toContain(address)
      expect(await postmap(address, 'ldap-aliases')).toMatchObject({ stdout: 'johndoe@domain1.net\n' })
      const reached = page.getByRole('list', { name: 'Addresses that reach you' })
      await expect(reached.getByRole('listitem').filter({ hasText: address })).toContainText('reaches you')

      expect(await postfix.send(address)).toMatch(/^250/)
      await expect.poll(() => postfix.sink.messages.length).toBe(1)
      expect(postfix.sink.messages[0]?.recipients).toEqual(['johndoe@domain1.net'])

      const row = await openRow(page, 'Addresses that reach you', address)
      await row.getByRole('button', { name: 'Switch off' }).click()
      await expect(row).toContainText(`Mail to ${address} will be refused from now on.`)
      await row.getByRole('button', { name: 'Switch off now' }).click()
      await expect(news(page)).toContainText(`${address} is switched off`)
      expect(await facts.values('johndoe', 'mailAlias')).not.toContain(address)
      expect(await postfix.send(address)).toMatch(/^550/)

      const off = await openRow(page, 'Switched off', address)
      await off.getByRole('button', { name: 'Switch on' }).click()
      await expect(off).toContainText(`Mail to ${address} will reach you.`)
      await off.getByRole('button', { name: 'Switch on now' }).click()
      await expect(news(page)).toContainText('is switched on again')
      expect(await postfix.send(address)).toMatch(/^250/)
      await expect.poll(() => postfix.sink.messages.length).toBe(2)
    } finally {
      await postfix.stop()
    }
  })

  test('types an address, sees where its mail would go, and adds it at one tap', async ({
    page,
    browser,
    panel,
    facts,
  }) => {
    await signInAs(page, 'lwojcik', COMMON_PASSWORD)
    const localpart = page.getByLabel('Name before the @')
    const form = page.getByRole('region', { name: 'New address' })
    await localpart.fill('sales')
    await expect(form).toContainText('sales is reserved')
    await localpart.fill('mary')
    await expect(form).toContainText('This address is somebody’s already')
    await expect(form).not.toContainText(/mbrown|mary\.brown/)
    await expect(form.getByRole('button', { name: 'Add', exact: true })).toBeDisabled()
    await localpart.fill('Lukasz-Shop')
    await expect(form).toContainText('Mail to lukasz-shop@domain1.net will reach you.')
    await form.getByText('What the mail server will answer').click()
    await expect(form).toContainText(
      /virtual_alias_maps\s*now\s*nothing\s*after\s*lukasz\.wojcik@domain1\.net/,
    )
    await form.getByText('Note and last day').click()
    await form.getByLabel(/^Note/).fill('the shoe shop')
    await form.getByLabel('Last day').fill('2000-01-01')
    await expect(form).toContainText('Choose a day that is still to come')
    await form.getByLabel('Last day').fill('2999-12-31')
    await form.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(news(page)).toContainText('lukasz-shop@domain1.net is yours now')
    expect(await facts.values('lwojcik', 'mailAlias')).toEqual([
      'lukasz@domain1.net',
      'lukasz-shop@domain1.net',
    ])
    const row = await openRow(page, 'Addresses that reach you', 'lukasz-shop@domain1.net')
    await expect(row).toContainText('the shoe shop · until December 31, 2999')
    await row.getByRole('button', { name: 'Remove' }).click()
    await row.getByRole('button', { name: 'Remove now' }).click()
    await expect(news(page)).toContainText('is removed')
    expect(await facts.values('lwojcik', 'mailAlias')).toEqual(['lukasz@domain1.net'])
    expect(await facts.dump()).not.toContain('the shoe shop')

    const postmaster = await (await browser.newContext({ baseURL: panel.url })).newPage()
    await signIn(postmaster, 'postmaster')
    await undoLine(postmaster, /removed the alias lukasz-shop@domain1\.net/)
    expect(await facts.values('lwojcik', 'mailAlias')).toContain('lukasz-shop@domain1.net')
    await postmaster.context().close()
  })

  test('is told what administrators give, and what the mail server does not read', async ({
    page,
    facts,
  }) => {
    const before = await facts.dump()
    await signInAs(page, 'rfeldmann', COMMON_PASSWORD)
    await expect(page.getByRole('region', { name: 'Forwarding' })).toContainText(
      'The directory names ruth.feldmann@post.example.org, but the mail server does not look at that',
    )
    await page.context().clearCookies()
    await signInAs(page, 'amarchetti', COMMON_PASSWORD)
    const row = await openRow(page, 'Addresses that reach you', 'sales@domain1.net')
    await expect(row).toContainText('reaches you and others')
    await expect(row).toContainText('Your postmaster gives and takes this address.')
    await expect(page.getByRole('main')).not.toContainText('koehler')
    expect(await facts.dump()).toBe(before)
  })
})

test('the page speaks German', async ({ browser, panel }) => {
  const context = await browser.newContext({ locale: 'de-DE', viewport: PHONE })
  const page = await context.newPage()
  await page.goto(`${panel.url}/sign-in`)
  await page.locator('input[name="name"]').fill('johndoe')
  await page.locator('input[name="password"]').fill('demo-owner')
  await page.locator('button[type="submit"]').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Meine Adressen')
  await page.getByLabel('Name vor dem @').fill('laden-7')
  await expect(page.getByText('E-Mails an laden-7@domain1.net werden Sie erreichen.')).toBeVisible()
  await context.close()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page keeps WCAG 2.2 AA in ${colorScheme}`, async ({ page }, info) => {
    await page.emulateMedia({ colorScheme })
    await signIn(page, 'mailbox owner')
    await page.getByLabel('Name before the @').fill('axe-shop')
    await expect(page.getByText('will reach you.')).toBeVisible()
    const row = await openRow(page, 'Addresses that reach you', 'superjohn@domain2.me')
    await row.getByRole('button', { name: 'Switch off' }).click()
    await expect(row).toContainText('will be refused from now on')
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 })
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
      expect(violations.map(({ id, nodes }) => [width, id, nodes.map(({ html }) => html)])).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow).toBeLessThanOrEqual(0)
      await page.screenshot({ path: info.outputPath(`account-${width}-${colorScheme}.png`), fullPage: true })
    }
  })
}
