import { encode } from 'next-auth/jwt'
import { DOMAINS_BASE, personDn, STORE_BASE } from '@/scripts/demo/names'
import { COMMON_PASSWORD, SAMPLE_LOGINS } from '@/scripts/demo/sample-people'
import type { Facts } from '../fixtures/facts'
import { knownActions, knownPaths, type Target } from '../fixtures/known-doors'
import { allPaths, callAction, reply, type ServerAction, serverActions } from '../fixtures/server-actions'
import { expect, signIn, signInAs, test } from '../fixtures/sign-in'

const COOKIE = 'authjs.session-token'
/** A mailbox in a domain that nobody of those below has. */
const TARGET = 'gbaecker'
/** What must not be in any answer to them. */
const SECRET = /@birkenhof\.example/i
/** Nor this, unless it is about the caller's own mailbox. */
const SUCCESS = /"status":"(?:saved|previewed)"/

async function findTarget(facts: Facts): Promise<Target> {
  const [id = ''] = await facts.values(TARGET, 'entryUUID')
  const [entryCsn = ''] = await facts.values(TARGET, 'entryCSN')
  const [alias = ''] = await facts.values(TARGET, 'mailAlias')
  const dump = await facts.dump()
  const domain = dump
    .split('\n\n')
    .find((entry) => entry.startsWith(`dn: dc=birkenhof.example,${DOMAINS_BASE}\n`))
  const value = (attribute: string): string =>
    new RegExp(`^${attribute}: (.*)$`, 'm').exec(domain ?? '')?.[1] ?? ''
  return {
    id,
    entryCsn,
    alias,
    domain: 'birkenhof.example',
    domainId: value('entryUUID'),
    domainCsn: value('entryCSN'),
  }
}

/** Everything but the panel's own entries, where a person's own sessions, tokens and requests are. */
async function mailDirectory(facts: Facts): Promise<string> {
  const entries = (await facts.dump()).replaceAll(/^contextCSN: .*$/gm, '').split('\n\n')
  return entries.filter((entry) => !/^dn: .*,?ou=Postbook,/m.test(entry)).join('\n\n')
}

function nameOf({ file, name }: ServerAction): string {
  return `${file} ${name}`
}

/** The address at which a page of the build is called, with the target in it. */
function addressOf(target: Target, page: string): string {
  return knownPaths(target)[page] ?? page
}

/** Runs so many at a time: the panel answers them side by side, as it would an attacker. */
async function each<Item>(items: readonly Item[], run: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items]
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await run(item)
  }
  await Promise.all(Array.from({ length: 6 }, worker))
}

/** Calls everything there is. `thorough`: from several pages, with every origin and method. */
async function attack(panelUrl: string, facts: Facts, cookie: string, thorough = false): Promise<void> {
  const target = await findTarget(facts)
  const doors = knownActions(target)
  const before = await mailDirectory(facts)
  const session = cookie === '' ? {} : { Cookie: `${COOKIE}=${cookie}` }
  await each(serverActions(), async (action) => {
    const door = doors[nameOf(action)]
    if (door?.ends === true) return
    for (const page of action.pages.slice(0, thorough ? 2 : 1)) {
      for (const origin of thorough ? [{}, { Origin: panelUrl }] : [{}]) {
        const url = `${panelUrl}${addressOf(target, page)}`
        const { body } = await callAction(url, action, door?.parameters ?? [], { ...session, ...origin })
        expect(body, `${nameOf(action)} on ${page}`).not.toMatch(SECRET)
        if (door?.own !== true) expect(body, `${nameOf(action)} on ${page}`).not.toMatch(SUCCESS)
      }
    }
  })
  await each(allPaths(), async (path) => {
    for (const method of thorough ? ['GET', 'POST', 'PUT', 'DELETE'] : ['GET']) {
      const { body } = await reply(`${panelUrl}${addressOf(target, path)}`, { method, headers: session })
      for (const secret of [SECRET, SUCCESS]) expect(body, `${method} ${path}`).not.toMatch(secret)
    }
  })
  expect(await mailDirectory(facts)).toBe(before)
}

test('every action and path of the build is in the list of those that are attacked below', async ({
  facts,
}) => {
  const target = await findTarget(facts)
  expect(Object.values(target).every((value) => value !== '')).toBe(true)
  expect(serverActions().map(nameOf).sort()).toEqual(Object.keys(knownActions(target)).sort())
  expect([...allPaths()].sort()).toEqual(Object.keys(knownPaths(target)).sort())
})

test.describe('called directly over HTTP, every action and route reads and changes nothing', () => {
  // Hundreds of requests, on a machine that may have other things to do.
  test.describe.configure({ timeout: 240_000 })
  test('without a session', async ({ panel, facts }) => {
    await attack(panel.url, facts, '', true)
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
    const target = await findTarget(facts)
    const headers = { Cookie: `${COOKIE}=${good}` }
    const read = await reply(`${panel.url}/mailboxes/${target.id}`, { headers })
    expect(read.body).toMatch(SECRET)
    const doors = knownActions(target)
    // What is saved needs an approval, and this one is of no preview; so only previews are made.
    const harmless = serverActions().filter(
      (action) =>
        doors[nameOf(action)]?.own !== true && /^(?:ask|preview).*(?:Preview|Alias)$/.test(action.name),
    )
    expect(harmless.length).toBeGreaterThanOrEqual(6)
    for (const action of harmless) {
      const url = `${panel.url}${addressOf(target, action.pages[0] ?? '/')}`
      const { body } = await callAction(url, action, doors[nameOf(action)]?.parameters ?? [], headers)
      expect(body, nameOf(action)).toMatch(SUCCESS)
    }
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
