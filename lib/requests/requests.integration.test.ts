import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestDirectory, type TestDirectory } from '@/e2e/fixtures/directory'
import { type Facts, factsOf } from '@/e2e/fixtures/facts'
import { type Authority, grantAuthority, type Role } from '@/lib/directory/authority'
import { personDn } from '@/scripts/demo/names'
import { grantRequest, lookAtRequest, refuseRequest } from './decision'
import type { Granted } from './decision-state'
import { askForAlias, listOwnRequests, withdrawRequest } from './own-requests'
import { listWaitingRequests } from './waiting-requests'

const DOMAIN = 'quayside-books.example'

function authorityOf(uid: string, mail: string, role: Role, domains: readonly string[] = []): Authority {
  return grantAuthority({ person: { dn: personDn(uid), name: uid, mail }, role, domains })
}

const owner = authorityOf('nmurphy', `niamh@${DOMAIN}`, 'owner')
const other = authorityOf('xli', `xiaomei@${DOMAIN}`, 'owner')
const postmaster = authorityOf('mokafor', 'martha.okafor@domain1.net', 'postmaster')
const administrator = authorityOf('isorensen', 'ingrid@domain2.me', 'domainAdministrator', [DOMAIN])
const stranger = authorityOf('isorensen', 'ingrid@domain2.me', 'domainAdministrator', ['domain2.me'])

let directory: TestDirectory
let facts: Facts
beforeAll(async () => {
  directory = await startTestDirectory()
  Object.assign(process.env, directory.settings)
  facts = factsOf(directory)
})
afterAll(() => directory.stop())

/** Asks as this owner; the request's id. */
async function ask(who: Authority, address: string): Promise<string> {
  expect(await askForAlias(who, { address, why: '' })).toEqual({ status: 'asked', address })
  const own = await listOwnRequests(who)
  const request = own.status === 'list' ? own.requests.find((one) => one.address === address) : undefined
  if (request === undefined) throw new Error(`${address} is not among the requests.`)
  return request.id
}

/** Looks, says yes to all findings, and grants. */
async function grant(who: Authority, id: string): Promise<Granted> {
  const looked = await lookAtRequest(who, id)
  if (looked?.status !== 'open' || looked.preview?.status !== 'previewed')
    throw new Error(JSON.stringify(looked))
  const { checksum, findings } = looked.preview.preview
  return grantRequest(who, id, { checksum, confirmed: findings.map(({ code }) => code) })
}

describe('requests', () => {
  test('an owner reaches no request of anybody else, not even to withdraw it', async () => {
    const id = await ask(owner, `reading@${DOMAIN}`)
    expect(await listOwnRequests(other)).toEqual({ status: 'list', requests: [] })
    expect(await withdrawRequest(other, id)).toBeNull()
    expect(await listWaitingRequests(owner)).toEqual({ status: 'list', requests: [] })
    expect(await lookAtRequest(owner, id)).toBeNull()
    const approval = { checksum: 'a'.repeat(64), confirmed: [] }
    expect(await grantRequest(owner, id, approval)).toMatchObject({ status: 'refused' })
    expect(await refuseRequest(owner, id, 'no')).not.toBeNull()
    expect(await lookAtRequest(administrator, id)).toMatchObject({ status: 'open' })
    expect(await withdrawRequest(owner, id)).toBeNull()
    expect(await lookAtRequest(administrator, id)).toBeNull()
  })

  test('an administrator of other domains neither sees nor decides', async () => {
    const id = await ask(owner, `writing@${DOMAIN}`)
    const before = await facts.dump()
    expect(await listWaitingRequests(stranger)).toEqual({ status: 'list', requests: [] })
    expect(await lookAtRequest(stranger, id)).toBeNull()
    const approval = { checksum: 'a'.repeat(64), confirmed: [] }
    expect(await grantRequest(stranger, id, approval)).toMatchObject({ status: 'refused' })
    expect(await refuseRequest(stranger, id, 'no')).not.toBeNull()
    expect(await facts.dump()).toBe(before)
    expect(await refuseRequest(administrator, id, ' ')).toEqual({ key: 'requests.reasonMissing' })
    expect(await refuseRequest(administrator, id, 'not now')).toBeNull()
    // A no is the end of it.
    expect(await grantRequest(postmaster, id, approval)).toMatchObject({ status: 'refused' })
    expect(await withdrawRequest(owner, id)).toEqual({ key: 'requests.decidedAlready' })
  })

  test('of two who decide in one moment one does, and the alias is there once', async () => {
    const id = await ask(owner, `twice@${DOMAIN}`)
    const outcomes = await Promise.all([grant(administrator, id), grant(postmaster, id)])
    expect(outcomes.filter(({ status }) => status === 'saved')).toHaveLength(1)
    const aliases = await facts.values('nmurphy', 'mailAlias')
    expect(aliases.filter((alias) => alias === `twice@${DOMAIN}`)).toHaveLength(1)
    const own = await listOwnRequests(owner)
    expect(own).toMatchObject({ requests: [{ state: 'granted', address: `twice@${DOMAIN}` }, {}] })
  })

  test('a yes to another preview writes nothing, and the request waits on', async () => {
    const id = await ask(owner, `stale@${DOMAIN}`)
    const looked = await lookAtRequest(administrator, id)
    if (looked?.status !== 'open' || looked.preview?.status !== 'previewed') throw new Error('no preview')
    const { checksum, findings } = looked.preview.preview
    await facts.modify(`dn: ${personDn('nmurphy')}\nchangetype: modify\nreplace: title\ntitle: Bookseller\n`)
    const approval = { checksum, confirmed: findings.map(({ code }) => code) }
    expect(await grantRequest(administrator, id, approval)).toMatchObject({ status: 'look' })
    expect(await facts.values('nmurphy', 'mailAlias')).not.toContain(`stale@${DOMAIN}`)
    expect(await grant(administrator, id)).toMatchObject({ status: 'saved' })
    expect(await facts.values('nmurphy', 'mailAlias')).toContain(`stale@${DOMAIN}`)
  })

  test('what somebody else has taken meanwhile is a finding', async () => {
    const id = await ask(owner, `taken@${DOMAIN}`)
    await facts.modify(
      `dn: ${personDn('xli')}\nchangetype: modify\nadd: mailAlias\nmailAlias: taken@${DOMAIN}\n`,
    )
    const looked = await lookAtRequest(administrator, id)
    expect(looked).toMatchObject({
      status: 'open',
      preview: { preview: { findings: expect.arrayContaining([expect.anything()]) as unknown } },
    })
  })

  test('who sees the panel as an owner asks for nothing and withdraws nothing', async () => {
    const id = await ask(owner, `viewed@${DOMAIN}`)
    const viewed = grantAuthority({ ...owner }, owner.origin, postmaster.person)
    const before = await facts.dump()
    expect(await listOwnRequests(viewed)).toMatchObject({ status: 'list' })
    expect(await askForAlias(viewed, { address: `more@${DOMAIN}`, why: '' })).toMatchObject({
      status: 'refused',
    })
    expect(await withdrawRequest(viewed, id)).not.toBeNull()
    expect(await facts.dump()).toBe(before)
  })
})
