import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { POSTMASTER_GROUP } from '@/scripts/demo/names'
import { addLargeDomain, addressesIn, findEntries } from '../fixtures/domain'
import { confirmFindings, expect, signIn, test } from '../fixtures/test'
import { approveTakingBack } from '../fixtures/undone-task'

/** Says yes to every finding, then presses the button. */
async function approve(page: Page, button: RegExp): Promise<void> {
  const write = page.getByRole('button', { name: button })
  await expect(write).toBeVisible({ timeout: 30_000 })
  for (const yes of await page.getByRole('checkbox', { name: 'Yes, this is what I want' }).all())
    await yes.check()
  await write.click()
}

test.describe('many mailboxes at once', () => {
  test('ticked rows are disabled after one preview, and taken back as one', async ({ page, facts }) => {
    await signIn(page, 'postmaster')
    await page.goto('/mailboxes?q=John')
    await page.getByRole('checkbox', { name: 'Select John Doe', exact: true }).check()
    await expect(page.getByText('1 selected')).toBeVisible()
    await page.goto('/mailboxes?domain=domain2.me')
    await page.getByRole('checkbox', { name: /^All \d+ on this page$/ }).check()
    await page.getByRole('button', { name: 'Change…' }).click()
    await page.getByRole('radio', { name: /^Disable/ }).check()
    await page.getByRole('button', { name: 'Check what this does' }).click()

    await expect(page).toHaveURL(/plans\/job/)
    await approve(page, /^Write \d+ changes?$/)
    await expect(page.getByText(/\d+ rows? (is|are) written/)).toBeVisible()
    await expect(page.getByText(/asked again: as previewed|rows are written/).first()).toBeVisible()
    const uids = await uidsOf(page)
    expect(uids.length).toBeGreaterThan(1)
    for (const uid of uids) expect(await facts.values(uid, 'mailEnabled')).toEqual(['FALSE'])

    await page.goto('/plans/job')
    await page.getByRole('button', { name: 'Take all of it back' }).click()
    await approveTakingBack(page)
    for (const uid of uids) expect(await facts.values(uid, 'mailEnabled')).not.toEqual(['FALSE'])
    await page.getByRole('button', { name: 'Done', exact: true }).click()
    await expect(page).toHaveURL(/mailboxes/)
  })

  test('a domain with hundreds of mailboxes is renamed as a task: checked, approved by its number, written and taken back', async ({
    page,
    facts,
    directory,
  }) => {
    await addLargeDomain(facts, 'vast.example', 255)
    await signIn(page, 'postmaster')
    await page.goto('/domains/vast.example/rename?to=vaster.example&keep=none')
    await expect(page.getByText('This touches 256 entries.')).toBeVisible()
    await page.getByRole('button', { name: 'Check it as a task' }).click()
    await expect(page).toHaveURL(/plans\/job/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rename vast.example to vaster.example')
    const write = page.getByRole('button', { name: 'Write 257 changes' })
    await expect(write).toBeVisible({ timeout: 30_000 })
    expect(await addressesIn(directory, 'vaster.example')).toEqual([])
    await confirmFindings(page.getByRole('complementary'))
    await expect(write).toBeDisabled()
    await page.getByLabel(/how many addresses end: 255/).fill('255')
    await write.click()
    await expect(page.getByText('257 rows are written')).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText(/lookups were asked again: as previewed/)).toBeVisible()
    expect(await addressesIn(directory, 'vaster.example')).toHaveLength(255)
    expect(await findEntries(directory, '(dc=vast.example)')).toEqual([])
    await page.getByRole('button', { name: 'Take all of it back' }).click()
    await approveTakingBack(page)
    expect(await addressesIn(directory, 'vast.example')).toHaveLength(255)
    expect(await addressesIn(directory, 'vaster.example')).toEqual([])
  })

  test('an alias in another domain shows its lookups; what someone else changes meanwhile is not overwritten', async ({
    page,
    facts,
    postmap,
  }) => {
    await signIn(page, 'postmaster')
    await page.goto('/mailboxes?q=Fletcher')
    await page.getByRole('checkbox', { name: 'Select Tom Fletcher', exact: true }).check()
    await page.getByRole('button', { name: 'Change…' }).click()
    await page.getByRole('radio', { name: /^Add an alias/ }).check()
    await page.getByLabel('Domain of the aliases').fill('domain2.me')
    await page.getByRole('button', { name: 'Check what this does' }).click()
    await expect(page.getByRole('list', { name: 'Lookups that change' })).toContainText('@domain2.me')
    const before = await facts.values('tfletcher', 'mailAlias')
    await approve(page, /^Write 1 change$/)
    await expect(page.getByText('1 row is written')).toBeVisible()
    const [added = ''] = (await facts.values('tfletcher', 'mailAlias')).filter(
      (alias) => !before.includes(alias),
    )
    expect(added).toMatch(/@domain2\.me$/)
    const [mail] = await facts.values('tfletcher', 'mail')
    expect((await postmap(added, 'ldap-aliases')).stdout.trim()).toBe(mail)
    await page.getByRole('button', { name: 'Done', exact: true }).click()
  })
})

/** The user names in the rows of the job that were written. */
async function uidsOf(page: Page): Promise<readonly string[]> {
  await page.goto('/plans/job?state=written')
  const response = await page.request.get('/plans/job/report')
  const lines = (await response.text()).trim().split('\r\n').slice(1)
  const mails = lines.filter((line) => line.includes(',written')).map((line) => line.split(',')[1] ?? '')
  const exported = await (await page.request.get('/export/mailboxes?format=csv')).text()
  return mails.flatMap((mail) => {
    const row = exported.split('\r\n').find((line) => line.startsWith(`${mail},`))
    return row?.split(',')[1] ?? []
  })
}

test.describe('import and export', () => {
  test('a table is mapped, checked row by row, written with its report, and taken back', async ({
    page,
    facts,
  }, info) => {
    test.slow()
    const rows = Array.from(
      { length: 260 },
      (_, at) => `neu${at}@domain1.net;Person ${at};Name${at};neu-alias${at}@domain2.me`,
    )
    const table = [
      'E-Mail;Vorname;Nachname;Aliase',
      ...rows,
      'johndoe@domain1.net;John;Doe;',
      'not an address;Jane;Doe;',
      'neu0@domain1.net;Twice;Twice;',
      'odd@domain1.net;Odd;Odd;bad alias@',
    ].join('\n')
    await signIn(page, 'postmaster')
    await page.goto('/import')
    await page
      .getByLabel(/^CSV or LDIF file/)
      .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
    await page.getByRole('button', { name: 'Read the file' }).click()
    await expect(page.getByText('264 rows were read.')).toBeVisible()
    await expect(page.getByLabel('Meaning of column E-Mail')).toHaveValue('mail')
    await expect(page.getByLabel('Meaning of column Nachname')).toHaveValue('sn')
    await page.getByRole('button', { name: 'Check all rows' }).click()

    await expect(page.getByRole('button', { name: 'Write 260 changes' })).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText('3 rows have problems; 1 needs nothing done.')).toBeVisible()
    await page.getByRole('link', { name: 'Problems' }).click()
    await expect(page.getByRole('table', { name: 'Rows' })).toContainText(
      'This address stands in row 2 already.',
    )
    expect(await facts.dump()).not.toContain('uid: neu0\n')
    await approve(page, /^Write 260 changes$/)
    await expect(page.getByText('260 rows are written')).toBeVisible({ timeout: 45_000 })
    await expect(page.getByText(/lookups were asked again: as previewed/)).toBeVisible()
    expect(await facts.values('neu259', 'mailAlias')).toEqual(['neu-alias259@domain2.me'])

    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download the report' }).click()
    await (await download).saveAs(info.outputPath('report.csv'))
    const report = await readFile(info.outputPath('report.csv'), 'utf8')
    expect(report.match(/,written,/g)).toHaveLength(260)
    expect(report.match(/,problem,/g)).toHaveLength(3)
    expect(report).toContain('johndoe@domain1.net,nothing to do,"This mailbox exists already')

    await page.goto('/history')
    await expect(
      page.getByRole('link', { name: /Import of people\.csv, 260 changes in 2 steps$/ }),
    ).toBeVisible()
    await page.goto('/plans')
    await page.getByRole('button', { name: 'Take back: Import of people.csv' }).click()
    await approveTakingBack(page)
    expect(await facts.dump()).not.toContain('uid: neu')
  })

  test('LDIF: entries that exist are left alone, a refusal of the directory stands at its row', async ({
    page,
    facts,
  }) => {
    const ldif = `version: 1

dn: uid=johndoe,ou=Mail,dc=example,dc=net
objectClass: inetOrgPerson
uid: johndoe

dn: uid=ldif1,ou=Mail,dc=example,dc=net
objectClass: inetOrgPerson
objectClass: PostfixBookMailAccount
uid: ldif1
cn: Ldif One
sn: One
mail: ldif1@domain1.net
entryUUID: 0b0f7b2e-0000-4000-8000-000000000009

dn: uid=ldif2,ou=Mail,dc=example,dc=net
objectClass: inetOrgPerson
uid: ldif2
cn: Without a family name

dn: ${POSTMASTER_GROUP}
changetype: delete
`
    await signIn(page, 'postmaster')
    await page.goto('/import')
    await page
      .getByLabel(/^CSV or LDIF file/)
      .setInputFiles({ name: 'some.ldif', mimeType: 'text/plain', buffer: Buffer.from(ldif) })
    await page.getByRole('button', { name: 'Read the file' }).click()
    await page.getByRole('button', { name: 'Check all rows' }).click()
    await expect(page.getByRole('button', { name: 'Write 1 change' })).toBeVisible()
    const table = page.getByRole('table', { name: 'Rows' })
    await expect(table.getByRole('row', { name: /johndoe/ })).toContainText('This entry exists already.')
    await expect(table.getByRole('row', { name: /ldif2/ })).toContainText('problem')
    await expect(table.getByRole('row', { name: /postmasters/ })).toContainText('problem')
    await approve(page, /^Write 1 change$/)
    await expect(page.getByText('1 row is written')).toBeVisible()
    expect(await facts.values('ldif1', 'mail')).toEqual(['ldif1@domain1.net'])
    await page.getByRole('button', { name: 'Done', exact: true }).click()
  })

  test('exports show what the list shows and a domain administrator may see, never a password', async ({
    page,
  }) => {
    await signIn(page, 'postmaster')
    const ldif = await (await page.request.get('/export/mailboxes?format=ldif')).text()
    expect(ldif).toContain('uid: johndoe')
    expect(ldif.toLowerCase()).not.toContain('userpassword')
    const some = await (await page.request.get('/export/mailboxes?format=csv&q=johndoe')).text()
    expect(some.trim().split('\r\n')).toHaveLength(2)
    const domains = await (await page.request.get('/export/domains?format=csv')).text()
    expect(domains).toContain('domain1.net,Head office')
    await page.context().clearCookies()
    expect((await page.request.get('/export/mailboxes')).status()).toBe(401)
    await signIn(page, 'domain administrator')
    const own = await (await page.request.get('/export/mailboxes?format=csv')).text()
    expect(own).toContain('@domain2.me')
    expect(own).not.toMatch(/^johndoe@domain1\.net/m)
    expect(await (await page.request.get('/export/domains?format=csv')).text()).not.toContain('domain1.net')
  })
})
