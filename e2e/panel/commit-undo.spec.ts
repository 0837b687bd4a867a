import AxeBuilder from '@axe-core/playwright'
import { spawnSync } from 'node:child_process'
import type { Locator, Page } from '@playwright/test'
import { personDn } from '@/scripts/demo/names'
import { SAMPLE_LOGINS } from '@/scripts/demo/sample-people'
import { startPanel } from '../fixtures/panel'
import { signInAs } from '../fixtures/sign-in'
import { confirmFindings, expect, lookupRow, openMailbox, signIn, test } from '../fixtures/test'
import { startWire } from '../fixtures/wire'

function paneOf(page: Page): Locator {
  return page.getByRole('complementary', { name: 'What Postfix will answer' })
}

/** Adds an alias to the open mailbox and saves it. */
async function saveAlias(page: Page, alias: string): Promise<void> {
  const pane = paneOf(page)
  await page.getByRole('textbox', { name: /^Aliases/ }).fill(alias)
  await expect(lookupRow(pane, alias)).toBeVisible()
  await confirmFindings(pane)
  await pane.getByRole('button', { name: 'Save' }).click()
}

/** Everything below the mail base but for what the server keeps. */
async function dumped(facts: { readonly dump: () => Promise<string> }): Promise<string> {
  const kept = /^(?:entryCSN|modifyTimestamp|modifiersName|contextCSN|pwd\w+|authTimestamp):.*\n/gm
  const entries = (await facts.dump()).replace(kept, '').split('\n\n')
  const people = entries.filter((entry) => entry.includes('ou=Mail,'))
  return people
    .map((entry) => entry.split('\n').sort().join('\n'))
    .sort()
    .join('\n\n')
}

test.describe('what was saved is undone in one click', () => {
  test('the directory is as before, proved, and the form goes on from there', async ({
    page,
    facts,
    postmap,
  }) => {
    await signIn(page, 'postmaster')
    const before = await dumped(facts)
    await openMailbox(page, 'John Doe')
    const pane = paneOf(page)
    await page.getByRole('button', { name: 'Remove superjohn@domain2.me' }).click()
    await saveAlias(page, 'oneclick@domain2.me')
    await expect(pane.getByRole('status')).toContainText('As previewed')
    expect(await facts.values('johndoe', 'mailAlias')).toEqual(['oneclick@domain2.me'])

    await pane.getByRole('button', { name: 'Undo' }).click()
    const card = page.getByRole('region', { name: 'Undone' })
    await expect(card.getByRole('status')).toContainText('all answer as expected')
    await expect(lookupRow(card, 'superjohn@domain2.me')).toContainText('johndoe@domain1.net')
    expect(await dumped(facts)).toBe(before)
    expect(await postmap('superjohn@domain2.me', 'ldap-aliases')).toMatchObject({
      stdout: 'johndoe@domain1.net\n',
    })
    await expect(page.getByRole('list', { name: 'Aliases' })).toContainText('superjohn@domain2.me')
    await expect(pane.getByRole('button', { name: 'Undo' })).toHaveCount(0)

    await page.getByRole('textbox', { name: /^Aliases/ }).fill('goeson@domain2.me')
    await expect(lookupRow(pane, 'goeson@domain2.me')).toBeVisible()
    await expect(pane.getByRole('button', { name: 'Save' })).toBeEnabled()
    await card.getByRole('button', { name: 'Close' }).click()
    await expect(card).toHaveCount(0)
  })

  test('what someone changed since stays, and is named', async ({ page, facts }) => {
    await signIn(page, 'postmaster')
    await openMailbox(page, 'Mary Brown')
    await page.getByLabel(/^Given name/).fill('Mary Ann')
    const pane = paneOf(page)
    await pane.getByRole('button', { name: 'Save' }).click()
    await expect(pane.getByRole('status')).toContainText('As previewed')
    await facts.modify(
      `dn: ${personDn('mbrown')}\nchangetype: modify\nreplace: givenName\ngivenName: Marianne\n`,
    )
    await pane.getByRole('button', { name: 'Undo' }).click()
    await expect(pane.getByRole('alert')).toContainText('someone changed it since')
    await expect(pane.getByRole('alert')).toContainText('givenName of Mary Brown is Marianne now.')
    expect(await facts.values('mbrown', 'givenName')).toEqual(['Marianne'])
  })
})

test('an alarm says what answers otherwise, and one click takes the change back', async ({
  browser,
  directory,
  facts,
}, info) => {
  const alias = 'contested@domain1.net'
  const wire = await startWire(() => directory.port)
  const panel = await startPanel({ ...directory.settings, LDAP_URL: `ldap://127.0.0.1:${wire.port}` })
  const context = await browser.newContext({ baseURL: panel.url })
  const own = await context.newPage()
  const before = await facts.values('tfletcher', 'mailAlias')
  try {
    const login = SAMPLE_LOGINS.find(({ role }) => role === 'postmaster')
    await signInAs(own, login?.uid ?? '', login?.password ?? '')
    await openMailbox(own, 'Tom Fletcher')
    // Between the write and the proof another program gives the address to someone else, too.
    const { LDAP_BIND_DN: dn = '', LDAP_BIND_PASSWORD: password = '' } = directory.settings
    const ldif = `dn: ${personDn('dhaddad')}\nchangetype: modify\nadd: mailAlias\nmailAlias: ${alias}\n`
    wire.set({
      write: 1,
      holding: personDn('tfletcher'),
      point: 'answered',
      act: () => {
        const access = ['-x', '-H', directory.uri, '-D', dn, '-w', password]
        spawnSync('ldapmodify', access, { input: ldif, env: { ...process.env, LDAPNOINIT: '1' } })
        return 'goOn'
      },
    })
    await saveAlias(own, alias)
    const pane = paneOf(own)
    await expect(pane.getByRole('alert').first()).toContainText('Not as previewed')
    await expect(pane).toContainText('dina.haddad@domain1.net')
    await own.screenshot({ path: info.outputPath('alarm-1440.png') })
    await own.setViewportSize({ width: 390, height: 900 })
    const { violations: found } = await new AxeBuilder({ page: own }).analyze()
    expect(found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    await own.screenshot({ path: info.outputPath('alarm-390.png') })
    await own.getByRole('button', { name: 'Hide' }).click()
    await own.getByRole('button', { name: 'Saved, not as previewed' }).click()
    await pane.getByRole('button', { name: 'Undo' }).click()
    const card = own.getByRole('region', { name: 'Undone' })
    await expect(card).toContainText('The change is taken back')
    expect(await facts.values('tfletcher', 'mailAlias')).toEqual(before)
    expect(await facts.values('dhaddad', 'mailAlias')).toContain(alias)
    for (const [width, colorScheme] of [
      [390, 'light'],
      [1440, 'dark'],
    ] as const) {
      await own.emulateMedia({ colorScheme })
      await own.setViewportSize({ width, height: 900 })
      const { violations } = await new AxeBuilder({ page: own }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
      await own.screenshot({ path: info.outputPath(`undone-${width}-${colorScheme}.png`) })
    }
  } finally {
    await context.close()
    await panel.stop()
    await wire.close()
  }
})
