import type { Page } from '@playwright/test'
import { personDn } from '@/scripts/demo/names'
import { SAMPLE_LOGINS } from '@/scripts/demo/sample-people'
import { confirmFindings, expect, signIn, test } from '../fixtures/test'

const ALIAS = 'pressestelle@domain1.net'
const JOHN = personDn('johndoe')

async function signInInGerman(page: Page): Promise<void> {
  const login = SAMPLE_LOGINS.find(({ role }) => role === 'postmaster')
  await page.goto('/sign-in')
  await page.getByLabel('Mailadresse oder Benutzername').fill(login?.uid ?? '')
  await page.getByLabel('Passwort').fill(login?.password ?? '')
  await page.getByRole('button', { name: 'Anmelden' }).click()
  await expect(page).not.toHaveURL(/sign-in/)
}

test.describe('in German, as the browser asks', () => {
  test.use({ locale: 'de-DE' })

  test('a wrong password is refused in German', async ({ page }) => {
    await page.goto('/sign-in')
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await expect(page).toHaveTitle('Anmelden · Postbook')
    await page.getByLabel('Mailadresse oder Benutzername').fill('johndoe')
    await page.getByLabel('Passwort').fill('nicht das Passwort')
    await page.getByRole('button', { name: 'Anmelden' }).click()
    const alert = page.getByRole('alert').filter({ hasText: 'Nicht angemeldet' })
    await expect(alert).toContainText('Name oder Passwort ist falsch')
  })

  test('a change, what undoing it does, and why it is refused are told in German', async ({
    page,
    facts,
  }) => {
    const change = (how: 'add' | 'delete'): Promise<void> =>
      facts.modify(`dn: ${JOHN}\nchangetype: modify\n${how}: mailAlias\nmailAlias: ${ALIAS}\n`)
    await change('add')
    await signInInGerman(page)
    await page.goto('/history')
    const sentence = new RegExp(`hat bei John Doe den Alias ${ALIAS} hinzugefügt`)
    const row = page
      .getByRole('list', { name: 'Änderungen' })
      .getByRole('listitem')
      .filter({ hasText: sentence })
    await expect(row.locator('time')).toHaveText(/^\d{2}\.\d{2}\.\d{4}, \d{2}:\d{2}:\d{2}$/)
    await row.getByRole('link').click()
    await expect(page.getByRole('heading', { level: 1, name: sentence })).toBeVisible()
    const pane = page.getByRole('complementary', { name: /^Rückgängig machen/ })
    const findings = pane.getByRole('list', { name: 'Hinweise' })
    await expect(findings).toContainText(`Mail an ${ALIAS} kommt nirgends mehr an.`)
    await expect(pane).toContainText('Das Verzeichnis würde das annehmen')
    await confirmFindings(pane)
    // Behind the back of the open page.
    await change('delete')
    await pane.getByRole('button', { name: 'Diese Änderung rückgängig machen' }).click()
    const conflict = pane.getByRole('alert').filter({ hasText: 'Seither wurde etwas anderes geändert' })
    await expect(conflict).toContainText(`Alias ${ALIAS} ist nicht mehr da`)
    expect(await facts.values('johndoe', 'mailAlias')).not.toContain(ALIAS)
  })

  test('numbers and the answers of the tables are German, the words of Postfix its own', async ({ page }) => {
    await signInInGerman(page)
    await page.goto('/lookups?q=superjohn@domain2.me')
    await expect(page.getByRole('heading', { level: 1, name: 'Abfragen' })).toBeVisible()
    const answers = page.getByRole('list', { name: 'Antworten der Tabellen' })
    await expect(answers.getByRole('listitem').first()).toContainText(/\d,\d ms/)
    await expect(answers).toContainText('virtual_alias_maps')
    await expect(page.getByRole('main')).toContainText('Was machen die Aliasse daraus?')
  })
})

test('a person chooses the language, whatever the browser asks', async ({ page }) => {
  await page.goto('/sign-in')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await signIn(page, 'postmaster')
  await page.goto('/history')
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Verlauf' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Verlauf' })).toBeVisible()
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'History' })).toBeVisible()
})
