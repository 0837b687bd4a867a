import { personDn } from '@/scripts/demo/names'
import { confirmFindings, expect, lookupRow, openMailbox, signIn, test } from '../fixtures/test'

test.describe('the main job', () => {
  test('edit an alias, see what Postfix will answer, save, see it proved', async ({
    page,
    facts,
    postmap,
  }) => {
    await signIn(page, 'postmaster')
    await openMailbox(page, 'John Doe')
    await page.getByRole('button', { name: 'Remove superjohn@domain2.me' }).click()
    await page.getByRole('textbox', { name: /^Aliases/ }).fill('newsroom@domain2.me')

    const pane = page.getByRole('complementary', { name: 'What Postfix will answer' })
    await expect(lookupRow(pane, 'newsroom@domain2.me')).toContainText(
      /now\s*nothing\s*after\s*johndoe@domain1\.net/,
    )
    await expect(lookupRow(pane, 'superjohn@domain2.me')).toContainText(
      /now\s*johndoe@domain1\.net\s*after\s*nothing/,
    )
    await expect(pane.getByText('The directory would accept this')).toBeVisible()
    expect(await facts.values('johndoe', 'mailAlias')).toEqual(['superjohn@domain2.me'])

    await confirmFindings(pane)
    await pane.getByRole('button', { name: 'Save' }).click()
    await expect(pane.getByRole('status')).toContainText('As previewed')

    expect(await facts.values('johndoe', 'mailAlias')).toEqual(['newsroom@domain2.me'])
    expect(await postmap('newsroom@domain2.me', 'ldap-aliases')).toMatchObject({
      stdout: 'johndoe@domain1.net\n',
      status: 0,
    })
    expect(await postmap('superjohn@domain2.me', 'ldap-aliases')).toMatchObject({ stdout: '', status: 1 })
    await expect(page.getByRole('list', { name: 'Aliases' })).toContainText('newsroom@domain2.me')
  })

  test('names are changed with every other value kept', async ({ page, facts }) => {
    await signIn(page, 'postmaster')
    await openMailbox(page, 'Mary Brown')
    await page.getByLabel(/^Given name/).fill('Mary Ann')
    const pane = page.getByRole('complementary', { name: 'What Postfix will answer' })
    await expect(pane.getByText('No answer changes.')).toBeVisible()
    await pane.getByRole('button', { name: 'Save' }).click()
    await expect(pane.getByRole('status')).toContainText('As previewed')
    expect(await facts.values('mbrown', 'givenName')).toEqual(['Mary Ann'])
    expect(await facts.values('mbrown', 'mailAlias')).toEqual(['mary@domain1.net'])
  })

  test('a change made meanwhile is refused, nothing is overwritten, nothing typed is lost', async ({
    page,
    facts,
  }) => {
    await signIn(page, 'postmaster')
    await openMailbox(page, 'Tom Fletcher')
    const pane = page.getByRole('complementary', { name: 'What Postfix will answer' })
    await page.getByRole('textbox', { name: /^Aliases/ }).fill('tommy@domain1.net')
    await page.getByRole('textbox', { name: /^Aliases/ }).press('Enter')
    await expect(lookupRow(pane, 'tommy@domain1.net')).toBeVisible()
    await expect(pane.getByRole('button', { name: 'Save' })).toBeEnabled()

    const dn = personDn('tfletcher')
    await facts.modify(`dn: ${dn}\nchangetype: modify\nadd: mailAlias\nmailAlias: fletcher@domain1.net\n`)
    await pane.getByRole('button', { name: 'Save' }).click()

    const conflict = page.getByRole('alert').filter({ hasText: 'Someone else changed this mailbox' })
    await expect(conflict).toContainText('+ fletcher@domain1.net')
    await expect(page.getByRole('list', { name: 'Aliases' })).toContainText('tommy@domain1.net')
    expect(await facts.values('tfletcher', 'mailAlias')).not.toContain('tommy@domain1.net')
    expect(await facts.values('tfletcher', 'mailAlias')).toContain('fletcher@domain1.net')

    await conflict.getByRole('button', { name: 'Continue with both changes' }).click()
    await expect(lookupRow(pane, 'tommy@domain1.net')).toBeVisible()
    await pane.getByRole('button', { name: 'Save' }).click()
    await expect(pane.getByRole('status')).toContainText('As previewed')
    const aliases = await facts.values('tfletcher', 'mailAlias')
    expect(aliases).toContain('tommy@domain1.net')
    expect(aliases).toContain('fletcher@domain1.net')
  })

  test('what cannot be saved is said beside the field while typing', async ({ page }) => {
    await signIn(page, 'postmaster')
    await openMailbox(page, 'Alessia Marchetti')
    const draft = page.getByRole('textbox', { name: /^Aliases/ })
    const field = page.getByRole('group', { name: 'Aliases' })
    const pane = page.getByRole('complementary', { name: 'What Postfix will answer' })
    await draft.fill('not-an-address')
    await expect(field).toContainText('add @ and a domain')
    await expect(pane.getByRole('button', { name: 'Save' })).toBeDisabled()
    await draft.fill('müller@domain1.net')
    await expect(field).toContainText('Only ASCII')
    await draft.fill('sales@domain1.net')
    await expect(field).toContainText('exists already')
    await draft.fill('j.koehler@domain1.net')
    await expect(field).toContainText(/exists already, as an address of [a-z.]*koehler@domain1\.net/)
    await page.getByLabel(/^Full name/).fill('')
    await expect(page.getByText('A full name (cn) is required.')).toBeVisible()
  })
})
