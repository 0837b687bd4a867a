import { encode } from 'next-auth/jwt'
import { DOMAINS_BASE, personDn, STORE_BASE } from '@/scripts/demo/names'
import { COMMON_PASSWORD, SAMPLE_LOGINS } from '@/scripts/demo/sample-people'
import type { Facts } from '../fixtures/facts'
import { allPaths, callAction, reply, serverActions } from '../fixtures/server-actions'
import { expect, signIn, signInAs, test } from '../fixtures/sign-in'

const COOKIE = 'authjs.session-token'
/** A mailbox in a domain that nobody of those below has. */
const TARGET = 'gbaecker'
/** What must not be in any answer to them. */
const SECRETS = [/@birkenhof\.example/i, /"status":"(?:saved|previewed)"/]

/** What the mailbox page sends to preview and to save: for the target, and well-formed. */
async function submission(
  facts: Facts,
): Promise<{ readonly id: string; readonly parameters: readonly unknown[] }> {
  const [id = ''] = await facts.values(TARGET, 'entryUUID')
  const [entryCsn = ''] = await facts.values(TARGET, 'entryCSN')
  const form = { givenName: 'X', sn: 'X', cn: 'X', displayName: '', aliases: ['stolen@domain1.net'] }
  return {
    id,
    parameters: [
      { id, entryCsn, form },
      { checksum: 'a'.repeat(64), confirmed: [] },
    ],
  }
}

/** Everything but the panel's own entries, where a person's generation of sessions is. */
async function mailDirectory(facts: Facts): Promise<string> {
  const entries = (await facts.dump()).split('\n\n')
  return entries.filter((entry) => !/^dn: .*,?ou=Postbook,/m.test(entry)).join('\n\n')
}

async function attack(panelUrl: string, facts: Facts, cookie: string): Promise<void> {
  const { id, parameters } = await submission(facts)
  const before = await mailDirectory(facts)
  const actions = serverActions()
  expect(actions.length).toBeGreaterThanOrEqual(7)
  for (const action of actions) {
    // These end the caller's own session, which is tested elsewhere.
    if (action.file === 'app/sign-out.ts') continue
    for (const page of action.pages.slice(0, 2)) {
      for (const origin of [{}, { Origin: panelUrl }]) {
        const headers = { ...(cookie === '' ? {} : { Cookie: `${COOKIE}=${cookie}` }), ...origin }
        const { body } = await callAction(
          `${panelUrl}${page.replace('[id]', id)}`,
          action,
          parameters,
          headers,
        )
        for (const secret of SECRETS) expect(body, `${action.name} on ${page}`).not.toMatch(secret)
      }
    }
  }
  for (const path of allPaths()) {
    const url = `${panelUrl}${path.replace('[id]', id).replace('[...nextauth]', 'session')}`
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      const headers = cookie === '' ? {} : { Cookie: `${COOKIE}=${cookie}` }
      const { body } = await reply(url, { method, headers })
      for (const secret of SECRETS) expect(body, `${method} ${path}`).not.toMatch(secret)
    }
  }
  expect(await mailDirectory(facts)).toBe(before)
}

test.describe('called directly over HTTP, every action and route reads and changes nothing', () => {
  test('without a session', async ({ panel, facts }) => {
    await attack(panel.url, facts, '')
  })

  test('with a session that has expired, was made by others, or was tampered with', async ({
    page,
    panel,
    facts,
    directory,
  }) => {
    const { AUTH_SECRET: secret = '' } = directory.settings
    await signIn(page, 'postmaster')
    const good = (await page.context().cookies()).find(({ name }) => name === COOKIE)?.value ?? ''
    const facade = {
      sub: personDn('mokafor'),
      facts: { dn: personDn('mokafor'), seal: 'x', signedInAt: Date.now() / 1000, grants: null },
    }
    const middle = Math.floor(good.length / 2)
    const cookies = [
      await encode({ token: facade, secret, salt: COOKIE, maxAge: -3600 }),
      await encode({ token: facade, secret: 'x'.repeat(44), salt: COOKIE }),
      // Signed with our own key, but with a seal that the entry does not have.
      await encode({ token: facade, secret, salt: COOKIE }),
      `${good.slice(0, middle)}${good[middle] === 'A' ? 'B' : 'A'}${good.slice(middle + 1)}`,
    ]
    for (const cookie of cookies) await attack(panel.url, facts, cookie)
    // With the cookie as it was the same requests are answered, so they are such that could do harm.
    const { id, parameters } = await submission(facts)
    const headers = { Cookie: `${COOKIE}=${good}` }
    const read = await reply(`${panel.url}/mailboxes/${id}`, { headers })
    expect(read.body).toMatch(SECRETS[0] ?? '')
    const action = serverActions().find(({ name }) => name === 'askPreview')
    if (action === undefined) throw new Error('The build has no action that previews.')
    const preview = await callAction(`${panel.url}/mailboxes/${id}`, action, parameters, headers)
    expect(preview.body).toMatch(SECRETS[1] ?? '')
  })

  test('as the owner of another mailbox', async ({ page, panel, facts }) => {
    await signIn(page, 'mailbox owner')
    const cookie = (await page.context().cookies()).find(({ name }) => name === COOKIE)?.value ?? ''
    await attack(panel.url, facts, cookie)
  })

  test('as the administrator of other domains', async ({ page, panel, facts }) => {
    await signIn(page, 'domain administrator')
    const cookie = (await page.context().cookies()).find(({ name }) => name === COOKIE)?.value ?? ''
    await attack(panel.url, facts, cookie)
  })
})

test.describe('a session ends with the next request', () => {
  const cases = [
    [
      'when the mailbox is disabled',
      'replace: mailEnabled\nmailEnabled: FALSE',
      'replace: mailEnabled\nmailEnabled: TRUE',
    ],
    [
      'when an administrator locks the account',
      'replace: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z',
      'delete: pwdAccountLockedTime',
    ],
    [
      'when the password is set by someone else',
      'replace: userPassword\nuserPassword: another one',
      `replace: userPassword\nuserPassword: ${COMMON_PASSWORD}`,
    ],
  ] as const
  for (const [name, change, undo] of cases) {
    test(name, async ({ page, facts }) => {
      await signInAs(page, 'rfeldmann', COMMON_PASSWORD)
      const modify = (what: string) =>
        facts.modify(`dn: ${personDn('rfeldmann')}\nchangetype: modify\n${what}\n`)
      await modify(change)
      try {
        await page.goto('/account')
        await expect(page).toHaveURL(/\/sign-in\?code=ended$/)
        await expect(page.getByRole('status')).toContainText('Your session has ended')
      } finally {
        await modify(undo)
      }
    })
  }

  test('when the entry is deleted, also if another one takes its name', async ({ page, facts }) => {
    const dn = personDn('visitor')
    const entry = `dn: ${dn}\nchangetype: add\nobjectClass: inetOrgPerson\nuid: visitor\ncn: Visitor\nsn: V\nuserPassword: a visitor's own\n`
    await facts.modify(entry)
    await signInAs(page, 'visitor', "a visitor's own")
    await facts.modify(`dn: ${dn}\nchangetype: delete\n`)
    try {
      await page.goto('/account')
      await expect(page).toHaveURL(/\/sign-in\?code=ended$/)
      await facts.modify(entry)
      await page.goto('/account')
      await expect(page).toHaveURL(/\/sign-in\?code=ended$/)
    } finally {
      await facts.modify(`dn: ${dn}\nchangetype: delete\n`)
    }
  })
})

test('a role that is taken away is gone with the next request', async ({ page, facts }) => {
  const domain = `dc=domain2.me,${DOMAINS_BASE}`
  const uid = SAMPLE_LOGINS.find(({ role }) => role === 'domain administrator')?.uid ?? ''
  const modify = (change: string) => facts.modify(`dn: ${domain}\nchangetype: modify\n${change}\n`)
  await signIn(page, 'domain administrator')
  await page.goto('/domains')
  await expect(page.getByRole('link', { name: 'domain2.me' })).toBeVisible()
  await modify('delete: associatedName')
  try {
    await page.goto('/domains')
    await expect(page.getByRole('link', { name: 'quayside-books.example' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'domain2.me' })).toHaveCount(0)
  } finally {
    await modify(`add: associatedName\nassociatedName: ${personDn(uid)}`)
  }
})

test('sign out everywhere ends the sessions of this person and of nobody else', async ({
  page,
  browser,
  panel,
  facts,
}) => {
  const [other, somebody] = [await browser.newContext(), await browser.newContext()]
  const [otherPage, somebodysPage] = [await other.newPage(), await somebody.newPage()]
  await signInAs(page, 'ktanaka', COMMON_PASSWORD)
  await signInAs(otherPage, 'ktanaka', COMMON_PASSWORD, panel.url)
  await signInAs(somebodysPage, 'lwojcik', COMMON_PASSWORD, panel.url)
  await page.goto('/sign-in/password')
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page).toHaveURL(/\/sign-in\?code=everywhere$/)
  await expect(page.getByRole('status')).toContainText('signed out everywhere')
  await otherPage.goto(`${panel.url}/account`)
  await expect(otherPage).toHaveURL(/\/sign-in\?code=ended$/)
  await somebodysPage.goto(`${panel.url}/account`)
  await expect(somebodysPage).toHaveURL(/\/account$/)
  expect(await facts.dump()).toContain(`,${STORE_BASE}`)
  await signInAs(page, 'ktanaka', COMMON_PASSWORD)
  await other.close()
  await somebody.close()
})
