import type { Page } from '@playwright/test'
import { confirmFindings, expect, lookupRow, signIn, test } from '../fixtures/test'

/** Chooses a mailbox in the alias form by typing. */
async function choose(page: Page, typed: string, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Add a mailbox' }).fill(typed)
  await page.getByRole('option', { name }).click()
}

/** Says yes to every finding, saves, and waits for the proof. */
async function saveHere(page: Page): Promise<void> {
  const pane = page.getByRole('complementary', { name: 'What Postfix will answer' })
  await expect(pane.getByText('The directory would accept this')).toBeVisible()
  await confirmFindings(pane)
  await pane.getByRole('button', { name: 'Save' }).click()
  await expect(pane.getByRole('status')).toContainText('As previewed')
}

test.describe('aliases', () => {
  test('is made, gets a destination, is moved and is taken away', async ({ page, facts, postmap }) => {
    const address = 'newsroom@domain1.net'
    await signIn(page, 'postmaster')
    await page.goto('/aliases')
    await page.getByRole('link', { name: 'New alias' }).click()
    await page.getByLabel(/^Alias address/).fill(address)
    await choose(page, 'kenji', 'Kenji Tanaka')
    const pane = page.getByRole('complementary', { name: 'What Postfix will answer' })
    await expect(lookupRow(pane, address)).toContainText(/now\s*nothing\s*after\s*kenji\.tanaka@domain1\.net/)
    expect(await facts.values('ktanaka', 'mailAlias')).toEqual([])
    await saveHere(page)
    expect(await facts.values('ktanaka', 'mailAlias')).toEqual([address])

    await page.goto(`/aliases?q=${address}`)
    await page.getByRole('table', { name: 'Aliases' }).getByRole('link', { name: address }).click()
    await expect(page.getByRole('heading', { level: 1, name: address })).toBeVisible()
    await choose(page, 'wojcik', 'Łukasz Wójcik')
    await saveHere(page)
    expect(await facts.values('lwojcik', 'mailAlias')).toContain(address)
    expect((await postmap(address, 'ldap-aliases')).stdout.trim().split(',').sort()).toEqual([
      'kenji.tanaka@domain1.net',
      'lukasz.wojcik@domain1.net',
    ])

    await page.getByRole('button', { name: 'Move to another mailbox' }).click()
    await expect(page.getByRole('combobox', { name: 'Add a mailbox' })).toBeFocused()
    await page.keyboard.type('dina')
    await expect(page.getByRole('option', { name: 'Dina Haddad' })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(lookupRow(pane, address)).toContainText('dina.haddad@domain1.net')
    await saveHere(page)
    expect(await facts.values('ktanaka', 'mailAlias')).toEqual([])
    expect(await facts.values('lwojcik', 'mailAlias')).toEqual(['lukasz@domain1.net'])
    expect(await facts.values('dhaddad', 'mailAlias')).toContain(address)

    await page.reload()
    await page.getByRole('button', { name: 'Remove this alias' }).click()
    await saveHere(page)
    expect(await facts.values('dhaddad', 'mailAlias')).toEqual([
      'support@domain1.net',
      'helpdesk@domain1.net',
    ])
    expect(await postmap(address, 'ldap-aliases')).toMatchObject({ stdout: '', status: 1 })
    await page.reload()
    await expect(page.getByRole('heading', { name: 'This alias is not there any more' })).toBeVisible()
  })

  test('says what is wrong while typing, and that somebody was quicker', async ({ page, facts }) => {
    await signIn(page, 'postmaster')
    await page.goto('/aliases/new?address=sales@domain1.net')
    await choose(page, 'kenji', 'Kenji Tanaka')
    await expect(page.getByText('This alias exists already')).toBeVisible()
    await page.getByRole('link', { name: 'Open sales@domain1.net' }).click()
    const list = page.getByRole('list', { name: 'Leads to' })
    await expect(list).toContainText('alessia.marchetti@domain1.net')
    await facts.modify(
      'dn: uid=jkoehler,ou=Mail,dc=example,dc=net\nchangetype: modify\nreplace: title\ntitle: Head of sales\n',
    )
    await page.getByRole('button', { name: 'Remove alessia.marchetti@domain1.net' }).click()
    const stale = page.getByRole('alert').filter({ hasText: 'Someone else changed this alias' })
    await stale.getByRole('button').click()
    await expect(stale).toHaveCount(0)
    await expect(list.getByRole('listitem')).toHaveCount(2)
    expect(await facts.values('amarchetti', 'mailAlias')).toEqual(['sales@domain1.net'])
  })

  test('an administrator makes aliases in the own domains only', async ({ page, facts }) => {
    await signIn(page, 'domain administrator')
    await page.goto('/aliases/new?address=stolen@domain1.net')
    await page.getByRole('combobox', { name: 'Add a mailbox' }).fill('john')
    await expect(page.getByText('No mailbox contains “john”.')).toBeVisible()
    await choose(page, 'zoe', 'Zoë Petit')
    await expect(page.getByText('outside your domains')).toBeVisible()
    expect(await facts.values('zpetit', 'mailAlias')).toEqual(['zoe.petit@domain2.me'])
    await page.goto('/aliases/edit?address=superjohn@domain2.me')
    await expect(page.getByRole('heading', { name: 'This alias is not there any more' })).toBeVisible()
  })

  test('is filtered by what is remarkable, and what reaches a mailbox is drawn', async ({ page, facts }) => {
    await signIn(page, 'postmaster')
    await page.goto('/aliases')
    const table = page.getByRole('table', { name: 'Aliases' })
    await page.getByRole('link', { name: 'Shadowing' }).click()
    await expect(page).toHaveURL(/mark=shadowing/)
    await expect(table.getByRole('row')).toHaveCount(2)
    await expect(table).toContainText('mary.brown@domain1.net')
    await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('Looked at mailboxes 1 to')
    await page.getByRole('link', { name: 'Forwards' }).click()
    await expect(table).toContainText('ruth.feldmann@post.example.org')

    const [id = ''] = await facts.values('tfletcher', 'entryUUID')
    await page.goto(`/mailboxes/${id}/addresses`)
    await expect(page.getByRole('img', { name: /lead to tom\.fletcher@domain1\.net/ })).toBeVisible()
    const reached = page.getByRole('table', { name: 'Addresses that reach this mailbox' })
    await expect(reached).toContainText('mary.brown@domain1.net')
    // Mary's own alias leads through the address that Tom has taken.
    await expect(reached.getByRole('row').filter({ hasText: /^mary@domain1/ })).toContainText(
      'mary.brown@domain1.net',
    )
  })
})
