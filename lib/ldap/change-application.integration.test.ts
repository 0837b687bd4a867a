/**
 * Random changes of one entry, given to a real slapd and to applyChange: the same result code, and afterwards
 * the same attributes and values in the same order.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TestSlapd } from '@/e2e/fixtures/slapd'
import { startTestSlapd } from '@/e2e/fixtures/slapd'
import { applyChange } from './change-application'
import type { ChangeRecord, Modification } from './change-record'
import { defaultSchema } from './default-schema'
import type { Entry } from './entry'
import { parseLdif } from './ldif'
import { formatChange } from './ldif-text'

const testdata = fileURLToPath(new URL('testdata', import.meta.url))
const schema = defaultSchema()
const PARENT = 'ou=Mail,dc=example,dc=net'
const DN = `uid=test,${PARENT}`
const BIND = ['-x', '-D', 'cn=admin,dc=example,dc=net', '-w', 'secret']
const ADD: ChangeRecord = {
  type: 'add',
  dn: DN,
  attributes: [
    { description: 'objectClass', values: ['inetOrgPerson', 'PostfixBookMailAccount', 'posixAccount'] },
    { description: 'uid', values: ['test'] },
    { description: 'cn', values: ['Test'] },
    { description: 'sn', values: ['Test'] },
    { description: 'mail', values: ['test@x'] },
    { description: 'uidNumber', values: ['5'] },
    { description: 'gidNumber', values: ['5'] },
    { description: 'homeDirectory', values: ['/'] },
  ],
}

let slapd: TestSlapd

beforeAll(async () => {
  const configurationOf = (folder: string): string =>
    [
      ...['core', 'cosine', 'inetorgperson', 'nis'].map((name) => `include /etc/ldap/schema/${name}.schema`),
      `include ${testdata}/postfix-book.schema`,
      `pidfile ${folder}/slapd.pid`,
      'modulepath /usr/lib/ldap',
      'moduleload back_mdb.so',
      'database mdb',
      'suffix "dc=example,dc=net"',
      'rootdn "cn=admin,dc=example,dc=net"',
      'rootpw secret',
      `directory ${folder}`,
      '',
    ].join('\n')
  const text = readFileSync(`${testdata}/directory.ldif`, 'utf8')
  slapd = await startTestSlapd(configurationOf, { suffix: 'dc=example,dc=net', text })
})

afterAll(async () => {
  await slapd.stop()
})

function send(change: ChangeRecord): number {
  const run = spawnSync('ldapmodify', [...BIND, '-H', slapd.uri], { input: formatChange(change) })
  return run.status ?? -1
}

function find(base: string, scope: 'base' | 'sub', filter: string): readonly Entry[] {
  const run = spawnSync('ldapsearch', [...BIND, '-LLL', '-H', slapd.uri, '-b', base, '-s', scope, filter])
  const parsed = parseLdif(run.stdout.toString())
  if (parsed.status !== 'parsed') throw new Error(parsed.message)
  return parsed.records.flatMap((record) => (record.type === 'content' ? [record.entry] : []))
}

function read(dn: string): Entry | null {
  return find(dn, 'base', '(objectClass=*)')[0] ?? null
}

/** Removes the entry, whatever it is called now. */
function reset(): void {
  for (const { dn } of find('dc=example,dc=net', 'sub', '(gidNumber=5)')) send({ type: 'delete', dn })
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  cn: ['Test', 'test', ' TEST ', 'other', 'Größe'],
  sn: ['Test', 'x'],
  uid: ['test', 'TEST', 'two'],
  mail: ['test@x', 'Test@X', 'a@x', 'ü@x', ''],
  mailAlias: ['a@x', 'A@X', 'b@x', 'c@x', 'ü@x'],
  mailEnabled: ['TRUE', 'FALSE', 'true'],
  mailQuota: ['1', '2'],
  uidNumber: ['1', '-3', '007', 'x'],
  description: ['a', 'b'],
  'description;lang-de': ['a', 'b'],
  objectClass: ['PostfixBookMailAccount', 'posixAccount', 'person', 'dNSDomain', 'nosuch', 'top', 'alias'],
  member: ['dc=example', 'not a dn'],
  jpegPhoto: ['\udcff\0'],
  nosuch: ['x'],
  mailSieveRuleSource: ['x', 'y'],
  modifiersName: ['dc=x'],
}
const modification: fc.Arbitrary<Modification> = fc.constantFrom(...Object.keys(VALUES)).chain((attribute) =>
  fc.record({
    operation: fc.constantFrom('add', 'add', 'delete', 'replace', 'increment'),
    attribute: fc.constant(attribute),
    values: fc.subarray([...(VALUES[attribute] ?? [])]),
  }),
)
// ldapmodify itself refuses an addition or increment without values.
const sendable = modification.filter(({ operation, values }) => {
  return values.length > 0 || operation === 'delete' || operation === 'replace'
})

it('changes an entry as slapd does, or refuses with the same code', () => {
  const changes = fc.array(fc.array(sendable, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(changes, (lists) => {
      reset()
      expect(send(ADD)).toBe(0)
      const added = applyChange(ADD, null, schema)
      let entry = added.status === 'applied' ? added.entry : null
      for (const modifications of lists) {
        const change: ChangeRecord = { type: 'modify', dn: DN, modifications }
        const result = applyChange(change, entry, schema)
        if (result.status === 'applied') entry = result.entry
        expect(send(change)).toBe(result.status === 'applied' ? 0 : result.resultCode)
        expect(read(DN)).toEqual(entry)
      }
    }),
    { numRuns: 60 },
  )
})

it('renames as slapd does', () => {
  const rdn = fc.constantFrom(
    'uid=test',
    'uid=TEST',
    'uid=two',
    'cn=Test',
    'cn=x+uid=test',
    'nosuch=x',
    'dc=x',
    'cn=',
  )
  const parent = fc.constantFrom(null, PARENT, 'ou=Groups,dc=example,dc=net')
  fc.assert(
    fc.property(rdn, fc.boolean(), parent, (newRdn, deleteOldRdn, newSuperior) => {
      reset()
      const added = applyChange(ADD, null, schema)
      expect([send(ADD), added.status]).toEqual([0, 'applied'])
      const change: ChangeRecord = { type: 'modifyDn', dn: DN, newRdn, deleteOldRdn, newSuperior }
      const result = applyChange(change, added.status === 'applied' ? added.entry : null, schema)
      expect(send(change)).toBe(result.status === 'applied' ? 0 : result.resultCode)
      const now = result.status === 'applied' && result.entry !== null ? result.entry : null
      if (now !== null) expect(read(now.dn)).toEqual(now)
    }),
    { numRuns: 40, endOnFailure: true },
  )
})
