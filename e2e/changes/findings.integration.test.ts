/**
 * Findings and reach that need a real directory: another account's rights, the group of postmasters, every address
 * of a domain, and addresses that only lead to a touched one.
 */
import { appendFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ldapsearch, serviceBind, startTestDirectory, type TestDirectory } from '@/e2e/fixtures/directory'
import { previewChanges } from '@/lib/changes/preview'
import type { Preview } from '@/lib/changes/preview-result'
import { grantAuthority } from '@/lib/directory/authority'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { DOMAINS_BASE, MAIL_BASE, personDn, POSTFIX_DN, POSTMASTER_GROUP } from '@/scripts/demo/names'

const postmaster = grantAuthority({
  person: { dn: personDn('mokafor'), name: 'M', mail: 'm@domain1.net' },
  role: 'postmaster',
  domains: [],
})

let directory: TestDirectory

beforeAll(async () => {
  directory = await startTestDirectory()
  // A table whose filter reads what the account of the tables may not.
  const parameters = {
    server_host: directory.uri,
    version: '3',
    bind: 'yes',
    bind_dn: POSTFIX_DN,
    bind_pw: directory.postfixPassword,
    search_base: MAIL_BASE,
    query_filter: '(&(mail=%s)(telephoneNumber=*))',
    result_attribute: 'mail',
  }
  const lines = Object.entries(parameters).map(([name, value]) => `phones_${name} = ${value}`)
  const file = join(directory.postfix, 'main.cf')
  appendFileSync(file, ['relay_recipient_maps = ldap:phones', ...lines, ''].join('\n'))
  utimesSync(file, 1, 1)
  Object.assign(process.env, directory.settings)
})
afterAll(() => directory.stop())

function modify(uid: string, modification: Modification): ChangeRecord {
  return { type: 'modify', dn: personDn(uid), modifications: [modification] }
}

async function previewed(...changes: readonly ChangeRecord[]): Promise<Preview> {
  const result = await previewChanges(postmaster, changes, [])
  if (result.status !== 'previewed') throw new Error(JSON.stringify(result))
  return result.preview
}

function codesOf({ findings }: Preview): readonly string[] {
  return findings.map(({ code }) => code)
}

async function valuesAt(base: string, filter: string, attribute: string): Promise<readonly string[]> {
  const { stdout } = await ldapsearch(directory, serviceBind(directory), '-b', base, filter, attribute)
  return [...stdout.matchAll(new RegExp(`^${attribute}: (.*)$`, 'gm'))].map(([, value = '']) => value)
}

describe('table-account-cannot-read', () => {
  test('fires for an attribute that the filter of a table reads', async () => {
    const modification: Modification = {
      operation: 'replace',
      attribute: 'telephoneNumber',
      values: ['+49 30 1'],
    }
    const preview = await previewed(modify('ktanaka', modification))
    expect(codesOf(preview)).toContain('table-account-cannot-read')
  })
  test('does not for what the account sees, and for what no table reads', async () => {
    const alias: Modification = { operation: 'add', attribute: 'mailAlias', values: ['kt@domain1.net'] }
    expect(codesOf(await previewed(modify('ktanaka', alias)))).not.toContain('table-account-cannot-read')
    const name: Modification = { operation: 'replace', attribute: 'displayName', values: ['K'] }
    expect(codesOf(await previewed(modify('ktanaka', name)))).not.toContain('table-account-cannot-read')
  })
})

describe('last-postmaster-locked-out', () => {
  test('fires when all of them go, and not while one is left', async () => {
    const members = await valuesAt(POSTMASTER_GROUP, '(objectClass=*)', 'member')
    expect(members.length).toBeGreaterThan(0)
    const deletions = members.map((dn): ChangeRecord => ({ type: 'delete', dn }))
    expect(codesOf(await previewed(...deletions))).toContain('last-postmaster-locked-out')
    const some = [...deletions.slice(1), { type: 'delete', dn: personDn('ktanaka') } as const]
    expect(codesOf(await previewed(...some))).not.toContain('last-postmaster-locked-out')
  })
  test('fires when the last is disabled or renamed', async () => {
    const members = await valuesAt(POSTMASTER_GROUP, '(objectClass=*)', 'member')
    const disabling = members.map((dn): ChangeRecord => ({
      type: 'modify',
      dn,
      modifications: [{ operation: 'replace', attribute: 'mailEnabled', values: ['FALSE'] }],
    }))
    expect(codesOf(await previewed(...disabling))).toContain('last-postmaster-locked-out')
    const renaming = members.map((dn, at): ChangeRecord => ({
      type: 'modifyDn',
      dn,
      newRdn: `uid=renamed${at}`,
      deleteOldRdn: true,
      newSuperior: null,
    }))
    expect(codesOf(await previewed(...renaming))).toContain('last-postmaster-locked-out')
  })
})

describe('reach', () => {
  test('a domain that goes takes every address of it', async () => {
    const mails = await valuesAt(MAIL_BASE, '(mail=*@quayside-books.example)', 'mail')
    const aliases = await valuesAt(MAIL_BASE, '(mailAlias=*@quayside-books.example)', 'mailAlias')
    const own = [...mails, ...aliases].filter((address) => address.endsWith('@quayside-books.example'))
    const preview = await previewed({ type: 'delete', dn: `dc=quayside-books.example,${DOMAINS_BASE}` })
    const shown = preview.addresses.filter(({ address }) => address.endsWith('@quayside-books.example'))
    expect(shown.map(({ address }) => address).sort()).toEqual([...new Set(own)].sort())
    expect(shown.every(({ before, after }) => before.accepted && !after.accepted)).toBe(true)
    expect(codesOf(preview)).toContain('address-becomes-undeliverable')
    expect(codesOf(preview)).toContain('required-address-gone')
  })
  test('an alias of a mailbox whose mail is taken goes along', async () => {
    const alias: Modification = { operation: 'add', attribute: 'mailAlias', values: ['johndoe@domain1.net'] }
    const preview = await previewed(modify('ktanaka', alias))
    const [tanaka] = await valuesAt(personDn('ktanaka'), '(objectClass=*)', 'mail')
    const reached = preview.addresses.find(({ address }) => address === 'superjohn@domain2.me')
    expect(reached?.before.deliveries).toEqual(['johndoe@domain1.net'])
    expect(reached?.after.deliveries).toEqual([tanaka])
    expect(codesOf(preview)).toContain('alias-shadows-mailbox')
  })
  test('an address that leads nowhere near is not listed', async () => {
    const alias: Modification = { operation: 'add', attribute: 'mailAlias', values: ['quiet@domain1.net'] }
    const preview = await previewed(modify('ktanaka', alias))
    expect(preview.addresses.map(({ address }) => address)).toEqual(['quiet@domain1.net'])
  })
})
