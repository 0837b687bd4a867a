import type { Locator, Page } from '@playwright/test'
import { valuesOf } from '@/lib/ldap/entry'
import { SAMPLE_LOGINS, type SampleRole } from '@/scripts/demo/sample-people'
import { findEntries } from '../fixtures/domain'
import { pressOn, pressUntil, tabTo, typeInto } from '../fixtures/keyboard'
import { expect, lookupRow, test } from '../fixtures/test'

/** Signs in with the keyboard; the path is the only thing that is not typed. */
async function signInByKeys(page: Page, role: SampleRole): Promise<void> {
  const login = SAMPLE_LOGINS.find((candidate) => candidate.role === role)
  await page.goto('/sign-in')
  await typeInto(page, page.getByLabel('Mail address or user name'), login?.uid ?? '')
  await typeInto(page, page.getByLabel('Password', { exact: true }), login?.password ?? '')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeAttached()
}

/** Goes to a place of the panel with its two keys. */
async function jump(page: Page, key: string, place: string): Promise<void> {
  const heading = page.getByRole('heading', { level: 1, name: place })
  await expect(async () => {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await expect(heading).toBeVisible({ timeout: 1000 })
  }).toPass()
}

function paneOf(page: Page): Locator {
  return page.getByRole('complementary', { name: 'What Postfix will answer' })
}

/** Says yes to every finding, presses the button, and waits for the proof, which takes the focus. */
async function approveByKeys(page: Page, pane: Locator, button: string): Promise<void> {
  await expect(pane.getByText('The directory would accept this')).toBeVisible()
  for (const yes of await pane.getByRole('checkbox', { name: 'Yes, this is what I want' }).all())
    await pressOn(page, yes, 'Space')
  await pressOn(page, pane.getByRole('button', { name: button }))
  await expect(pane.getByRole('status')).toContainText('As previewed')
  await expect(pane.locator('[tabindex="-1"]', { has: page.getByRole('status') }).last()).toBeFocused()
}

test.describe('with the keyboard alone', () => {
  test('an alias is added to a mailbox that was searched for, is proved, and is taken back in History', async ({
    page,
    facts,
    postmap,
  }) => {
    await signInByKeys(page, 'postmaster')
    const main = page.getByRole('main')
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
    await pressOn(page, page.getByRole('link', { name: 'Skip to content' }))
    await expect(main).toBeFocused()
    const where = main.getByRole('searchbox')
    await tabTo(page, where)

    const palette = page.getByRole('dialog', { name: 'Command palette' })
    await pressUntil(page, 'Control+k', () => expect(palette).toBeVisible({ timeout: 1000 }))
    await page.keyboard.press('Escape')
    await expect(palette).toHaveCount(0)
    await expect(where).toBeFocused()
    await page.keyboard.press('Control+k')
    await expect(palette.getByRole('combobox')).toBeFocused()
    await page.keyboard.type('superjohn')
    await expect(palette.getByRole('option', { name: 'John Doe' })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'John Doe' })).toBeVisible()
    await expect(main).toBeFocused()

    const pane = paneOf(page)
    await typeInto(page, page.getByRole('textbox', { name: /^Aliases/ }), '@domain2.me')
    await page.keyboard.press('Enter')
    await expect(lookupRow(pane, '@domain2.me')).toContainText('johndoe@domain1.net')
    await approveByKeys(page, pane, 'Save')
    expect(await facts.values('johndoe', 'mailAlias')).toEqual(['superjohn@domain2.me', '@domain2.me'])
    expect((await postmap('@domain2.me', 'ldap-aliases')).stdout).toBe('johndoe@domain1.net\n')

    await jump(page, 'h', 'History')
    await pressOn(page, page.getByRole('link', { name: /added the alias @domain2\.me to John Doe/ }).first())
    await expect(page.getByRole('heading', { level: 1, name: /@domain2\.me/ })).toBeVisible()
    await expect(main).toBeFocused()
    await approveByKeys(page, page.getByRole('complementary', { name: /^Undo/ }), 'Undo this change')
    expect(await facts.values('johndoe', 'mailAlias')).toEqual(['superjohn@domain2.me'])
  })

  test('a domain is made, a mailbox in it, and its address is looked up', async ({
    page,
    facts,
    directory,
    postmap,
  }) => {
    await signInByKeys(page, 'postmaster')
    await jump(page, 'd', 'Domains')
    await pressOn(page, page.getByRole('link', { name: 'New domain' }))
    await expect(page.getByRole('heading', { level: 1, name: 'New domain' })).toBeVisible()
    await expect(page.getByRole('main')).toBeFocused()
    const pane = paneOf(page)
    await typeInto(page, page.getByRole('textbox', { name: /^Name dc/ }), 'keys.example')
    await expect(lookupRow(pane, 'keys.example')).toBeVisible()
    await approveByKeys(page, pane, 'Save')
    expect(await findEntries(directory, '(dc=keys.example)')).toHaveLength(1)

    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
    await page.keyboard.type('new mailb')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'New mailbox' })).toBeVisible()
    await typeInto(page, page.getByLabel(/^Given name/), 'Tabea')
    await typeInto(page, page.getByLabel(/^Family name/), 'Taste')
    await typeInto(page, page.getByLabel(/^Mailbox/), 'tabea')
    await typeInto(page, page.getByLabel('Domain', { exact: true }), 'keys')
    await expect(page.getByLabel('Domain', { exact: true })).toHaveValue('keys.example')
    await expect(lookupRow(pane, 'tabea@keys.example')).toBeVisible()
    await approveByKeys(page, pane, 'Save')
    await expect(page.getByText('Tabea Taste has a mailbox')).toBeVisible()
    const [entry] = await findEntries(directory, '(mail=tabea@keys.example)')
    expect(entry === undefined ? [] : valuesOf(entry, 'sn')).toEqual(['Taste'])
    expect(await facts.values('tabea', 'mailEnabled')).toEqual(['TRUE'])

    await jump(page, 'l', 'Lookups')
    await page.keyboard.press('/')
    await page.keyboard.type('tabea@keys.example')
    await page.keyboard.press('Enter')
    const answers = page.getByRole('list', { name: 'Answers of the tables' })
    await expect(answers).toContainText('tabea@keys.example')
    expect((await postmap('tabea@keys.example', 'ldap-vmailbox')).stdout).toBe('tabea@keys.example\n')
  })

  test('the list is searched, sorted and narrowed, and the chosen rows are disabled at once', async ({
    page,
    facts,
  }) => {
    await signInByKeys(page, 'postmaster')
    await jump(page, 'm', 'Mailboxes')
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await expect(help).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(help).toHaveCount(0)

    const search = page.getByRole('searchbox')
    await page.keyboard.press('/')
    await page.keyboard.type('domain2.me')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/q=domain2\.me/)
    await expect(search).toBeFocused()
    await pressOn(page, page.getByRole('link', { name: 'Enabled', exact: true }))
    await expect(page).toHaveURL(/q=domain2\.me.*kind=|kind=.*q=domain2\.me/)
    const table = page.getByRole('table', { name: 'Mailboxes' })
    const byName = table.getByRole('link', { name: 'Name', exact: true })
    await pressOn(page, byName)
    await expect(page).toHaveURL(/sort=cn/)
    await expect(byName).toBeFocused()
    await expect(table.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending')

    for (const name of ['Abena Osei', 'Mateo Ruiz Peña'])
      await pressOn(page, page.getByRole('checkbox', { name: `Select ${name}`, exact: true }), 'Space')
    await expect(page.getByText('2 selected')).toBeVisible()
    await tabTo(page, page.getByRole('button', { name: 'Change…' }), 'Shift+Tab')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Change many mailboxes' })).toBeVisible()
    await expect(page.getByRole('main')).toBeFocused()
    await pressOn(page, page.getByRole('radio', { name: /^Disable/ }), 'Space')
    await pressOn(page, page.getByRole('button', { name: 'Check what this does' }))
    const write = page.getByRole('button', { name: 'Write 2 changes' })
    await pressOn(page, write)
    await expect(page.getByText('2 rows are written')).toBeVisible()
    await expect(page.locator(':focus')).toHaveCount(1)
    for (const uid of ['aosei', 'mruiz']) expect(await facts.values(uid, 'mailEnabled')).toEqual(['FALSE'])
    await pressOn(page, page.getByRole('button', { name: 'Done', exact: true }))

    await expect(page.getByRole('heading', { level: 1, name: 'Mailboxes' })).toBeVisible()
    await pressOn(page, page.getByRole('link', { name: 'Alessia Marchetti' }))
    await expect(page.getByRole('heading', { level: 1, name: 'Alessia Marchetti' })).toBeVisible()
    await expect(page.getByRole('main')).toBeFocused()
  })

  test('on a narrow screen no field of a form is reached behind the sheet at its bottom', async ({
    page,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await signInByKeys(page, 'postmaster')
    await jump(page, 'm', 'Mailboxes')
    await pressOn(page, page.getByRole('link', { name: 'Alessia Marchetti' }))
    await typeInto(page, page.getByRole('textbox', { name: /^Aliases/ }), 'keys@domain1.net')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Save' })).toBeEnabled()
    await tabTo(page, page.getByRole('button', { name: 'Discard' }))
    await tabTo(page, page.getByLabel(/^Given name/), 'Shift+Tab')
  })

  test('an owner makes an alias, and leaves by the menu of a phone', async ({ page, facts }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await signInByKeys(page, 'mailbox owner')
    await typeInto(page, page.getByLabel('Name before the @'), 'tasten')
    await expect(page.getByText('Mail to tasten@domain1.net will reach you.')).toBeVisible()
    await pressOn(page, page.getByRole('button', { name: 'Add', exact: true }))
    const news = page.getByRole('status').filter({ hasText: '✓' })
    await expect(news).toContainText('tasten@domain1.net is yours now')
    expect(await facts.values('johndoe', 'mailAlias')).toContain('tasten@domain1.net')
    await pressOn(page, news.getByRole('button', { name: 'Close' }))
    await expect(news).toHaveCount(0)

    const menu = page.getByRole('button', { name: 'Menu' })
    const signOut = page.getByRole('button', { name: 'sign out' })
    await pressOn(page, menu)
    await tabTo(page, signOut)
    await page.keyboard.press('Escape')
    await expect(menu).toBeFocused()
    await page.keyboard.press('Enter')
    await pressOn(page, signOut)
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  })
})
