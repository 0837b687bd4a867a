import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { MAIL_BASE, personDn } from '@/scripts/demo/names'
import { COMMON_PASSWORD } from '@/scripts/demo/sample-people'
import { ldapwhoami } from '../fixtures/directory'
import { confirmFindings, expect, lookupRow, openMailbox, signIn, test } from '../fixtures/test'

const PANE = 'What Postfix will answer'

function paneOf(page: Page): Locator {
  return page.getByRole('complementary', { name: PANE })
}

/** Says yes to every finding and presses the button that makes the change. */
async function approve(page: Page, button: string): Promise<void> {
  const pane = paneOf(page)
  // While the tables are asked the button says so.
  await expect(pane.getByRole('button', { name: button })).toBeVisible()
  await expect(pane.getByText('The directory would accept')).toBeVisible()
  await confirmFindings(pane)
  await pane.getByRole('button', { name: button }).click()
  await expect(pane.getByRole('status')).toContainText('As previewed')
}

/** Opens a task of a mailbox from its page. */
async function openTask(page: Page, name: string, task: string): Promise<void> {
  await openMailbox(page, name)
  await page.getByRole('navigation', { name: 'What to do with this mailbox' }).getByText(task).click()
  await expect(page.getByRole('heading', { level: 1, name: task })).toBeVisible()
}

/** Undoes the newest change of an entry whose sentence has these words, from the history. */
async function undoFromHistory(page: Page, dn: string, words: RegExp): Promise<void> {
  await page.goto(`/history?entry=${encodeURIComponent(dn)}`)
  await page.getByRole('list', { name: 'Changes' }).getByRole('link', { name: words }).first().click()
  const pane = page.getByRole('complementary', { name: /^Undo/ })
  await expect(pane.getByRole('button', { name: 'Undo this change' })).toBeVisible()
  await confirmFindings(pane)
  await pane.getByRole('button', { name: 'Undo this change' }).click()
  await expect(pane.getByRole('status')).toContainText('As previewed')
}

test.describe('a mailbox', () => {
  test('is created like its neighbours, with a password that is shown once', async ({
    page,
    facts,
    postmap,
    directory,
  }) => {
    await signIn(page, 'postmaster')
    await page.goto('/mailboxes?domain=domain1.net')
    await page.getByRole('link', { name: 'New mailbox' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'New mailbox' })).toBeVisible()
    await page.getByLabel(/^Given name/).fill('Joanna')
    await page.getByLabel(/^Family name/).fill('Doe')
    await expect(page.getByLabel(/^Full name/)).toHaveValue('Joanna Doe')
    await page.getByLabel(/^Mailbox/).fill('johndoe')
    await expect(page.getByText('johndoe is taken. johndoe2 is free.')).toBeVisible()
    await page.getByLabel(/^Mailbox/).fill('joanna.doe')
    await expect(page.getByLabel(/^User name/)).toHaveValue('joanna.doe')
    await page.getByLabel(/^User name/).fill('joannad')
    await page.getByRole('textbox', { name: /^Aliases/ }).fill('joanna@domain1.net')
    const pane = paneOf(page)
    await expect(lookupRow(pane, 'joanna@domain1.net')).toContainText('joanna.doe@domain1.net')
    await approve(page, 'Save')

    await expect(page.getByText('Joanna Doe has a mailbox')).toBeVisible()
    const password = await page.getByRole('main').locator('code').first().innerText()
    expect(password).toMatch(/^[a-z0-9]{5}(-[a-z0-9]{5}){3}$/)
    const dn = `uid=joannad,${MAIL_BASE}`
    expect(await ldapwhoami(directory, { dn, password })).toMatchObject({ status: 0 })
    expect(await facts.values('joannad', 'mailHomeDirectory')).toEqual(['/srv/mail/domain1.net/joanna.doe'])
    expect(await facts.values('joannad', 'mailStorageDirectory')).toEqual([
      '/srv/mail/domain1.net/joanna.doe/Maildir',
    ])
    expect(await facts.values('joannad', 'mailUidNumber')).toEqual(['5000'])
    expect(await facts.values('joannad', 'mailEnabled')).toEqual(['TRUE'])
    expect(await postmap('joanna@domain1.net', 'ldap-aliases')).toMatchObject({
      stdout: 'joanna.doe@domain1.net\n',
    })
    await page.getByRole('link', { name: 'Open the mailbox' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Joanna Doe' })).toBeVisible()
    expect(await page.content()).not.toContain(password)

    await page.getByRole('link', { name: 'Duplicate' }).click()
    await expect(page.getByText('Like Joanna Doe')).toBeVisible()
    await page.getByLabel(/^Mailbox/).fill('max.doe')
    await expect(page.getByLabel(/^User name/)).toHaveValue('max.doe')
    await expect(page.getByLabel(/^Home directory/)).toHaveValue('/srv/mail/domain1.net/max.doe')
    await facts.modify(`dn: ${dn}\nchangetype: delete\n`)
  })

  test('has every attribute in one form, with units, lists and the class that a forward needs', async ({
    page,
    facts,
  }) => {
    await signIn(page, 'postmaster')
    await openMailbox(page, 'Dina Haddad')
    const quota = await facts.values('dhaddad', 'mailQuota')
    await page.getByLabel(/^Quota/).fill('a lot')
    await expect(page.getByText('This is no size')).toBeVisible()
    await page.getByLabel(/^Quota/).fill('1,5 GB')
    await page.getByRole('textbox', { name: /^Mobile/ }).fill('+49 30 1')
    await page.getByRole('textbox', { name: /^Mobile/ }).press('Enter')
    await page.getByRole('textbox', { name: /^Mobile/ }).fill('+49 30 2')
    await page.getByRole('textbox', { name: /^Forwards to/ }).fill('dina@post.example.org')
    await page.getByText('More about the person').click()
    await page.getByLabel(/^Postal address/).fill('Dina Haddad\nKai 1')
    await approve(page, 'Save')
    expect(await facts.values('dhaddad', 'mailQuota')).toEqual(['1572864'])
    expect(await facts.values('dhaddad', 'mobile')).toEqual(['+49 30 1', '+49 30 2'])
    expect(await facts.values('dhaddad', 'postalAddress')).toEqual(['Dina Haddad$Kai 1'])
    expect(await facts.values('dhaddad', 'objectClass')).toContain('PostfixBookMailForward')
    await undoFromHistory(page, personDn('dhaddad'), /Dina Haddad/)
    expect(await facts.values('dhaddad', 'mailQuota')).toEqual(quota)
    expect(await facts.values('dhaddad', 'objectClass')).not.toContain('PostfixBookMailForward')
    expect(await facts.values('dhaddad', 'mailForwardingAddress')).toEqual([])
  })

  test('shows an administrator read only what only postmasters change', async ({ page, facts }) => {
    await signIn(page, 'domain administrator')
    await openMailbox(page, 'Abena Osei')
    await expect(page.getByRole('textbox', { name: /^Forwards to/ })).toHaveCount(0)
    await expect(page.getByText('Only postmasters may change this.').first()).toBeVisible()
    await page.getByRole('textbox', { name: /^Telephone/ }).fill('+49 30 3')
    await approve(page, 'Save')
    expect(await facts.values('aosei', 'telephoneNumber')).toEqual(['+49 30 3'])
  })

  test('gets a password that the server takes, and History puts the old one back', async ({
    page,
    directory,
  }) => {
    const dn = personDn('sgunnarsdottir')
    const binds = async (password: string): Promise<boolean> =>
      (await ldapwhoami(directory, { dn, password })).status === 0
    await signIn(page, 'postmaster')
    await openTask(page, 'Sigrún Gunnarsdóttir', 'Set password')
    await page.getByLabel('Type one').check()
    await page.getByLabel('New password').fill('short')
    await page.getByRole('button', { name: 'Set the password' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'too short' })).toBeVisible()
    await page.getByLabel('Generate one').check()
    await page.getByRole('button', { name: 'Set the password' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'The password is set' })).toBeVisible()
    const password = await page.getByRole('main').locator('code').innerText()
    expect([await binds(password), await binds(COMMON_PASSWORD)]).toEqual([true, false])
    await undoFromHistory(page, dn, /Martha Okafor changed the password of Sigrún/)
    expect([await binds(password), await binds(COMMON_PASSWORD)]).toEqual([false, true])
  })

  test('changes its address and keeps the old one, and History takes it back', async ({
    page,
    facts,
    postmap,
  }) => {
    await signIn(page, 'postmaster')
    await openTask(page, 'Mateo Ruiz Peña', 'Change address')
    await page.getByLabel(/^New address/).fill('mateo.ruiz@domain2.me')
    await expect(lookupRow(paneOf(page), 'mateo@domain2.me')).toBeVisible()
    await approve(page, 'Save')
    expect(await facts.values('mruiz', 'mail')).toEqual(['mateo.ruiz@domain2.me'])
    expect(await facts.values('mruiz', 'mailAlias')).toEqual(['invoices@domain2.me', 'mateo@domain2.me'])
    expect(await postmap('mateo@domain2.me', 'ldap-aliases')).toMatchObject({
      stdout: 'mateo.ruiz@domain2.me\n',
    })
    await page.getByLabel(/^User name/).fill('mateo.ruiz')
    await approve(page, 'Save')
    expect(await facts.values('mateo.ruiz', 'mail')).toEqual(['mateo.ruiz@domain2.me'])
    const renamed = personDn('mateo.ruiz')
    await undoFromHistory(page, renamed, /renamed/)
    await undoFromHistory(page, personDn('mruiz'), /mateo\.ruiz@domain2\.me/)
    expect(await facts.values('mruiz', 'mail')).toEqual(['mateo@domain2.me'])
    expect(await facts.values('mruiz', 'mailAlias')).toEqual(['invoices@domain2.me'])
  })

  test('is disabled and enabled, and History takes it back', async ({ page, facts }) => {
    await signIn(page, 'postmaster')
    await openTask(page, 'Beatrix Whitaker', 'Disable')
    await approve(page, 'Disable')
    expect(await facts.values('bwhitaker', 'mailEnabled')).toEqual(['FALSE'])
    await openTask(page, 'Beatrix Whitaker', 'Enable')
    await approve(page, 'Enable')
    expect(await facts.values('bwhitaker', 'mailEnabled')).toEqual(['TRUE'])
    await undoFromHistory(page, personDn('bwhitaker'), /Beatrix Whitaker/)
    expect(await facts.values('bwhitaker', 'mailEnabled')).toEqual(['FALSE'])
    await undoFromHistory(page, personDn('bwhitaker'), /Beatrix Whitaker/)
    expect(await facts.values('bwhitaker', 'mailEnabled')).toEqual(['TRUE'])
  })

  test('is deleted after its addresses went to another, and History restores both', async ({
    page,
    facts,
    postmap,
    directory,
  }) => {
    const dn = personDn('nmurphy')
    await signIn(page, 'postmaster')
    await openTask(page, 'Niamh Murphy', 'Delete')
    await page.getByLabel(/^Move them to/).fill('nobody-like-this')
    await page.getByRole('button', { name: 'Show preview' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'There is no mailbox' })).toBeVisible()
    await page.getByLabel(/^Move them to/).fill('xli')
    await page.getByRole('button', { name: 'Show preview' }).click()
    await expect(paneOf(page).getByRole('button', { name: /^Move the addresses to xli/ })).toBeVisible()
    await approve(page, 'Move the addresses to xli and delete')
    expect(await facts.dump()).not.toContain(`dn: ${dn}\n`)
    expect(await facts.values('xli', 'mailAlias')).toEqual([
      'niamh@quayside-books.example',
      'events@quayside-books.example',
    ])
    expect(await postmap('niamh@quayside-books.example', 'ldap-aliases')).toMatchObject({
      stdout: 'xiaomei@quayside-books.example\n',
    })
    await undoFromHistory(page, dn, /deleted/)
    await undoFromHistory(page, personDn('xli'), /Xiaomei Li/)
    expect(await facts.values('xli', 'mailAlias')).toEqual([])
    expect(await facts.values('nmurphy', 'mailAlias')).toEqual(['events@quayside-books.example'])
    const restored = await ldapwhoami(directory, { dn, password: COMMON_PASSWORD })
    expect(restored).toMatchObject({ status: 0 })
  })

  // Each page in one theme at each width; the pages of accessibility.spec.ts come in all four.
  test('becomes a template that new ones start from, until it is removed', async ({ page, facts }) => {
    await signIn(page, 'postmaster')
    await openTask(page, 'Tom Fletcher', 'Save as template')
    await page.getByLabel(/^Name/).fill('Staff & friends')
    await page.getByRole('button', { name: 'Save as template' }).click()
    await expect(page.getByRole('status')).toContainText('Staff & friends is a template now')
    await page.getByRole('link', { name: 'New mailbox from it' }).click()
    const choices = page.getByRole('navigation', { name: 'Templates for new mailboxes' })
    await expect(choices.getByRole('link', { name: 'Staff & friends' })).toHaveAttribute(
      'aria-current',
      'true',
    )
    const [quota = ''] = await facts.values('tfletcher', 'mailQuota')
    const shown = page.getByLabel(/^Quota/)
    await expect(shown).not.toHaveValue('')
    expect(quota).not.toBe('')
    await expect(page.getByLabel(/^Full name/)).toHaveValue('')
    await choices.getByRole('link', { name: 'All templates' }).click()
    await page.getByRole('button', { name: 'Remove Staff & friends' }).click()
    const restore = page.getByRole('button', { name: 'Bring Staff & friends back' })
    await expect(page.getByText('No template yet')).toBeVisible()
    await restore.click()
    await expect(page.getByRole('list', { name: 'Templates for new mailboxes' })).toContainText(
      'Staff & friends',
    )
  })

  for (const [colorScheme, width] of [
    ['light', 1440],
    ['dark', 390],
  ] as const)
    test(`has forms that everybody can use, at ${width} in ${colorScheme}`, async ({ page }, info) => {
      const check = async (name: string): Promise<void> => {
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
          .analyze()
        expect(violations.map(({ id, nodes }) => [name, id, nodes.map(({ html }) => html)])).toEqual([])
        await page.screenshot({ path: info.outputPath(`${name}-${width}-${colorScheme}.png`) })
      }
      await page.emulateMedia({ colorScheme })
      await signIn(page, 'postmaster')
      await openMailbox(page, 'Zoë Petit')
      await page.setViewportSize({ width, height: 900 })
      for (const summary of await page.locator('details > summary').all()) await summary.click()
      await check('mailbox-unfolded')
      await page.goto('/mailboxes/new?domain=domain2.me')
      await page.getByLabel(/^Mailbox/).fill('new one')
      await expect(paneOf(page).getByText('Mend what is marked in the form first.')).toBeVisible()
      await check('mailbox-new')
    })
})
