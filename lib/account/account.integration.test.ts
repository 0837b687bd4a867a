import { appendFileSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDirectory, type TestDirectory } from '@/e2e/fixtures/directory'
import { type Facts, factsOf } from '@/e2e/fixtures/facts'
import { authorityOfOwner, panelAuthority } from '@/lib/auth/sweep-authority'
import { previewChanges } from '@/lib/changes/preview'
import { type Authority, grantAuthority } from '@/lib/directory/authority'
import type { AccountTask } from '@/lib/entries/account-task'
import { personDn } from '@/scripts/demo/names'
import { commitTask, previewTask, type TaskOutcome, type TaskPreview } from './account-commit'
import { writeAliasNote } from './alias-note'
import { sweepExpired } from './expiry-sweep'
import { readOwnAccount } from './own-account'
import { makeRandomAlias } from './random-alias'

let directory: TestDirectory
let facts: Facts

const john = ownerOf('johndoe', 'johndoe@domain1.net')
const zoe = ownerOf('zpetit', 'zoe@domain2.me')
const authorities = { owner: authorityOfOwner, panel: panelAuthority }

function ownerOf(uid: string, mail: string): Authority {
  return authorityOfOwner({ dn: personDn(uid), name: uid, mail })
}

beforeAll(async () => {
  directory = await startTestDirectory()
  Object.assign(process.env, directory.settings)
  facts = factsOf(directory)
})
afterAll(() => directory.stop())

const add = (localpart: string, domain = 'domain2.me', until = ''): AccountTask => ({
  task: 'add',
  localpart,
  domain,
  note: '',
  until,
})

function shown(preview: TaskPreview) {
  if (preview.status !== 'previewed') throw new Error(JSON.stringify(preview))
  return preview
}

async function save(
  who: Authority,
  task: AccountTask,
  confirmed: readonly string[] = [],
): Promise<TaskOutcome> {
  const { preview } = shown(await previewTask(who, task))
  return commitTask(who, task, { checksum: preview.checksum, confirmed })
}

async function codes(who: Authority, task: AccountTask): Promise<readonly string[]> {
  const { preview, problems } = shown(await previewTask(who, task))
  expect(problems).toEqual([])
  return preview.findings.map(({ severity, code }) => `${severity} ${code}`)
}

const UNDELIVERABLE = ['address-becomes-undeliverable']

test('a paused alias is nobody else’s, and its owner can take it back or let it go', async () => {
  expect(await save(john, add('rested'))).toMatchObject({ status: 'saved', broken: [] })
  const pause: AccountTask = { task: 'pause', address: 'rested@domain2.me' }
  expect(await save(john, pause)).toMatchObject({ status: 'look', reason: 'notConfirmed' })
  expect(await facts.values('johndoe', 'mailAlias')).toContain('rested@domain2.me')
  expect(await save(john, pause, UNDELIVERABLE)).toMatchObject({ status: 'saved', broken: [] })
  expect(await facts.values('johndoe', 'mailAlias')).not.toContain('rested@domain2.me')

  expect(await codes(zoe, add('rested'))).toEqual(['blocks address-taken'])
  expect(await save(zoe, add('rested'), ['alias-kept', 'address-taken'])).toMatchObject({ reason: 'blocked' })
  const postmaster = grantAuthority({ person: zoe.person, role: 'postmaster', domains: [] })
  const modifications = [{ operation: 'add' as const, attribute: 'mailAlias', values: ['Rested@domain2.me'] }]
  const asked = await previewChanges(postmaster, [{ type: 'modify', dn: zoe.person.dn, modifications }], [])
  expect(asked).toMatchObject({
    preview: { findings: [{ code: 'alias-kept', severity: 'confirm', addresses: ['rested@domain2.me'] }] },
  })

  expect(await save(john, { task: 'resume', address: 'rested@domain2.me' })).toMatchObject({
    status: 'saved',
  })
  expect(await facts.values('johndoe', 'mailAlias')).toContain('rested@domain2.me')
  expect(await save(john, pause, UNDELIVERABLE)).toMatchObject({ status: 'saved' })
  expect(await save(john, { task: 'remove', address: 'rested@domain2.me' })).toMatchObject({
    status: 'saved',
  })
  expect(await codes(zoe, add('rested'))).toEqual([])
  expect(await facts.dump()).not.toContain('alias:rested')
})

test('of two owners who take one address at the same moment, one gets it', async () => {
  const task = add('raced')
  const seen = await Promise.all([john, zoe].map(async (who) => shown(await previewTask(who, task))))
  const outcomes = await Promise.all(
    [john, zoe].map((who, at) =>
      commitTask(who, task, { checksum: seen[at]?.preview.checksum ?? '', confirmed: ['alias-taken'] }),
    ),
  )
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['look', 'saved'])
  const lists = await Promise.all(['johndoe', 'zpetit'].map((uid) => facts.values(uid, 'mailAlias')))
  expect(lists.filter((aliases) => aliases.includes('raced@domain2.me'))).toHaveLength(1)
  expect(JSON.stringify(outcomes)).not.toMatch(/uid=/)
})

test('an alias whose last day is over is switched off by the panel, in its owner’s name', async () => {
  const made = await makeRandomAlias(john, { kind: 'words', domain: 'domain1.net', note: 'a shop' })
  if (made.status !== 'made') throw new Error(JSON.stringify(made))
  const { address } = made
  expect(await writeAliasNote(john, { address, note: 'a shop', until: '2999-01-31' })).toEqual({
    status: 'kept',
  })
  expect(await writeAliasNote(zoe, { address, note: 'hers', until: '' })).toMatchObject({ status: 'refused' })
  expect(await sweepExpired(authorities, '2999-01-31')).toEqual([])
  expect(await sweepExpired(authorities, '2999-02-01')).toEqual([address])
  expect(await sweepExpired(authorities, '2999-02-01')).toEqual([])
  expect(await facts.values('johndoe', 'mailAlias')).not.toContain(address)
  const account = await readOwnAccount(john)
  expect(account).toMatchObject({ account: { paused: [{ address, note: 'a shop', until: '2999-01-31' }] } })
  const state = directory.settings['POSTBOOK_STATE_DIRECTORY'] ?? ''
  const records = readdirSync(state).filter((name) => name.startsWith('commits-'))
  const text = records.map((name) => readFileSync(join(state, name), 'utf8')).join('')
  expect(text.split('\n\n').find((record) => record.includes(`mailAlias:- ${address}`))).toContain(
    `reqAuthzID: ${personDn('johndoe')}`,
  )
})

test('an address that is an extension of someone’s, or a catch-all’s, is told apart', async () => {
  const main = join(directory.postfix, 'main.cf')
  const former = readFileSync(main, 'utf8')
  expect(await codes(john, add('zoe-books'))).toEqual([])
  appendFileSync(main, 'recipient_delimiter = -\n')
  setBack(main)
  try {
    expect(await codes(john, add('zoe-books'))).toEqual(['blocks address-taken'])
    expect(await codes(john, add('nobody-books'))).toEqual([])
  } finally {
    writeFileSync(main, former)
    setBack(main)
  }
  await facts.modify(
    `dn: ${personDn('zpetit')}\nchangetype: modify\nadd: mailAlias\nmailAlias: @domain2.me\n`,
  )
  try {
    const seen = shown(await previewTask(john, add('caught')))
    expect(seen.preview.findings.map(({ severity }) => severity)).toEqual(['notice'])
    expect(JSON.stringify(seen)).not.toContain('zoe')
  } finally {
    await facts.modify(
      `dn: ${personDn('zpetit')}\nchangetype: modify\ndelete: mailAlias\nmailAlias: @domain2.me\n`,
    )
  }
})

test('forwarding with and without a copy, where Postfix reads it', async () => {
  const main = join(directory.postfix, 'main.cf')
  const tables = join(directory.postfix, 'ldap')
  const former = readFileSync(main, 'utf8')
  const aliases = readFileSync(join(tables, 'ldap-aliases.cf'), 'utf8')
  const forwards = aliases
    .replace(/query_filter = .*/, 'query_filter = (&(objectClass=PostfixBookMailForward)(mail=%s))')
    .replace(/result_attribute = .*/, 'result_attribute = mailForwardingAddress')
  writeFileSync(join(tables, 'ldap-forwards.cf'), forwards, { mode: 0o600 })
  writeFileSync(
    main,
    former.replace(
      /^virtual_alias_maps = (.*)$/m,
      `virtual_alias_maps = $1, ldap:${tables}/ldap-forwards.cf`,
    ),
  )
  for (const file of [main, join(tables, 'ldap-forwards.cf')]) setBack(file)
  const forward = async (targets: readonly string[], keepCopy: boolean): Promise<AccountTask> => {
    const [entryCsn = ''] = await facts.values('johndoe', 'entryCSN')
    return { task: 'forward', entryCsn, targets: [...targets], keepCopy }
  }
  const fate = async (task: AccountTask) => {
    const { preview } = shown(await previewTask(john, task))
    return preview.addresses.find(({ address }) => address === 'johndoe@domain1.net')?.after
  }
  const both = await forward(['mary@domain1.net'], true)
  expect((await fate(both))?.deliveries).toContain('johndoe@domain1.net')
  expect(await save(john, both)).toMatchObject({ status: 'saved', broken: [] })
  expect(await facts.values('johndoe', 'objectClass')).toContain('PostfixBookMailForward')
  expect(await save(john, await forward(['mary@domain1.net'], false))).toMatchObject({ status: 'saved' })
  expect(await facts.values('johndoe', 'mailForwardingAddress')).toEqual(['mary@domain1.net'])
  const outside = shown(await previewTask(john, await forward(['me@post.example.org'], true)))
  expect(outside.problems).toMatchObject([
    { field: 'targets', message: { key: 'account.problem.targetOutside' } },
  ])
  const unknown = await forward(['nobody-at-all@domain1.net'], true)
  expect(await codes(john, unknown)).toContain('blocks dangling-destination')
  expect(await save(john, await forward([], true))).toMatchObject({ status: 'saved' })
  expect(await facts.values('johndoe', 'mailForwardingAddress')).toEqual([])
  expect(await facts.values('johndoe', 'objectClass')).not.toContain('PostfixBookMailForward')
})

/** A file of this very second would be read again and again. */
function setBack(file: string): void {
  const before = Date.now() / 1000 - 10
  utimesSync(file, before, before)
}
