import type { Page } from '@playwright/test'
import { COMMON_PASSWORD } from '@/scripts/demo/sample-people'
import type { Facts } from '../fixtures/facts'
import { startPanel } from '../fixtures/panel'
import { callAction, type Reply, type ServerAction, serverActions } from '../fixtures/server-actions'
import { signInAs } from '../fixtures/sign-in'
import { expect, test } from '../fixtures/test'

const COOKIE = 'authjs.session-token'
/** Of others, and of the site's inside: in no answer to an owner. */
const LEAKS = /mbrown|mary\.brown|tom\.fletcher|koehler|marchetti|zoe@|uid=|dc=example|\.cf|ldap:/i
const EVERY_YES = [
  'address-becomes-undeliverable',
  'address-in-use',
  'address-taken',
  'alias-in-unhosted-domain',
  'alias-kept',
  'alias-shadows-mailbox',
  'alias-taken',
  'destination-changes',
  'forwards-outside',
  'not-fully-searched',
  'required-address-gone',
  'value-never-found',
]

const HOSTILE_LOCALPARTS = [
  ...[
    '',
    '@',
    '*',
    '%',
    '!',
    '"mary"',
    'a b',
    'a@b',
    'a\nmailAlias: b',
    'a\u0000b',
    'a+b',
    '.a',
    'a..b',
    '-a',
  ],
  ...[
    'a)(mail=*',
    'a*)(|(mail=*))',
    '\\2a',
    'a,ou=Mail',
    'uid=mbrown',
    'a;b',
    'a<b>',
    '$(id)',
    'x'.repeat(65),
  ],
  // Someone's, in mail, mailAlias and mailGroupMember, in other spellings.
  ...['mary', 'MARY', ' mary ', 'mary.brown', 'Mary.Brown', 'j.koehler', 'sales-team', 'juergen.koehler'],
  // Letters that look like others, or become them.
  ...[
    'm\u0430ry',
    '\uff4d\uff41\uff52\uff59',
    '\u212aim',
    '\u017fhop',
    'ma\u0301ry',
    'mary\u200b',
    '\u202eyram',
  ],
  ...['postmaster', 'Abuse', 'hostmaster', 'root', 'mailer-daemon', 'list-request', 'owner-list'],
]
const HOSTILE_DOMAINS = [
  ...['birkenhof.example', 'quayside-books.example', 'nowhere.example', '', 'domain1.net.', 'domain1'],
  ...['d\u043emain1.net', 'domain1.net@birkenhof.example', '*', 'domain1.net\u0000', 'sub.domain1.net'],
]

interface Owner {
  /** Calls a server action of the account page, as this owner. */
  readonly call: (name: string, parameters: readonly unknown[]) => Promise<Reply>
  readonly cookie: string
}

function actionNamed(name: string): ServerAction {
  const action = serverActions().find((one) => one.name === name && one.file === 'app/account/actions.ts')
  if (action === undefined) throw new Error(`The build has no action ${name}.`)
  return action
}

async function ownerOf(page: Page, url: string, uid: string): Promise<Owner> {
  await signInAs(page, uid, uid === 'johndoe' ? 'demo-owner' : COMMON_PASSWORD, url)
  const cookie = (await page.context().cookies()).find(({ name }) => name === COOKIE)?.value ?? ''
  return ownerBy(url, cookie)
}

function ownerBy(url: string, cookie: string): Owner {
  return {
    cookie,
    call: (name, parameters) =>
      callAction(`${url}/account`, actionNamed(name), parameters, {
        Cookie: `${COOKIE}=${cookie}`,
        Origin: url,
      }),
  }
}

/** Every entry with every attribute, but for short-lived reservations and the time of the newest write. */
async function entriesOf(facts: Facts): Promise<readonly string[]> {
  const entries = (await facts.dump()).replace(/^contextCSN: .*\n/gm, '').split('\n\n')
  return entries.filter((entry) => !entry.includes('documentIdentifier: reservation:')).sort()
}

function checksumIn({ body }: Reply): string {
  return /"checksum":"([0-9a-f]{64})"/.exec(body)?.[1] ?? 'a'.repeat(64)
}

/** What the person typed may come back, and nothing else of others. */
function expectNoLeak({ body }: Reply, typed: unknown): void {
  const strings = JSON.stringify(typed).match(/"[^"]*"/g) ?? []
  const echoes = strings.map((text) => text.slice(1, -1).toLowerCase()).filter((text) => text.length > 2)
  const rest = echoes.reduce((text, echo) => text.replaceAll(echo, ''), body.toLowerCase())
  expect(rest, JSON.stringify(typed)).not.toMatch(LEAKS)
}

/** Looks, then saves what was shown with a yes to everything; then the same with a checksum made up. */
async function attempt({ call }: Owner, task: unknown): Promise<void> {
  const seen = await call('askTask', [task])
  const approvals = [checksumIn(seen), 'b'.repeat(64)].map((checksum) => ({ checksum, confirmed: EVERY_YES }))
  const saved = await Promise.all(approvals.map((approval) => call('saveTask', [task, approval])))
  for (const reply of [seen, ...saved]) {
    expectNoLeak(reply, task)
    expect(reply.body, JSON.stringify(task)).not.toContain('"status":"saved"')
  }
  for (const { status, body } of saved)
    expect(status >= 400 || /"status":"(?:invalid|refused|look)"/.test(body), body.slice(0, 400)).toBe(true)
}

/** A few at a time, as a hostile client would. */
async function attemptAll(owner: Owner, tasks: readonly unknown[]): Promise<void> {
  for (let at = 0; at < tasks.length; at += 6)
    await Promise.all(tasks.slice(at, at + 6).map((task) => attempt(owner, task)))
}

const add = (localpart: unknown, domain: unknown = 'domain1.net') => ({
  task: 'add',
  localpart,
  domain,
  note: '',
  until: '',
})

test('addresses that are not an owner’s to take are refused, and nothing changes', async ({
  page,
  panel,
  facts,
}) => {
  const owner = await ownerOf(page, panel.url, 'johndoe')
  const before = await entriesOf(facts)
  const others = [
    'mary@domain1.net',
    'postmaster@domain1.net',
    '@domain1.net',
    '*',
    '',
    'johndoe@domain1.net',
  ]
  await attemptAll(owner, [
    ...HOSTILE_LOCALPARTS.map((localpart) => add(localpart)),
    ...HOSTILE_DOMAINS.map((domain) => add('fresh', domain)),
    ...others.flatMap((address) => ['pause', 'remove', 'resume'].map((task) => ({ task, address }))),
  ])
  const note = { address: 'mary@domain1.net', note: 'mine', until: '' }
  expect((await owner.call('writeNote', [note])).body).toContain('account.problem.notYours')
  for (const domain of HOSTILE_DOMAINS.filter((name) => name !== ''))
    expect((await owner.call('makeRandom', [{ kind: 'words', domain, note: '' }])).body).not.toContain(
      '"made"',
    )
  expect(await entriesOf(facts)).toEqual(before)
})

test('forms that are forged, malformed, oversized or many are refused, and nothing changes', async ({
  page,
  panel,
  facts,
}) => {
  const owner = await ownerOf(page, panel.url, 'johndoe')
  const [entryCsn = ''] = await facts.values('johndoe', 'entryCSN')
  const before = await entriesOf(facts)
  const many = Array.from({ length: 10_000 }, (_, number) => `many${number}@domain1.net`)
  const forged: readonly unknown[] = [
    null,
    'add',
    many.map((address) => add(address.split('@')[0])),
    add(many),
    add({ toString: 'mary' }),
    { ...add('fresh'), dn: 'uid=mbrown,ou=Mail,dc=example,dc=net' },
    { ...add('fresh'), role: 'postmaster' },
    { ...add('fresh'), until: 'tomorrow' },
    { ...add('fresh'), note: 'x'.repeat(201) },
    { task: 'rename', address: 'johndoe@domain1.net' },
    { task: 'forward', entryCsn, targets: many, keepCopy: true },
    { task: 'forward', entryCsn, targets: ['me@post.example.org'], keepCopy: false },
    { task: 'forward', entryCsn: '20000101000000.000000Z#000000#000#000000', targets: [], keepCopy: true },
    JSON.parse('{"__proto__":{"task":"add"},"task":"add"}'),
  ]
  for (const task of forged) {
    const approval = { checksum: 'c'.repeat(64), confirmed: EVERY_YES }
    const replies = [await owner.call('askTask', [task]), await owner.call('saveTask', [task, approval])]
    for (const reply of replies) {
      expect(reply.body).toMatch(/"status":"(?:refused|stale|invalid)"|"problems":\[\{/)
      expectNoLeak(reply, task)
    }
  }
  for (const approval of [
    null,
    {},
    { checksum: 'x', confirmed: [] },
    { checksum: 'a'.repeat(64), confirmed: many },
  ])
    expect((await owner.call('saveTask', [add('fresh'), approval])).body).toContain('edit.malformed')
  const huge = await owner.call('saveTask', [add('x'.repeat(3_000_000)), {}])
  expect(huge.status).toBeGreaterThanOrEqual(400)
  expect(huge.body).not.toMatch(LEAKS)

  const middle = Math.floor(owner.cookie.length / 2)
  const flipped = owner.cookie[middle] === 'A' ? 'B' : 'A'
  const tampered = `${owner.cookie.slice(0, middle)}${flipped}${owner.cookie.slice(middle + 1)}`
  for (const cookie of ['', 'x', tampered])
    for (const name of ['askTask', 'saveTask', 'makeRandom', 'writeNote'])
      expect((await ownerBy(panel.url, cookie).call(name, [add('fresh')])).body).toContain('edit.signedOut')
  expect(await entriesOf(facts)).toEqual(before)
})

test('what one person saw is no approval of another’s, and a form that is sent again does nothing', async ({
  page,
  browser,
  panel,
  facts,
}) => {
  const john = await ownerOf(page, panel.url, 'johndoe')
  const context = await browser.newContext()
  const mary = await ownerOf(await context.newPage(), panel.url, 'mbrown')
  const task = add('replayed')
  const [seen, herSeen] = [await john.call('askTask', [task]), await mary.call('askTask', [task])]
  const borrowed = await john.call('saveTask', [
    task,
    { checksum: checksumIn(herSeen), confirmed: EVERY_YES },
  ])
  expect(borrowed.body).toContain('"reason":"outdated"')
  const approval = { checksum: checksumIn(seen), confirmed: [] }
  expect((await john.call('saveTask', [task, approval])).body).toContain('"status":"saved"')
  const held = await facts.values('johndoe', 'mailAlias')
  expect(held).toContain('replayed@domain1.net')
  const again = await Promise.all([1, 2, 3].map(() => john.call('saveTask', [task, approval])))
  for (const { body } of again) expect(body).toContain('account.problem.yours')
  const late = await mary.call('saveTask', [task, { checksum: checksumIn(herSeen), confirmed: EVERY_YES }])
  expect(late.body).toContain('"status":"look"')
  expect(late.body).not.toContain('johndoe')
  expect(await facts.values('johndoe', 'mailAlias')).toEqual(held)
  expect(await facts.values('mbrown', 'mailAlias')).toEqual(['mary@domain1.net'])
  await context.close()
})

test('the limit holds for addresses that are asked for all at once', async ({ page, directory, facts }) => {
  const panel = await startPanel({ ...directory.settings, OWNER_ALIAS_LIMIT: '3' })
  try {
    const owner = await ownerOf(page, panel.url, 'ktanaka')
    const wish = { kind: 'characters', domain: 'domain1.net', note: '' }
    await Promise.all(Array.from({ length: 6 }, () => owner.call('makeRandom', [wish])))
    while ((await owner.call('makeRandom', [wish])).body.includes('"made"')) continue
    expect(await facts.values('ktanaka', 'mailAlias')).toHaveLength(3)
  } finally {
    await panel.stop()
  }
})
