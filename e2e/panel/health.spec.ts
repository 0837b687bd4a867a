import { DOMAINS_BASE, MAIL_BASE } from '@/scripts/demo/names'
import { expect, signIn, test } from '../fixtures/test'

const SEEDED = `dc=seeded_fault.example,${DOMAINS_BASE}`

test.describe('health', () => {
  test('tells the faults of the directory and of the configuration, and looks again', async ({
    page,
    facts,
  }) => {
    await facts.modify(
      `dn: ${SEEDED}\nchangetype: add\nobjectClass: dNSDomain\ndc: seeded_fault.example\nassociatedName: uid=gone,${MAIL_BASE}\n`,
    )
    await signIn(page, 'postmaster')
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Health' }).click()
    const directory = page.getByRole('region', { name: 'Directory' })
    const check = (text: string) => directory.getByRole('listitem').filter({ hasText: text }).first()
    await expect(check('1 domain has a name that no mail can be addressed to')).toContainText(
      'not a host name',
    )
    const administrator = check('1 administrator of a domain cannot be found in the directory')
    await expect(administrator).toContainText(`uid=gone,${MAIL_BASE}`)
    await expect(check('because an alias has the same address')).toContainText('mary.brown@domain1.net')
    const configuration = page.getByRole('region', { name: 'Mail configuration' })
    await expect(configuration).toContainText('No table looks at mailEnabled')
    await configuration.getByText(/checks passed/).click()
    await expect(configuration.getByText('Tables that give no answer: none')).toBeVisible()
    const chart = page.getByRole('figure', { name: 'Findings by kind' })
    await chart.getByText('As a table').click()
    await expect(chart.getByRole('row', { name: 'Domain names that no mail can have 1' })).toBeVisible()

    await facts.modify(`dn: ${SEEDED}\nchangetype: delete\n`)
    await page.getByRole('button', { name: 'Look again' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Looked again' })).toBeVisible()
    await expect(directory).not.toContainText('seeded_fault.example')
    await directory.getByRole('link', { name: 'Show it in the list' }).first().click()
    await expect(page).toHaveURL(/kind=withFinding&finding=/)
  })

  test('is for postmasters alone', async ({ page }) => {
    await signIn(page, 'domain administrator')
    await expect(
      page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'History' }),
    ).toBeVisible()
    await expect(page.getByRole('link', { name: 'Health' })).toHaveCount(0)
    await page.goto('/health')
    await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible()
    expect((await page.request.get('/health/state')).status()).toBe(404)
  })
})
