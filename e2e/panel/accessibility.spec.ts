import AxeBuilder from '@axe-core/playwright'
import { expect, openMailbox, signIn, test } from '../fixtures/test'

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page breaks WCAG 2.2 AA in ${colorScheme}`, async ({ page }, info) => {
    await page.emulateMedia({ colorScheme })
    const check = async (name: string): Promise<void> => {
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 })
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
          .analyze()
        expect(violations.map(({ id, nodes }) => [name, width, id, nodes.map(({ html }) => html)])).toEqual(
          [],
        )
        await page.screenshot({ path: info.outputPath(`${name}-${width}-${colorScheme}.png`) })
      }
      await page.setViewportSize({ width: 1440, height: 900 })
    }
    await page.goto('/sign-in')
    await check('sign-in')
    await signIn(page, 'postmaster')
    await page.goto('/mailboxes')
    await expect(page.getByRole('table', { name: 'Mailboxes' })).toBeVisible()
    await check('mailboxes')
    await openMailbox(page, 'Jürgen Köhler')
    await check('mailbox')
    await page.getByRole('textbox', { name: /^Aliases/ }).fill('@domain2.me')
    await page.getByRole('button', { name: 'Remove sales@domain1.net' }).click()
    await expect(page.getByRole('list', { name: 'Findings' })).toBeVisible()
    await check('mailbox-pending')
    await page.goto('/lookups?q=sales@domain1.net')
    await check('lookups')
    await page.goto('/domains')
    await check('domains')
    await page.goto('/mailboxes?q=nothing-like-this')
    await check('mailboxes-empty')
  })
}
