import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startTestDirectory, type TestDirectory } from '@/e2e/fixtures/directory'
import { type Facts, factsOf } from '@/e2e/fixtures/facts'
import { authorityOfToken } from '@/lib/auth/access-token'
import { type Authority, grantAuthority } from '@/lib/directory/authority'
import { rehearseWrite } from '@/lib/directory/rehearsal'
import { write } from '@/lib/directory/service'
import { personDn } from '@/scripts/demo/names'
import { listOwnTokens, makeOwnToken, revokeOwnToken } from './own-tokens'
import type { OwnToken } from './own-token'

const { lines } = vi.hoisted(() => ({ lines: [] as string[] }))
vi.mock('@/lib/auth/log', async () => {
  const { pino } = await import('pino')
  return { log: pino({ base: null }, { write: (line: string) => lines.push(line) }) }
})

function ownerOf(uid: string, mail: string): Authority {
  return grantAuthority({ person: { dn: personDn(uid), name: uid, mail }, role: 'owner', domains: [] })
}

const owner = ownerOf('ktanaka', 'kenji.tanaka@domain1.net')
const other = ownerOf('lwojcik', 'lukasz.wojcik@domain1.net')

let directory: TestDirectory
let facts: Facts
beforeAll(async () => {
  directory = await startTestDirectory()
  Object.assign(process.env, directory.settings, { API_TOKENS: 'yes' })
  facts = factsOf(directory)
})
afterAll(() => directory.stop())

async function make(who: Authority, name: string): Promise<string> {
  const made = await makeOwnToken(who, name)
  if (made.status !== 'made') throw new Error(JSON.stringify(made))
  return made.text
}

async function list(who: Authority): Promise<readonly OwnToken[]> {
  const own = await listOwnTokens(who)
  if (own.status === 'failed') throw new Error(own.diagnostic)
  return own.tokens
}

function comeIn(token: string): ReturnType<typeof authorityOfToken> {
  return authorityOfToken(token, new Headers())
}

describe('tokens', () => {
  test('let their person in as an owner, whatever else the person is', async () => {
    const postmaster = grantAuthority({
      ...ownerOf('mokafor', 'martha.okafor@domain1.net'),
      role: 'postmaster',
    })
    const token = await make(postmaster, 'Phone')
    expect(await comeIn(token)).toMatchObject({
      status: 'accepted',
      name: 'Phone',
      authority: { role: 'owner', person: { dn: personDn('mokafor') } },
    })
    expect(await list(postmaster)).toEqual([
      expect.objectContaining({ name: 'Phone', usedAt: expect.any(String) as string }),
    ])
  })

  test('are kept as hashes, and never written to the log', async () => {
    const token = await make(owner, 'Hashed')
    await comeIn(token)
    const [, , secret = ''] = token.split('.')
    expect(`${await facts.dump()}${lines.join('')}`).not.toContain(secret)
    expect(JSON.stringify(await list(owner))).not.toContain(secret)
  })

  test('are revoked by their person and by nobody else', async () => {
    const token = await make(owner, 'Mine')
    const [mine] = (await list(owner)).filter(({ name }) => name === 'Mine')
    expect(await list(other)).toEqual([])
    expect(await revokeOwnToken(other, mine?.id ?? '')).toBeNull()
    expect(await comeIn(token)).toMatchObject({ status: 'accepted' })
    expect(await revokeOwnToken(owner, mine?.id ?? '')).toBeNull()
    expect(await comeIn(token)).toEqual({ status: 'refused' })
    // As every refusal: nobody learns from the answer what was wrong.
    expect(await comeIn(`${token.slice(0, -1)}x`)).toEqual({ status: 'refused' })
    expect(await comeIn('')).toEqual({ status: 'refused' })
  })

  test('are no good for another person’s entryUUID', async () => {
    const token = await make(owner, 'Swapped')
    const [uuid = ''] = await facts.values('lwojcik', 'entryUUID')
    const parts = token.split('.')
    const swapped = [parts[0], uuid.replaceAll('-', ''), parts[2]].join('.')
    expect(await comeIn(swapped)).toEqual({ status: 'refused' })
  })

  test('live through a rename, and die with the entry', async () => {
    const ldif = (change: string) => `dn: ${personDn('visitor')}\n${change}\n`
    const entry =
      'changetype: add\nobjectClass: inetOrgPerson\nuid: visitor\ncn: Visitor\nsn: V\nmail: visitor@domain1.net'
    await facts.modify(ldif(entry))
    const token = await make(ownerOf('visitor', 'visitor@domain1.net'), 'Phone')
    await facts.modify(ldif('changetype: modrdn\nnewrdn: uid=guest\ndeleteoldrdn: 1'))
    expect(await comeIn(token)).toMatchObject({ status: 'accepted' })
    await facts.modify(`dn: ${personDn('guest')}\nchangetype: delete\n`)
    await facts.modify(ldif(entry))
    expect(await comeIn(token)).toEqual({ status: 'refused' })
    await facts.modify(ldif('changetype: delete'))
  })

  test('are twenty at most, and have a name', async () => {
    expect(await makeOwnToken(other, '   ')).toMatchObject({ status: 'refused' })
    expect(await makeOwnToken(other, 'x'.repeat(65))).toMatchObject({ status: 'refused' })
    for (let number = 1; number <= 20; number += 1) await make(other, `Number ${number}`)
    expect(await makeOwnToken(other, 'One more')).toMatchObject({
      status: 'refused',
      message: { key: 'tokens.tooMany' },
    })
  })
})

test('who sees the panel as an owner writes nothing, through no door', async () => {
  const postmaster = { dn: personDn('mokafor'), name: 'Martha', mail: '' }
  const viewed = grantAuthority({ ...owner }, owner.origin, postmaster)
  const before = await facts.dump()
  expect(await makeOwnToken(viewed, 'Sneaked')).toMatchObject({ status: 'refused' })
  const [held] = await list(owner)
  expect(await revokeOwnToken(viewed, held?.id ?? '')).not.toBeNull()
  const modifications = [{ operation: 'add' as const, attribute: 'title', values: ['X'] }]
  const record = { type: 'modify' as const, dn: owner.person.dn, modifications }
  expect(await write(viewed, record)).toMatchObject({ status: 'refused', resultCode: 50 })
  expect(await write(viewed, record, { asService: true })).toMatchObject({ status: 'refused' })
  expect(await rehearseWrite(viewed, record)).toEqual({ status: 'done' })
  expect(await facts.dump()).toBe(before)
  expect(await write(owner, record)).toEqual({ status: 'done' })
})
