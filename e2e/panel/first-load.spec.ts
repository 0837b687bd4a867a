import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { personDn } from '@/scripts/demo/names'
import { PAGES_OF_OTHER_TESTS, PANEL_PAGES, pageRoutes, type PanelPage, pathOf } from '../fixtures/pages'
import { expect, signIn, test } from '../fixtures/test'

const MOST_OCTETS = 170_000

/** The gzipped size of all scripts that a browser without a cache fetches for a page. */
async function scriptOctets(page: Page, path: string): Promise<number> {
  const scripts = new Set<string>()
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.add(response.url())
  })
  await page.goto(path, { waitUntil: 'networkidle' })
  page.removeAllListeners('response')
  const bodies = await Promise.all([...scripts].map(async (url) => (await page.request.get(url)).body()))
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
}

async function tooLarge(page: Page, pages: readonly PanelPage[]): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  const sizes: string[] = []
  for (const one of pages) {
    const octets = await scriptOctets(page, await pathOf(one, page))
    expect(octets).toBeGreaterThan(50_000)
    if (octets > MOST_OCTETS) sizes.push(`${one.route}: ${octets}`)
  }
  return sizes
}

test.describe('the first load of a page', () => {
  test('is listed for every page of the build', () => {
    const listed = [...PANEL_PAGES.map(({ route }) => route), ...PAGES_OF_OTHER_TESTS]
    expect([...listed].sort()).toEqual([...pageRoutes()].sort())
  })

  for (const role of ['postmaster', 'mailbox owner'] as const) {
    test(`takes at most 170 kB of scripts for the ${role}`, async ({ page, facts }) => {
      test.slow()
      await facts.modify(`dn: ${personDn('mbrown')}\nchangetype: modify\nreplace: title\ntitle: ${role}\n`)
      await signIn(page, role)
      expect(
        await tooLarge(
          page,
          PANEL_PAGES.filter((one) => one.role === role),
        ),
      ).toEqual([])
    })
  }

  test('takes at most 170 kB of scripts for the sign-in', async ({ page }) => {
    expect(
      await tooLarge(
        page,
        PANEL_PAGES.filter((one) => one.role === null),
      ),
    ).toEqual([])
  })
})
