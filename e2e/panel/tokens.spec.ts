import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { personDn } from '@/scripts/demo/names'
import { COMMON_PASSWORD } from '@/scripts/demo/sample-people'
import { startPanel } from '../fixtures/panel'
import { reply, type Reply } from '../fixtures/server-actions'
import { expect, signInAs, test } from '../fixtures/sign-in'

/** Makes a token on the page, and reads it where it is shown. */
async function makeToken(page: Page, name: string): Promise<string> {
  await page.goto('/account/tokens')
  await page.getByLabel(/^Name/).fill(name)
  await page.getByRole('button', { name: 'Make a token' }).click()
  await expect(page.getByRole('status')).toContainText('It is not shown again')
  return page.getByLabel('The new token').innerText()
}

/** As Bitwarden's generator asks a server of one's own. */
function bitwarden(
  base: string,
  token: string,
  body: unknown = { note: 'Website: shop.example' },
): Promise<Reply> {
  return reply(`${base}/api/alias/random/new?hostname=shop.example`, {
    method: 'POST',
    headers: { Authentication: token, 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

test.describe('a password manager', () => {
  test('makes an alias with a token that is shown once, until it is revoked', async ({
    page,
    panel,
    facts,
    postmap,
  }, info) => {
    await signInAs(page, 'ktanaka', COMMON_PASSWORD)
    const token = await makeToken(page, 'Bitwarden on my phone')
    const list = page.getByRole('list', { name: 'Tokens' })
    await expect(list).toContainText(/Bitwarden on my phone.*never used/)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    await page.screenshot({ path: info.outputPath('tokens-1440.png') })
    // Neither the token nor a part of it is in the directory or in the log.
    const secret = token.split('.')[2] ?? ''
    expect(secret).toHaveLength(43)
    expect(await facts.dump()).not.toContain(secret)

    const made = await bitwarden(panel.url, token)
    expect(made.status).toBe(201)
    const [mail = ''] = await facts.values('ktanaka', 'mail')
    const answer: unknown = JSON.parse(made.body)
    expect(answer).toMatchObject({ enabled: true, note: 'Website: shop.example', mailbox: { email: mail } })
    const { alias, email } = answer as { readonly alias: string; readonly email: string }
    expect(email).toBe(alias)
    expect(await facts.values('ktanaka', 'mailAlias')).toContain(alias)
    expect(await postmap(alias, 'ldap-aliases')).toMatchObject({ stdout: `${mail}\n`, status: 0 })

    await page.reload()
    await expect(page.getByLabel('The new token')).toHaveCount(0)
    expect(await page.content()).not.toContain(secret)
    await expect(list).not.toContainText('never used')
    await list.getByRole('button', { name: 'Revoke Bitwarden on my phone' }).click()
    await expect(page.getByRole('main')).toContainText('No program has a token')
    const before = await facts.dump()
    const refused = await bitwarden(panel.url, token)
    expect(refused.status).toBe(401)
    expect(refused.body).toMatch(/^\{"error":"Wrong API key[^"]*"\}$/)
    expect(await facts.dump()).toBe(before)
    expect(panel.output()).toContain('"alias by token accepted"')
    expect(panel.output()).toContain('"alias by token refused"')
    expect(panel.output()).not.toContain(secret)
  })

  test('is out at once when the mailbox is disabled, and in again when it is not', async ({
    page,
    panel,
    facts,
  }) => {
    await signInAs(page, 'rfeldmann', COMMON_PASSWORD)
    const token = await makeToken(page, 'Desktop')
    const enabled = (word: string) =>
      facts.modify(
        `dn: ${personDn('rfeldmann')}\nchangetype: modify\nreplace: mailEnabled\nmailEnabled: ${word}\n`,
      )
    await enabled('FALSE')
    try {
      const before = await facts.dump()
      expect((await bitwarden(panel.url, token)).status).toBe(401)
      expect(await facts.dump()).toBe(before)
    } finally {
      await enabled('TRUE')
    }
    // Well-formed again, the same request with the same token is answered.
    expect((await bitwarden(panel.url, token)).status).toBe(201)
  })

  test('is refused with a reason for what is wrong, and slowed down when it goes wild', async ({
    page,
    panel,
    facts,
  }) => {
    await signInAs(page, 'lwojcik', COMMON_PASSWORD)
    const token = await makeToken(page, 'Script')
    const before = await facts.values('lwojcik', 'mailAlias')
    expect((await bitwarden(panel.url, token, '{')).status).toBe(400)
    expect((await bitwarden(panel.url, token, { note: 'x'.repeat(10_000) })).status).toBe(413)
    expect((await bitwarden(panel.url, 'anything')).status).toBe(401)
    expect((await bitwarden(panel.url, '')).status).toBe(401)
    const statuses: number[] = []
    for (let attempt = 1; attempt <= 11; attempt += 1)
      statuses.push((await bitwarden(panel.url, token, { note: 1 })).status)
    expect(statuses).toEqual([...Array<number>(10).fill(400), 429])
    // Guessing is refused before it is looked up, for this person alone.
    const wrong = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
    for (let attempt = 1; attempt <= 10; attempt += 1)
      expect((await bitwarden(panel.url, wrong)).status).toBe(401)
    expect((await bitwarden(panel.url, wrong)).status).toBe(429)
    expect(await facts.values('lwojcik', 'mailAlias')).toEqual(before)
    const preflight = await reply(`${panel.url}/api/alias/random/new`, { method: 'OPTIONS' })
    expect(preflight.status).toBe(204)
  })

  test('has no door where tokens are not switched on', async ({ directory, page }) => {
    const closed = await startPanel({ ...directory.settings, API_TOKENS: '' })
    try {
      const answer = await bitwarden(closed.url, 'postbook.x')
      expect(answer.status).toBe(404)
      await signInAs(page, 'ktanaka', COMMON_PASSWORD, closed.url)
      await page.goto(`${closed.url}/account/tokens`)
      await expect(page.getByRole('main')).toContainText('API_TOKENS')
    } finally {
      await closed.stop()
    }
  })
})
