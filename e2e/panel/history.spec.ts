import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { personDn } from '@/scripts/demo/names'
import { confirmFindings, expect, lookupRow, openMailbox, signIn, test } from '../fixtures/test'

/** Opens a change from the list by its words. */
async function openChange(page: Page, words: string | RegExp, query = ''): Promise<void> {
  await page.goto(`/history${query}`)
  await page.getByRole('list', { name: 'Changes' }).getByRole('link', { name: words }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: words })).toBeVisible()
}

/** Says yes to every finding and undoes the change. */
async function undoHere(page: Page): Promise<void> {
  const pane = page.getByRole('complementary', { name: /^Undo/ })
  await confirmFindings(pane)
  await pane.getByRole('button', { name: 'Undo this change' }).click()
  await expect(pane.getByRole('status')).toContainText('As previewed')
}

test.describe('history', () => {
  test('a change by another program is listed, shown old to new, and undone', async ({ page, facts }) => {
    const dn = personDn('amarchetti')
    const aliases = await facts.values('amarchetti', 'mailAlias')
    await facts.modify(
      `dn: ${dn}\nchangetype: modify\nadd: mailAlias\nmailAlias: alessia@domain1.net\n-\nreplace: title\ntitle: Lead\n`,
    )
    await signIn(page, 'postmaster')
    await page.getByRole('link', { name: 'History', exact: true }).click()
    await openChange(page, /edited Alessia Marchetti: added the alias alessia@domain1\.net/)
    await expect(page.getByRole('main')).toContainText('with another program')
    const title = page.locator('dl', { hasText: 'title' }).getByRole('list').filter({ hasText: 'Lead' })
    await expect(title).toContainText(/−\s*removed: Sales\s*\+\s*added: Lead/)
    const pane = page.getByRole('complementary', { name: /^Undo/ })
    await expect(pane.getByRole('list', { name: 'Lookups that change' })).toContainText('alessia@domain1.net')
    await undoHere(page)
    expect(await facts.values('amarchetti', 'mailAlias')).toEqual(aliases)
    expect(await facts.values('amarchetti', 'title')).toEqual(['Sales'])
  })

  test('a change made in the panel carries its person, and is undone', async ({ page, facts, postmap }) => {
    await signIn(page, 'postmaster')
    await openMailbox(page, 'John Doe')
    await page.getByRole('textbox', { name: /^Aliases/ }).fill('newsdesk@domain2.me')
    const pane = page.getByRole('complementary', { name: 'What Postfix will answer' })
    await expect(lookupRow(pane, 'newsdesk@domain2.me')).toBeVisible()
    await confirmFindings(pane)
    await pane.getByRole('button', { name: 'Save' }).click()
    await expect(pane.getByRole('status')).toContainText('As previewed')
    expect(await facts.values('johndoe', 'mailAlias')).toContain('newsdesk@domain2.me')

    await page.getByRole('link', { name: 'History of this entry' }).click()
    await expect(page).toHaveURL(/entry=uid/)
    const words = 'Martha Okafor added the alias newsdesk@domain2.me to John Doe'
    await page.getByRole('link', { name: words }).click()
    await expect(page.getByRole('main')).toContainText('Martha Okafor, in Postbook')
    await undoHere(page)
    expect(await facts.values('johndoe', 'mailAlias')).toEqual(['superjohn@domain2.me'])
    expect(await postmap('newsdesk@domain2.me', 'ldap-aliases')).toMatchObject({ stdout: '', status: 1 })
    await page.goto('/history?person=mokafor&address=newsdesk@domain2.me')
    await expect(page.getByRole('list', { name: 'Changes' }).getByRole('listitem')).toHaveCount(2)
    await expect(
      page.getByRole('link', { name: 'Martha Okafor removed the alias newsdesk@domain2.me from John Doe' }),
    ).toBeVisible()
  })

  test('what was changed again since is not overwritten', async ({ page, facts }) => {
    const dn = personDn('dhaddad')
    const set = (title: string): string => `dn: ${dn}\nchangetype: modify\nreplace: title\ntitle: ${title}\n`
    await facts.modify(set('Support lead'))
    await signIn(page, 'postmaster')
    await openChange(page, /changed the title of Dina Haddad from Support to Support lead/)
    const pane = page.getByRole('complementary', { name: /^Undo/ })
    await expect(pane.getByRole('button', { name: 'Undo this change' })).toBeEnabled()
    // Behind the back of the open page.
    await facts.modify(set('Head of support'))
    await pane.getByRole('button', { name: 'Undo this change' }).click()
    const conflict = pane.getByRole('alert').filter({ hasText: 'Something else changed since' })
    await expect(conflict).toContainText('The title Support lead is not there any more')
    await expect(pane.getByRole('list', { name: 'Changes' })).toContainText('to Head of support')
    expect(await facts.values('dhaddad', 'title')).toEqual(['Head of support'])
    await page.reload()
    await expect(conflict).toBeVisible()
    await expect(pane.getByRole('button')).toHaveCount(0)
  })

  test('a changed password is told, and neither it nor its hash is shown', async ({ page, facts }) => {
    const word = 'a-new-word-for-kenji'
    await facts.modify(
      `dn: ${personDn('ktanaka')}\nchangetype: modify\nreplace: userPassword\nuserPassword: ${word}\n`,
    )
    await signIn(page, 'postmaster')
    const answers: string[] = []
    page.on('response', (response) => {
      void response.text().then(
        (text) => answers.push(text),
        () => undefined,
      )
    })
    await openChange(page, /changed the password of Kenji Tanaka/)
    await expect(page.getByText('changed; its values are never shown')).toBeVisible()
    await expect(page.getByText('The password that was valid before is put back.')).toBeVisible()
    await page.getByText('The change as LDIF').click()
    await expect(page.getByText('# userPassword is written and not shown').first()).toBeVisible()
    await page.reload()
    const seen = [...answers, await page.content()].join('\n')
    expect(seen).toContain('Kenji Tanaka')
    expect(seen).not.toMatch(/\{ARGON2\}\$|\$argon2id\$|a-new-word-for-kenji/)
  })

  test('a domain administrator sees the own domains only', async ({ page, facts }) => {
    const set = (uid: string): string =>
      `dn: ${personDn(uid)}\nchangetype: modify\nreplace: displayName\ndisplayName: Seen ${uid}\n`
    await facts.modify(set('zpetit'))
    await facts.modify(set('jkoehler'))
    await signIn(page, 'postmaster')
    await page.goto('/history')
    const foreign = await page
      .getByRole('link', { name: /Seen jkoehler/ })
      .first()
      .getAttribute('href')
    await expect(page.getByRole('link', { name: /Seen zpetit/ })).toBeVisible()
    await page.context().clearCookies()
    await signIn(page, 'domain administrator')
    await page.goto('/history')
    await expect(page.getByRole('link', { name: /Seen zpetit/ })).toBeVisible()
    await expect(page.getByRole('main')).not.toContainText('domain1.net')
    await expect(page.getByRole('main')).not.toContainText('jkoehler')
    const answer = await page.goto(foreign ?? '/')
    expect(answer?.status()).toBe(404)
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`its pages keep WCAG 2.2 AA in ${colorScheme}`, async ({ page, facts }, info) => {
      await page.emulateMedia({ colorScheme })
      const dn = personDn('mbrown')
      await facts.modify(
        `dn: ${dn}\nchangetype: modify\nadd: mailAlias\nmailAlias: ${colorScheme}@domain1.net\n-\nreplace: title\ntitle: Accounts, ${colorScheme}\n`,
      )
      const check = async (name: string): Promise<void> => {
        for (const width of [1440, 390]) {
          await page.setViewportSize({ width, height: 900 })
          const { violations } = await new AxeBuilder({ page })
            .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
            .analyze()
          expect(violations.map(({ id, nodes }) => [name, width, id, nodes.map(({ html }) => html)])).toEqual(
            [],
          )
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          expect(overflow).toBeLessThanOrEqual(0)
          await page.screenshot({
            path: info.outputPath(`${name}-${width}-${colorScheme}.png`),
            fullPage: true,
          })
        }
        await page.setViewportSize({ width: 1440, height: 900 })
      }
      await signIn(page, 'postmaster')
      await openChange(page, new RegExp(`alias ${colorScheme}@domain1.net`))
      await expect(page.getByRole('button', { name: 'Undo this change' })).toBeVisible()
      await check('change')
      await undoHere(page)
      await check('change-undone')
      await page.reload()
      await expect(page.getByText('Something else changed since')).toBeVisible()
      await check('change-conflict')
      await page.goto('/history')
      await check('history')
      await page.goto(`/history?entry=${encodeURIComponent(dn)}`)
      await check('history-filtered')
      await page.goto('/history?address=nobody@nowhere.example')
      await expect(page.getByText('No change matches these filters')).toBeVisible()
      await check('history-empty')
    })
  }
})
