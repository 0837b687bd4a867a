import { DOMAINS_BASE, MAIL_BASE, SERVICE_DN, STORE_BASE } from '@/scripts/demo/names'
import { ldapmodify, serviceBind } from '../fixtures/directory'
import { startPanel } from '../fixtures/panel'
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
    // A look that took long is used for a while.
    await page.getByRole('button', { name: 'Look again' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Looked again' })).toBeVisible()
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

test.describe('setup', () => {
  test('says what the panel is connected to, and shows no secret', async ({ page, directory }) => {
    await signIn(page, 'postmaster')
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Setup' }).click()
    await expect(page.getByText('The settings work')).toBeVisible()
    const server = page.getByRole('region', { name: 'Directory server' })
    await expect(server).toContainText('The server is OpenLDAP.')
    await expect(server.getByRole('listitem').filter({ hasText: 'RFC 4528' })).toContainText('works')
    await expect(page.getByRole('region', { name: /own place/ })).toContainText('The store works')
    await expect(page.getByRole('region', { name: 'Journal' })).toContainText(
      directory.settings['POSTBOOK_STATE_DIRECTORY'] ?? '',
    )
    const tables = page.getByRole('region', { name: 'Postfix tables' })
    await expect(tables).toContainText(`postmap -q birkenhof.example ldap:${directory.postfix}`)
    const secret = page.getByRole('row', { name: /^LDAP_BIND_PASSWORD/ })
    await expect(secret).toContainText('set')
    await expect(page.getByRole('row', { name: /^LDAP_TIMEOUT/ })).toContainText('10')
    const source = await (await page.request.get('/setup')).text()
    for (const name of ['LDAP_BIND_PASSWORD', 'AUTH_SECRET'])
      expect(source).not.toContain(directory.settings[name] ?? '')
    expect(source).not.toContain(directory.postfixPassword)
  })

  test('gives the entry and the rights of a store, which then works', async ({ page, directory }) => {
    const [none, other] = await Promise.all(
      ['', `ou=Second,${MAIL_BASE}`].map((base) =>
        startPanel({ ...directory.settings, LDAP_STORE_BASE: base }),
      ),
    )
    const store = page.getByRole('region', { name: /own place/ })
    const ldif = store.getByRole('region', { name: 'The entry' })
    try {
      // One secret for all panels of the directory: the session of one holds in the others.
      await signIn(page, 'postmaster')
      await page.goto(`${none?.url ?? ''}/setup`)
      await expect(store).toContainText('LDAP_STORE_BASE is not set')
      await expect(ldif).toHaveText(`dn: ${STORE_BASE} objectClass: organizationalUnit ou: Postbook`)
      await expect(store).toContainText(`by dn.exact="${SERVICE_DN}" write`)
      await page.goto(`${other?.url ?? ''}/setup`)
      await expect(store).toContainText('There is no entry at LDAP_STORE_BASE yet')
      const added = await ldapmodify(
        directory,
        serviceBind(directory),
        (await ldif.textContent()) ?? '',
        '-a',
      )
      expect(added.stderr).toBe('')
      await page.reload()
      await expect(store).toContainText('The store works')
      await expect(ldif).toHaveCount(0)
      await page.goto('about:blank')
    } finally {
      await Promise.all([none?.stop(), other?.stop()])
    }
  })

  test('is for postmasters alone', async ({ page }) => {
    await signIn(page, 'domain administrator')
    await expect(page.getByRole('link', { name: 'Setup' })).toHaveCount(0)
    await page.goto('/setup')
    await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible()
  })
})
