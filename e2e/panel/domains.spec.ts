import type { Page } from '@playwright/test'
import { valuesOf } from '@/lib/ldap/entry'
import { personDn } from '@/scripts/demo/names'
import { ldapsearch } from '../fixtures/directory'
import { addDomain, addressesIn, findEntries } from '../fixtures/domain'
import { confirmFindings, expect, lookupRow, signIn, test } from '../fixtures/test'

const PANE = 'What Postfix will answer'

/** Says yes to what asks for it, does the task, and waits for the proof. */
async function doTask(page: Page, button: string | RegExp): Promise<void> {
  const pane = page.getByRole('complementary', { name: PANE })
  const act = pane.getByRole('button', { name: button })
  await expect(act).toBeVisible()
  await confirmFindings(pane)
  await act.click()
  await expect(pane.getByRole('status')).toContainText('As previewed')
}

/** Takes the commit back with the button of the proof. */
async function undoTask(page: Page): Promise<void> {
  await page.getByRole('complementary', { name: PANE }).getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('region', { name: /undone/i })).toBeVisible()
}

test.describe('domains', () => {
  test('are listed with their counts, searched and sorted in the URL', async ({ page }) => {
    await signIn(page, 'postmaster')
    await page.goto('/domains')
    const table = page.getByRole('table', { name: 'Domains' })
    const row = table.getByRole('row').filter({ hasText: 'quayside-books.example' })
    await expect(row).toContainText(/[1-9]\d* mailbox/)
    await expect(page.getByText(/Counted at/)).toBeVisible()
    await table.getByRole('link', { name: 'Domain', exact: false }).first().click()
    await expect(page).toHaveURL(/sort=-name/)
    await expect(table.getByRole('row').nth(1)).toContainText('quayside-books.example')
    await page.goto('/domains?q=organic')
    await expect(table.getByRole('row')).toHaveCount(2)
    await expect(table).toContainText('birkenhof.example')
    await page.goto('/domains?q=%28%2A%29%5C')
    await expect(page.getByText('Nothing matches')).toBeVisible()
    await page.goto('/domains')
    await row.getByRole('link', { name: /mailbox/ }).click()
    await expect(page).toHaveURL(/mailboxes\?domain=quayside-books\.example/)
  })

  test('a domain is made with its postmaster, and edited', async ({ page, facts, directory, postmap }) => {
    await signIn(page, 'postmaster')
    await page.goto('/domains')
    await page.getByRole('link', { name: 'New domain' }).click()
    const pane = page.getByRole('complementary', { name: PANE })
    await page.getByRole('textbox', { name: /^Name dc/ }).fill('domain1.net')
    await expect(page.getByText('domain1.net is hosted already')).toBeVisible()
    await expect(pane.getByRole('button', { name: 'Save' })).toBeDisabled()
    await page.getByRole('textbox', { name: /^Name dc/ }).fill('Fresh.example')
    await page.getByLabel(/^Postmaster/).fill('johndoe@domain1.net')
    await page.getByLabel(/^Description/).fill('A new one')
    await expect(lookupRow(pane, 'fresh.example')).toContainText(/now\s*nothing\s*after\s*fresh\.example/)
    await pane.getByRole('button', { name: 'Save' }).click()
    await expect(pane.getByRole('status')).toContainText('As previewed')
    expect(await postmap('fresh.example', 'ldap-virtual-domains')).toMatchObject({
      stdout: 'fresh.example\n',
    })
    expect(await facts.values('johndoe', 'mailAlias')).toContain('postmaster@fresh.example')

    await page.getByRole('link', { name: 'Open fresh.example' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('fresh.example')
    await page.getByText('DNS records').click()
    await page.getByLabel(/^Mail servers/).fill('10 mail.fresh.example\nnonsense')
    await expect(page.getByText('“nonsense” is not a preference and a host')).toBeVisible()
    await page.getByLabel(/^Mail servers/).fill('10 mail.fresh.example\n20 backup.fresh.example')
    await page.getByLabel(/^Description/).fill('Renewed')
    await pane.getByRole('button', { name: 'Save' }).click()
    await expect(pane.getByRole('status')).toContainText('As previewed')
    const [entry] = await findEntries(directory, '(dc=fresh.example)')
    if (entry === undefined) throw new Error('The domain is not there.')
    expect(valuesOf(entry, 'description')).toEqual(['Renewed'])
    expect(valuesOf(entry, 'mXRecord')).toEqual(['10 mail.fresh.example', '20 backup.fresh.example'])
  })

  test('a catch-all spares the mailboxes of the domain, or shows those whose mail it takes', async ({
    page,
    facts,
    directory,
    postmap,
  }) => {
    await addDomain(facts, 'catch.example', 2)
    await signIn(page, 'postmaster')
    await page.goto('/domains/catch.example/catch-all')
    await expect(page.getByText('There is no catch-all')).toBeVisible()
    await page.getByLabel('Name, address or uid of a person').fill('johndoe')
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
    await page.getByRole('link', { name: 'Choose: John Doe' }).click()
    const pane = page.getByRole('complementary', { name: PANE })
    await expect(pane.getByRole('button', { name: 'Turn the catch-all on' })).toBeVisible()
    await page.getByRole('radio', { name: /takes their mail too/ }).check()
    await page.getByRole('button', { name: 'Show what will happen' }).click()
    await expect(pane).toContainText('takes the mail of 2 mailboxes: catch0@catch.example')
    await page.getByRole('radio', { name: /keep their mail/ }).check()
    await page.getByRole('button', { name: 'Show what will happen' }).click()
    await expect(pane).not.toContainText('takes the mail of 2 mailboxes')
    await expect(pane.getByRole('button', { name: 'Turn the catch-all on' })).toBeVisible()
    await doTask(page, 'Turn the catch-all on')
    expect(await postmap('@catch.example', 'ldap-aliases')).toMatchObject({ stdout: 'johndoe@domain1.net\n' })
    expect(await postmap('catch1@catch.example', 'ldap-aliases')).toMatchObject({
      stdout: 'catch1@catch.example\n',
    })
    await page.goto('/domains/catch.example/catch-all')
    await page.getByRole('link', { name: 'Turn off' }).click()
    await doTask(page, 'Turn the catch-all off')
    expect(await findEntries(directory, '(mailAlias=@catch.example)')).toEqual([])
    await undoTask(page)
    expect(await facts.values('johndoe', 'mailAlias')).toContain('@catch.example')
  })

  test('an alias domain is made with every address, and undone at once', async ({
    page,
    facts,
    directory,
    postmap,
  }) => {
    await addDomain(facts, 'main.example', 3, ['sales@main.example', 'main1@twin.example'])
    await signIn(page, 'postmaster')
    await page.goto('/domains/main.example/alias-domain')
    await page.getByLabel(/^The other domain/).fill('main.example')
    await page.getByRole('button', { name: 'Show what will happen' }).click()
    await expect(page.getByText('This is the domain’s own name')).toBeVisible()
    await page.getByLabel(/^The other domain/).fill('twin.example')
    await page.getByRole('button', { name: 'Show what will happen' }).click()
    await expect(page.getByText('3 addresses get an alias in twin.example.')).toBeVisible()
    await expect(page.getByText('twin.example is not hosted yet')).toBeVisible()
    await doTask(page, 'Make it an alias domain')
    expect(await addressesIn(directory, 'twin.example')).toEqual([
      'main0@twin.example',
      'main1@twin.example',
      'main2@twin.example',
      'sales@twin.example',
    ])
    expect(await postmap('sales@twin.example', 'ldap-aliases')).toMatchObject({
      stdout: 'main0@main.example\n',
    })
    await undoTask(page)
    expect(await addressesIn(directory, 'twin.example')).toEqual(['main1@twin.example'])
    expect(await findEntries(directory, '(dc=twin.example)')).toEqual([])
  })

  test('a domain is renamed, its old addresses stay as aliases, and it is undone at once', async ({
    page,
    facts,
    directory,
    postmap,
  }) => {
    await addDomain(facts, 'before.example', 2, ['info@before.example'])
    await signIn(page, 'postmaster')
    await page.goto('/domains/before.example/rename')
    await page.getByLabel('New name').fill('domain1.net')
    await page.getByRole('button', { name: 'Show what will happen' }).click()
    await expect(page.getByText('domain1.net is hosted already')).toBeVisible()
    await page.getByLabel('New name').fill('after.example')
    await page.getByRole('button', { name: 'Show what will happen' }).click()
    await doTask(page, 'Rename before.example')
    expect(await addressesIn(directory, 'after.example')).toEqual([
      'before0@after.example',
      'before1@after.example',
      'info@after.example',
    ])
    expect(await postmap('before1@before.example', 'ldap-aliases')).toMatchObject({
      stdout: 'before1@after.example\n',
    })
    expect(await postmap('before.example', 'ldap-virtual-domains')).toMatchObject({ status: 0 })
    await undoTask(page)
    expect(await addressesIn(directory, 'after.example')).toEqual([])
    expect(await addressesIn(directory, 'before.example')).toHaveLength(3)
  })

  test('a large domain moves whole only when the number of lost addresses is typed', async ({
    page,
    facts,
    directory,
  }) => {
    await addDomain(facts, 'wide.example', 25)
    await signIn(page, 'postmaster')
    await page.goto('/domains/wide.example/rename?to=wider.example&keep=none')
    const pane = page.getByRole('complementary', { name: PANE })
    const act = pane.getByRole('button', { name: 'Rename wide.example' })
    await expect(act).toBeVisible()
    await confirmFindings(pane)
    await expect(act).toBeDisabled()
    await pane.getByLabel(/how many addresses end: 25/).fill('24')
    await expect(act).toBeDisabled()
    await pane.getByLabel(/how many addresses end: 25/).fill('25')
    await doTask(page, 'Rename wide.example')
    expect(await addressesIn(directory, 'wider.example')).toHaveLength(25)
    expect(await findEntries(directory, '(dc=wide.example)')).toEqual([])
    await pane.getByRole('link', { name: 'Open wider.example' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('wider.example')
  })

  test('a domain with everything in it is deleted only when that is said, and undone with its passwords', async ({
    page,
    facts,
    directory,
    postmap,
  }) => {
    await addDomain(facts, 'doomed.example', 2, ['office@doomed.example'])
    await facts.modify(
      `dn: ${personDn('mbrown')}\nchangetype: modify\nadd: mailAlias\nmailAlias: mary@doomed.example\n`,
    )
    await signIn(page, 'postmaster')
    await page.goto('/domains/doomed.example')
    await page.getByRole('link', { name: 'Delete', exact: true }).click()
    await expect(page.getByText('It has 2 mailboxes, 2 aliases.')).toBeVisible()
    await expect(page.getByRole('button', { name: /^Delete doomed/ })).toHaveCount(0)
    await page.getByRole('checkbox', { name: /Delete everything in it too/ }).check()
    await page.getByRole('button', { name: 'Show what will happen' }).click()
    await expect(page.getByText('Deleted: 2 mailboxes. Changed: one other entry.')).toBeVisible()
    await doTask(page, /^Delete doomed\.example and everything/)
    expect(await addressesIn(directory, 'doomed.example')).toEqual([])
    expect(await findEntries(directory, '(uid=doomed*)')).toEqual([])
    expect(await facts.values('mbrown', 'mailAlias')).toEqual(['mary@domain1.net'])
    expect(await postmap('doomed.example', 'ldap-virtual-domains')).toMatchObject({ status: 1 })
    await undoTask(page)
    expect(await addressesIn(directory, 'doomed.example')).toHaveLength(4)
    expect(await postmap('office@doomed.example', 'ldap-aliases')).toMatchObject({
      stdout: 'doomed0@doomed.example\n',
    })
    const bind = { dn: personDn('doomed1'), password: 'a word of doomed1' }
    expect((await ldapsearch(directory, bind, '-b', personDn('doomed1'), '-s', 'base')).status).toBe(0)
  })

  test('a person becomes an administrator of a domain, and is one no more', async ({
    page,
    facts,
    directory,
  }) => {
    await addDomain(facts, 'team.example', 1)
    const named = async (): Promise<readonly string[]> => {
      const [entry] = await findEntries(directory, '(dc=team.example)')
      return entry === undefined ? [] : valuesOf(entry, 'associatedName')
    }
    await signIn(page, 'postmaster')
    await page.goto('/domains/team.example/administrators')
    await expect(page.getByText('Nobody yet')).toBeVisible()
    await page.getByLabel('Name, address or uid of a person').fill('team0')
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
    await page.getByRole('link', { name: 'Add: team 0' }).click()
    await doTask(page, 'Make team 0 an administrator')
    expect(await named()).toEqual([personDn('team0')])
    await page.goto('/domains/team.example/administrators')
    await page.getByRole('link', { name: 'Remove team 0' }).click()
    await doTask(page, 'Remove team 0')
    expect(await named()).toEqual([])
  })

  test('an administrator of the domain sees it and makes alias domains of the own domains only', async ({
    page,
    directory,
  }) => {
    await signIn(page, 'domain administrator')
    await page.goto('/domains')
    await expect(page.getByRole('link', { name: 'New domain' })).toHaveCount(0)
    await page.getByRole('link', { name: 'domain2.me' }).click()
    await expect(page.getByText('Only postmasters change the domain itself')).toBeVisible()
    for (const path of ['/domains/domain1.net', '/domains/new', '/domains/domain2.me/delete'])
      expect((await page.goto(path))?.status(), path).toBe(404)
    await page.goto('/domains/domain2.me/alias-domain?to=domain1.net')
    await expect(page.getByText('domain1.net is not one of your domains')).toBeVisible()
    const before = await addressesIn(directory, 'quayside-books.example')
    await page.goto('/domains/domain2.me/alias-domain?to=quayside-books.example')
    await doTask(page, 'Make it an alias domain')
    expect((await addressesIn(directory, 'quayside-books.example')).length).toBeGreaterThan(before.length)
    await undoTask(page)
    expect(await addressesIn(directory, 'quayside-books.example')).toEqual(before)
  })
})
