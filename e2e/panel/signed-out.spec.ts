import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { expect, test } from '../fixtures/test'

const manifest = z.object({
  node: z.record(z.string(), z.object({ workers: z.record(z.string(), z.unknown()) })),
})

/** The ids of all server actions of the build, so that a new one is tested without being listed here. */
function serverActions(): readonly string[] {
  const text = readFileSync('.next/server/server-reference-manifest.json', 'utf8')
  return Object.keys(manifest.parse(JSON.parse(text)).node)
}

test.describe('signed out', () => {
  test('no server action reads or changes anything', async ({ request, facts, panel }) => {
    const [id = ''] = await facts.values('johndoe', 'entryUUID')
    const [entryCsn = ''] = await facts.values('johndoe', 'entryCSN')
    const form = { givenName: 'X', sn: 'X', cn: 'X', displayName: '', aliases: ['stolen@domain1.net'] }
    const before = await facts.dump()
    const actions = serverActions()
    expect(actions.length).toBeGreaterThanOrEqual(4)
    for (const action of actions) {
      for (const headers of [{}, { Origin: panel.url }]) {
        const response = await request.post(`${panel.url}/mailboxes/${id}`, {
          headers: {
            'Next-Action': action,
            'Content-Type': 'text/plain;charset=UTF-8',
            Accept: 'text/x-component',
            ...headers,
          },
          data: JSON.stringify([
            { id, entryCsn, form },
            { checksum: 'a'.repeat(64), confirmed: [] },
          ]),
          maxRedirects: 0,
        })
        const body = await response.text()
        expect(body).not.toContain('superjohn@domain2.me')
        expect(body).not.toContain('"status":"saved"')
      }
    }
    expect(await facts.dump()).toBe(before)
  })

  test('no page shows anything', async ({ page, facts }) => {
    const [id = ''] = await facts.values('johndoe', 'entryUUID')
    for (const path of ['/', '/mailboxes', `/mailboxes/${id}`, '/domains', '/account']) {
      await page.goto(path)
      await expect(page).toHaveURL(/\/sign-in$/)
    }
  })

  test('the health check tells strangers no details', async ({ request, panel }) => {
    const response = await request.get(`${panel.url}/api/health`)
    expect(await response.json()).toEqual({ ready: true })
  })
})
