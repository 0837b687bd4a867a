import AxeBuilder from '@axe-core/playwright'
import { addDomain } from '../fixtures/domain'
import { expect, signIn, test } from '../fixtures/test'

for (const [colorScheme, width] of [
  ['light', 1440],
  ['dark', 390],
] as const) {
  test(`the pages of domains keep WCAG 2.2 AA in ${colorScheme} at ${width}`, async ({
    page,
    facts,
  }, info) => {
    // Six pages are drawn, and their previews asked for.
    test.setTimeout(120_000)
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 900 })
    const name = `seen-${colorScheme}.example`
    await addDomain(facts, name, 22, [`info@${name}`])
    await signIn(page, 'postmaster')
    const paths = {
      list: '/domains',
      new: '/domains/new',
      'catch-all': `/domains/${name}/catch-all?q=doe`,
      administrators: '/domains/domain2.me/administrators?q=doe',
      rename: `/domains/${name}/rename?to=other-${name}&keep=none`,
      delete: `/domains/${name}/delete?everything=yes`,
    }
    for (const [shot, path] of Object.entries(paths)) {
      await page.goto(path)
      await expect(page.getByText(/^(Asking the tables of|counting)/)).toHaveCount(0)
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
      expect(violations.map(({ id, nodes }) => [shot, id, nodes.map(({ html }) => html)])).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, shot).toBeLessThanOrEqual(0)
      await page.screenshot({ path: info.outputPath(`${shot}-${width}.png`), fullPage: true })
    }
  })
}

test('the page of a domain shows at a glance what is in it, and leads to what is missing', async ({
  page,
  facts,
}) => {
  const name = 'glanced.example'
  await addDomain(facts, name, 3, [`info@${name}`])
  await signIn(page, 'postmaster')
  await page.goto(`/domains/${name}`)
  const glance = page.getByRole('region', { name: 'What is in the domain' })
  await expect(glance).toContainText('none: unknown addresses are refused')
  await glance.getByRole('link', { name: '3', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Mailboxes' }).getByRole('row')).toHaveCount(4)
  await page.goBack()
  await glance.getByRole('link', { name: `Add abuse@${name}` }).click()
  await expect(page.getByLabel(/^Alias address/)).toHaveValue(`abuse@${name}`)
  await page.goto('/domains/domain1.net')
  await expect(glance).toContainText('postmaster@ and abuse@ are there')
})
