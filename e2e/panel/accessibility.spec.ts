import type { Page } from '@playwright/test'
import { personDn } from '@/scripts/demo/names'
import { COMMON_PASSWORD, type SampleRole } from '@/scripts/demo/sample-people'
import { checkAppearance } from '../fixtures/appearance'
import { addAlias, commitAndDie } from '../fixtures/cut-off-commit'
import type { TestDirectory } from '../fixtures/directory'
import { PAGES_OF_OTHER_TESTS, PANEL_PAGES, pageRoutes, pathOf } from '../fixtures/pages'
import { startPanel } from '../fixtures/panel'
import { signInAs, tryToSignIn } from '../fixtures/sign-in'
import { expect, openMailbox, signIn, test } from '../fixtures/test'
import { startWire } from '../fixtures/wire'

// The screenshots are the record of this file.
test.use({ trace: 'off' })

type MadeRoute = (typeof PAGES_OF_OTHER_TESTS)[number]

/** Makes what a page shows, and opens the page, signed in as the postmaster; without an entry this does not compile. */
const MADE_PAGES: Record<MadeRoute, (page: Page, directory: TestDirectory) => Promise<void>> = {
  '/history/unfinished/[id]': async (page, directory) => {
    const changes = [addAlias('johndoe', 'cut-one@domain1.net'), addAlias('mbrown', 'cut-two@domain1.net')]
    await commitAndDie(directory, changes, 'mbrown')
    await page.goto('/history')
    await checkedLink(page, /^Martha Okafor, /)
    await expect(page.getByRole('heading', { name: 'A change that was cut off' })).toBeVisible()
    await page.getByRole('link', { name: 'Undo it' }).click()
    await expect(page.getByRole('button', { name: 'Take back what was written' })).toBeVisible()
  },
  '/plans/[id]': async (page) => {
    for (const name of ['Mary Brown', 'Dina Haddad']) {
      await openMailbox(page, name)
      await page.getByLabel(/^Job title/).fill(`Not ${name} any more`)
      await page.getByRole('textbox', { name: /^Aliases/ }).fill(`planned.${name.slice(0, 4)}@domain1.net`)
      await page.getByRole('button', { name: 'Add to plan' }).click()
      await expect(page.getByRole('status').filter({ hasText: 'In your plan' })).toBeVisible()
    }
    await page.getByRole('link', { name: 'Open the plan' }).click()
    await page.getByRole('button', { name: 'Share with others' }).click()
    await expect(page.getByText(new URL(page.url()).pathname)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Write the plan' })).toBeVisible()
  },
  '/plans/job': async (page) => {
    await page.goto('/mailboxes?domain=domain2.me')
    await page.getByRole('checkbox', { name: /^All \d+ on this page$/ }).check()
    await page.getByRole('button', { name: 'Change…' }).click()
    await page.getByRole('radio', { name: /^Disable/ }).check()
    await page.getByRole('button', { name: 'Check what this does' }).click()
    await expect(page.getByRole('button', { name: /^Write \d+ changes$/ })).toBeVisible()
  },
  '/requests/[id]': async (page) => {
    await page.context().clearCookies()
    await signInAs(page, 'nmurphy', COMMON_PASSWORD)
    await page.goto('/account/requests')
    await page.getByLabel('Address').fill('poetry@quayside-books.example')
    await page.getByLabel(/^What for/).fill('The poetry club, which meets on the second Tuesday of the month')
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    await expect(page.getByRole('list', { name: 'My requests' })).toContainText('waiting')
    await page.context().clearCookies()
    await signIn(page, 'postmaster')
    await page.goto('/requests')
    await checkedLink(page, 'poetry@quayside-books.example')
    await expect(page.getByRole('button', { name: 'Say yes' })).toBeVisible()
  },
}

/** Follows the first link of this name in the page, not in the frame. */
async function checkedLink(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('main').getByRole('link', { name }).first().click()
}

/** Nothing is still being asked for or counted. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByText(/^(Asking the tables of|counting)/)).toHaveCount(0)
}

test('every page of the build is looked at', () => {
  const looked = [...PANEL_PAGES.map(({ route }) => route), ...Object.keys(MADE_PAGES)]
  expect(looked.sort()).toEqual([...pageRoutes()].sort())
})

for (const role of [null, 'mailbox owner', 'postmaster'] satisfies (SampleRole | null)[])
  test(`everybody can use each page of ${role ?? 'nobody'}`, async ({ page, facts }, info) => {
    test.slow()
    // For the pages of the history.
    await facts.modify(
      `dn: ${personDn('tfletcher')}\nchangetype: modify\nreplace: title\ntitle: For ${role ?? 'nobody'}\n-\nadd: mailAlias\nmailAlias: ${role?.at(0) ?? 'n'}@domain2.me\n`,
    )
    if (role !== null) await signIn(page, role)
    for (const one of PANEL_PAGES.filter((candidate) => candidate.role === role)) {
      await page.goto(await pathOf(one, page))
      await settled(page)
      await checkAppearance(page, `page${one.route.replaceAll('/', '-')}`, info)
    }
  })

test('everybody can use the pages of a plan, a job, a request and a commit that was cut off', async ({
  page,
  directory,
}, info) => {
  test.slow()
  await signIn(page, 'postmaster')
  for (const route of PAGES_OF_OTHER_TESTS) {
    await MADE_PAGES[route](page, directory)
    await settled(page)
    await checkAppearance(page, `page${route.replaceAll('/', '-')}`, info)
  }
})

test('everybody can use the panel while something is being changed, is missing, or is refused', async ({
  page,
}, info) => {
  test.slow()
  await tryToSignIn(page, 'johndoe', 'not the password')
  await expect(page.getByRole('alert').filter({ hasText: 'Not signed in' })).toBeVisible()
  await checkAppearance(page, 'sign-in-refused', info)
  await signIn(page, 'postmaster')

  await openMailbox(page, 'Jürgen Köhler')
  await page.getByRole('textbox', { name: /^Aliases/ }).fill('@domain2.me')
  await page.getByRole('button', { name: 'Remove sales@domain1.net' }).click()
  await expect(page.getByRole('list', { name: 'Findings' })).toBeVisible()
  await checkAppearance(page, 'mailbox-pending', info)

  for (const [name, path, words] of [
    ['mailboxes-empty', '/mailboxes?q=nothing-like-this', 'nothing-like-this'],
    ['mailbox-gone', '/mailboxes/00000000-0000-4000-8000-000000000000', 'This mailbox is not here'],
    ['nothing-here', '/plans/00000000-0000-4000-8000-000000000000', 'Nothing here'],
    ['rename-refused', '/domains/domain1.net/rename?to=domain2.me', 'domain2.me is hosted already'],
  ] as const) {
    await page.goto(path)
    await expect(page.getByText(words).first()).toBeVisible()
    await checkAppearance(page, name, info)
  }

  await page.goto('/domains')
  await settled(page)
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await expect(palette.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('superjohn')
  await expect(palette.getByRole('option', { name: 'John Doe' })).toBeVisible()
  await checkAppearance(page, 'palette', info)
})

test('everybody can use the panel when the directory does not answer', async ({
  browser,
  directory,
}, info) => {
  const wire = await startWire(() => directory.port)
  const panel = await startPanel({ ...directory.settings, LDAP_URL: `ldap://127.0.0.1:${wire.port}` })
  // Of its own: the browser says on its console, rightly, that the page failed.
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await signInAs(page, 'mokafor', 'demo-postmaster', panel.url)
    await wire.close()
    await page.goto(`${panel.url}/mailboxes`)
    await expect(page.getByRole('heading', { name: 'This page could not be shown' })).toBeVisible()
    await checkAppearance(page, 'directory-away', info)
  } finally {
    await context.close()
    await panel.stop()
  }
})
