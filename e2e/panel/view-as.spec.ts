import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { personDn, POSTMASTER_GROUP } from '@/scripts/demo/names'
import { callAction, serverActions } from '../fixtures/server-actions'
import { expect, openMailbox, signIn, test } from '../fixtures/test'
import { signInAs } from '../fixtures/sign-in'

const VIEW = 'postbook.view-as'
const SESSION = 'authjs.session-token'

/** Begins to see the panel as John Doe would. */
async function viewAsJohn(page: Page): Promise<void> {
  await openMailbox(page, 'John Doe')
  await page.getByRole('button', { name: 'See the panel as this person' }).click()
  await expect(page).toHaveURL(/\/account$/)
  await expect(banner(page)).toContainText('You see the panel as John Doe would.')
}

function banner(page: Page) {
  return page.getByRole('form', { name: 'View as an owner' })
}

async function cookie(page: Page, name: string): Promise<string> {
  return (await page.context().cookies()).find((one) => one.name === name)?.value ?? ''
}

test.describe('a postmaster sees the panel as an owner would', () => {
  test('reads, changes nothing, and comes back with one click', async ({ page, panel, facts }, info) => {
    await signIn(page, 'postmaster')
    await viewAsJohn(page)
    await expect(page.getByRole('main')).toContainText('superjohn@domain2.me')
    await expect(page.getByRole('main')).not.toContainText('martha.okafor')
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    await page.screenshot({ path: info.outputPath('view-1440.png') })
    for (const path of ['/mailboxes', '/domains', '/history', '/requests']) {
      await page.goto(path)
      await expect(page).toHaveURL(/\/account$/)
    }
    await banner(page).getByRole('button', { name: 'Leave this view' }).click()
    await expect(page).toHaveURL(/\/mailboxes\//)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('John Doe')
    await expect(banner(page)).toHaveCount(0)
    const [begun, ended] = ['view as another person accepted', 'end of a view accepted']
    for (const line of [begun, ended]) expect(panel.output()).toContain(line)
    expect(panel.output()).toMatch(/"dn":"uid=mokafor,[^"]*","about":"uid=johndoe,/)
    expect(await facts.values('johndoe', 'mailAlias')).toEqual(['superjohn@domain2.me'])
  })

  test('no server action does anything meanwhile', async ({ page, panel, facts }) => {
    await signIn(page, 'postmaster')
    const [id = ''] = await facts.values('johndoe', 'entryUUID')
    const [entryCsn = ''] = await facts.values('johndoe', 'entryCSN')
    await viewAsJohn(page)
    const headers = {
      Cookie: `${SESSION}=${await cookie(page, SESSION)}; ${VIEW}=${await cookie(page, VIEW)}`,
    }
    const before = await facts.dump()
    const forms = [
      [
        { id, entryCsn, form: {} },
        { checksum: 'a'.repeat(64), confirmed: [] },
      ],
      [
        { task: 'remove', address: 'superjohn@domain2.me' },
        { checksum: 'a'.repeat(64), confirmed: [] },
      ],
      [{ kind: 'words', domain: '', note: '' }],
      ['a name'],
      [{ address: 'wanted@domain1.net', why: '' }],
    ]
    for (const action of serverActions()) {
      // These leave the view, or the panel.
      if (action.name === 'leaveView' || action.file === 'app/sign-out.ts') continue
      const [path = '/'] = action.pages
      for (const parameters of forms) {
        const { body } = await callAction(
          `${panel.url}${path.replace('[id]', id)}`,
          action,
          parameters,
          headers,
        )
        expect(body, `${action.file} ${action.name}`).not.toMatch(/"status":"(?:saved|made|asked)"/)
      }
    }
    expect(await facts.dump()).toBe(before)
    // Of a view that was left the cookie is gone, and the same person acts again.
    await banner(page).getByRole('button', { name: 'Leave this view' }).click()
    await expect(page).toHaveURL(/\/mailboxes\//)
    expect(await cookie(page, VIEW)).toBe('')
  })

  test('is for postmasters, and ends with the role and with the session', async ({
    page,
    browser,
    panel,
    facts,
  }) => {
    await signIn(page, 'domain administrator')
    await openMailbox(page, 'Zoë Petit')
    await expect(page.getByRole('button', { name: 'See the panel as this person' })).toHaveCount(0)
    const start = serverActions().find(({ name }) => name === 'viewAs')
    if (start === undefined) throw new Error('The build has no action that begins a view.')
    const [id = ''] = await facts.values('zpetit', 'entryUUID')
    const administrator = { Cookie: `${SESSION}=${await cookie(page, SESSION)}` }
    const answer = await callAction(`${panel.url}/mailboxes/${id}`, start, [id], administrator)
    expect(answer.body).toContain('Only postmasters')
    expect(answer.cookies.join()).not.toContain(VIEW)

    const postmaster = await (await browser.newContext({ baseURL: panel.url })).newPage()
    await signIn(postmaster, 'postmaster')
    await viewAsJohn(postmaster)
    // With somebody else's session the cookie says nothing.
    await page.context().addCookies([{ name: VIEW, value: await cookie(postmaster, VIEW), url: panel.url }])
    await page.goto('/domains')
    await expect(page.getByRole('link', { name: 'domain2.me' })).toBeVisible()
    const member = `member: ${personDn('mokafor')}`
    // A group has to have a member.
    await facts.modify(
      `dn: ${POSTMASTER_GROUP}\nchangetype: modify\nadd: member\nmember: ${personDn('mbrown')}\n-\ndelete: member\n${member}\n`,
    )
    try {
      await postmaster.goto('/account')
      await expect(postmaster).toHaveURL(/\/sign-in\?code=ended$/)
    } finally {
      await facts.modify(
        `dn: ${POSTMASTER_GROUP}\nchangetype: modify\nadd: member\n${member}\n-\ndelete: member\nmember: ${personDn('mbrown')}\n`,
      )
    }
    await signInAs(postmaster, 'mokafor', 'demo-postmaster')
    await postmaster.goto('/mailboxes')
    await expect(postmaster).toHaveURL(/\/mailboxes$/)
    await postmaster.context().close()
  })
})
