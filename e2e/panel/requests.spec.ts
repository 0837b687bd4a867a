import { confirmFindings } from '../fixtures/test'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { COMMON_PASSWORD } from '@/scripts/demo/sample-people'
import { expect, signIn, signInAs, test } from '../fixtures/sign-in'

/** An owner of the bookshop, whose new aliases need a yes. */
const OWNER = { uid: 'nmurphy', name: 'Niamh Murphy' }

async function ask(page: Page, address: string, why: string): Promise<void> {
  await page.goto('/account/requests')
  await page.getByLabel('Address').fill(address)
  await page.getByLabel(/^What for/).fill(why)
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
}

async function noViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

test.describe('an alias that waits for a yes', () => {
  // Two people in two browsers, on a machine that may have other things to do.
  test.describe.configure({ timeout: 180_000 })

  test('is asked for by the owner, granted by the administrator, and proved', async ({
    page,
    browser,
    panel,
    facts,
    postmap,
  }, info) => {
    const address = 'poetry@quayside-books.example'
    await signInAs(page, OWNER.uid, COMMON_PASSWORD)
    await ask(page, address, 'The poetry club')
    await expect(page.getByRole('status')).toContainText(`You asked for ${address}`)
    const own = page.getByRole('list', { name: 'My requests' })
    await expect(own).toContainText('waiting')
    await noViolations(page)
    await page.screenshot({ path: info.outputPath('own-1440.png') })
    expect(await facts.values(OWNER.uid, 'mailAlias')).not.toContain(address)

    const other = await browser.newContext()
    const staff = await other.newPage()
    await signInAs(staff, 'isorensen', 'demo-administrator', panel.url)
    await expect(staff.getByRole('navigation', { name: 'Places' })).toContainText('1 request waits')
    await staff.getByRole('link', { name: /^Requests/ }).click()
    const waiting = staff.getByRole('list', { name: 'Waiting requests' })
    await expect(waiting).toContainText(/poetry@quayside-books\.example\s*Niamh Murphy/)
    await noViolations(staff)
    await staff.screenshot({ path: info.outputPath('list-1440.png') })
    await waiting.getByRole('link', { name: address }).click()
    const pane = staff.getByRole('complementary', { name: /^Yes/ })
    await expect(pane.getByRole('list', { name: 'Lookups that change' })).toContainText(address)
    await noViolations(staff)
    await staff.screenshot({ path: info.outputPath('one-1440.png'), fullPage: true })
    await confirmFindings(pane)
    await pane.getByRole('button', { name: 'Say yes' }).click()
    await expect(pane.getByRole('status')).toContainText('As previewed')
    await expect(staff.getByRole('navigation', { name: 'Places' })).not.toContainText('waits')
    expect(await facts.values(OWNER.uid, 'mailAlias')).toContain(address)
    expect(await postmap(address, 'ldap-aliases')).toMatchObject({
      stdout: 'niamh@quayside-books.example\n',
      status: 0,
    })
    await staff.goto(`${panel.url}/history`)
    await expect(staff.getByRole('list', { name: 'Changes' })).toContainText(
      /Ingrid S\S+ added the alias poetry@quayside-books\.example to Niamh/,
    )
    await other.close()

    await page.reload()
    await expect(own).toContainText(/granted\s*Ingrid S\S+ said yes/)
    await expect(own.getByRole('button')).toHaveCount(0)
    expect(panel.output()).toMatch(/"method":"granted".*"dn":"uid=isorensen,.*"about":"uid=nmurphy,/)
  })

  test('is refused with a reason that the owner reads, or withdrawn', async ({
    page,
    browser,
    panel,
    facts,
  }) => {
    await signInAs(page, OWNER.uid, COMMON_PASSWORD)
    await ask(page, 'cafe@quayside-books.example', '')
    await expect(page.getByRole('status')).toContainText('You asked for cafe@')
    const other = await browser.newContext()
    const staff = await other.newPage()
    await signInAs(staff, 'isorensen', 'demo-administrator', panel.url)
    await staff.goto(`${panel.url}/requests`)
    await staff.getByRole('link', { name: 'cafe@quayside-books.example' }).click()
    const pane = staff.getByRole('complementary', { name: /^Yes/ })
    await pane.getByRole('button', { name: 'Say no' }).click()
    await expect(pane).toContainText('Write a reason')
    await pane.getByLabel(/^Reason/).fill('The café has its own mailbox.')
    await pane.getByRole('button', { name: 'Say no' }).click()
    await expect(pane.getByRole('status')).toContainText('The answer is no')
    await other.close()

    await ask(page, 'maps@quayside-books.example', '')
    const own = page.getByRole('list', { name: 'My requests' })
    await expect(own).toContainText(/refused\s*Ingrid S\S+ said no.*Reason: The café has its own mailbox\./s)
    await own.getByRole('button', { name: 'Withdraw the request for maps@quayside-books.example' }).click()
    await expect(own).not.toContainText('maps@')
    const aliases = await facts.values(OWNER.uid, 'mailAlias')
    expect(aliases.filter((alias) => /^(?:cafe|maps)@/.test(alias))).toEqual([])
  })

  test('is not for everybody: what may not be had cannot be asked for, and nobody else decides', async ({
    page,
    facts,
  }) => {
    const before = await facts.dump()
    await signInAs(page, OWNER.uid, COMMON_PASSWORD)
    const refused = [
      ['@quayside-books.example', /every address of a domain/],
      ['postmaster@quayside-books.example', /reserved|administrators|keeps/i],
      ['stolen@birkenhof.example', /quayside-books\.example/],
      ['EVENTS@quayside-books.example', /yours already/],
    ] as const
    for (const [address, sentence] of refused) {
      await ask(page, address, '')
      await expect(page.getByRole('form', { name: 'Ask for an alias' })).toContainText(sentence)
    }
    await page.goto('/requests')
    await expect(page).toHaveURL(/\/account$/)
    expect(await facts.dump()).toBe(before)
    // In the other domains there is nothing to ask for.
    await page.context().clearCookies()
    await signIn(page, 'mailbox owner')
    await page.goto('/account/requests')
    await expect(page.getByRole('main')).toContainText('You can add aliases yourself')
  })
})
