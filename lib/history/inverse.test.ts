import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordOf } from '@/lib/changes/commit/record-entry'
import { applyChange } from '@/lib/ldap/change-application'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { defaultSchema } from '@/lib/ldap/default-schema'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { inEnglish } from '@/lib/words/english'
import type { HistoryEntry } from './history-entry'
import { inverseOf, nameAfter } from './inverse'
import { readLogEntry } from './log-entry'

const schema = defaultSchema()
const BASE = 'ou=Mail,dc=example,dc=net'

/** A change as the panel's own record, and the history from it. */
function logged(change: ChangeRecord, before: Entry | null): HistoryEntry {
  const record = recordOf({
    change,
    concealed: null,
    before,
    entryUuid: null,
    entryCsnBefore: 'before',
    entryCsnAfter: 'after',
    microseconds: 0,
    personDn: 'cn=p',
    session: 'postbook',
    commit: null,
  })
  const read = readLogEntry(record, schema)
  if (read === null) throw new Error(JSON.stringify(record))
  return read
}

function applyAll(changes: readonly ChangeRecord[], entry: Entry | null): Entry | null {
  return changes.reduce<Entry | null>((current, change) => {
    const result = applyChange(change, current, schema)
    if (result.status === 'refused') throw new Error(`${result.diagnostic} ${JSON.stringify(change)}`)
    return result.entry
  }, entry)
}

/** User attributes as sets of values. */
function contentOf(entry: Entry | null): unknown {
  if (entry === null) return null
  const attributes = entry.attributes
    .filter(({ description }) => !/^entry(CSN|UUID)$/.test(description))
    .map(({ description, values }) => [description.toLowerCase(), [...values].sort()] as const)
  return [entry.dn, Object.fromEntries(attributes)]
}

function changesOf(entry: HistoryEntry): readonly ChangeRecord[] {
  const inverse = inverseOf(entry, schema)
  if (inverse.status === 'impossible') throw new Error(inEnglish(inverse.reason))
  return inverse.changes
}

const alias = fc.constantFrom('a@x.net', 'A@x.net', 'b@x.net', 'c@y.net', 'd@y.net')
const title = fc.constantFrom('Sales', 'sales', ' Lead:+ x', 'Büro', 'multi\nline', '= # -')
const photo = fc.constantFrom('\udcff\udcd8one', 'two\0')

/** Values that the attribute's rule takes for the same stand once. */
function distinct(values: readonly string[]): string[] {
  const seen = new Set<string>()
  return values.filter((value) => {
    const key = value.toLowerCase().trim().replace(/ +/g, ' ')
    return !seen.has(key) && seen.add(key).size > 0
  })
}

const entries = fc
  .record({
    uid: fc.constantFrom('john', 'jane'),
    aliases: fc.array(alias, { maxLength: 3 }).map(distinct),
    titles: fc.array(title, { maxLength: 2 }).map(distinct),
    photos: fc.uniqueArray(photo, { maxLength: 1 }),
    number: fc.integer({ min: -3, max: 9 }),
  })
  .map(({ uid, aliases, titles, photos, number }): Entry => {
    const attributes = [
      { description: 'objectClass', values: ['inetOrgPerson', 'PostfixBookMailAccount', 'posixAccount'] },
      { description: 'uid', values: [uid] },
      { description: 'cn', values: ['John Doe', 'Johnny'] },
      { description: 'sn', values: ['Doe'] },
      { description: 'mail', values: ['john@x.net'] },
      { description: 'mailAlias', values: aliases },
      { description: 'title', values: titles },
      { description: 'jpegPhoto', values: photos },
      { description: 'uidNumber', values: [String(number)] },
      { description: 'gidNumber', values: ['5'] },
      { description: 'homeDirectory', values: ['/'] },
      { description: 'entryUUID', values: ['0b0f7b2e-0000-4000-8000-000000000001'] },
      { description: 'entryCSN', values: ['before'] },
    ]
    return { dn: `uid=${uid},${BASE}`, attributes: attributes.filter(({ values }) => values.length > 0) }
  })

function modification(attribute: string, value: fc.Arbitrary<string>): fc.Arbitrary<Modification> {
  return fc.record({
    operation: fc.constantFrom('add' as const, 'delete' as const, 'replace' as const),
    attribute: fc.constant(attribute),
    values: fc.array(value, { maxLength: 2 }).map(distinct),
  })
}

const modifications = fc.array(
  fc.oneof(
    modification('mailAlias', alias),
    modification('title', title),
    modification('jpegPhoto', photo),
    fc.record({
      operation: fc.constant('increment' as const),
      attribute: fc.constant('uidNumber'),
      values: fc.integer({ min: -5, max: 5 }).map((by) => [String(by)]),
    }),
  ),
  { minLength: 1, maxLength: 5 },
)

const renames = fc.record({
  newRdn: fc.constantFrom(
    'uid=new',
    'cn=Johnny',
    'cn=Jack',
    'uid=new+cn=John Doe',
    'sn=Doe',
    'cn=Doe+sn=Doe',
  ),
  deleteOldRdn: fc.boolean(),
  newSuperior: fc.constantFrom(null, BASE, 'ou=Other,dc=example,dc=net'),
})

const changes = fc.oneof(
  { weight: 6, arbitrary: modifications.map((list) => ({ type: 'modify' as const, modifications: list })) },
  { weight: 3, arbitrary: renames.map((rename) => ({ type: 'modifyDn' as const, ...rename })) },
  { weight: 1, arbitrary: fc.constant({ type: 'delete' as const }) },
)

describe('inverseOf', () => {
  it('gives the entry back as it was, for every change that the directory accepts', () => {
    let undone = 0
    fc.assert(
      fc.property(entries, changes, (before, made) => {
        const change: ChangeRecord = { ...made, dn: before.dn }
        const result = applyChange(change, before, schema)
        if (result.status === 'refused') return
        const inverse = inverseOf(logged(change, before), schema)
        if (inverse.status === 'impossible') {
          expect(contentOf(result.entry)).toEqual(contentOf(before))
          return
        }
        expect(contentOf(applyAll(inverse.changes, result.entry))).toEqual(contentOf(before))
        undone += 1
      }),
      { numRuns: 3000 },
    )
    expect(undone).toBeGreaterThan(500)
  })

  it('takes an added entry away, at its name', () => {
    const entry: Entry = {
      dn: `uid=new,${BASE}`,
      attributes: [{ description: 'objectClass', values: ['inetOrgPerson'] }],
    }
    const log = logged({ type: 'add', ...entry }, null)
    expect(changesOf(log)).toEqual([{ type: 'delete', dn: entry.dn }])
    expect(nameAfter(log)).toBe(entry.dn)
  })

  it('puts a password back by replacing it, and says so without the value', () => {
    const dn = `uid=john,${BASE}`
    const log = readLogEntry(
      {
        dn: '',
        attributes: [
          { description: 'reqStart', values: ['20260101000000.000000Z'] },
          { description: 'reqType', values: ['modify'] },
          { description: 'reqDN', values: [dn] },
          { description: 'reqMod', values: ['userPassword:= {X}new', 'pwdChangedTime:= 1', 'entryCSN:= 2'] },
          { description: 'reqOld', values: ['userPassword: {X}old', 'entryCSN: 1'] },
        ],
      },
      schema,
    )
    if (log === null) throw new Error('not read')
    expect(inverseOf(log, schema)).toEqual({
      status: 'inverse',
      changes: [
        {
          type: 'modify',
          dn,
          modifications: [{ operation: 'replace', attribute: 'userPassword', values: ['{X}old'] }],
        },
      ],
      cautions: [{ key: 'history.caution.passwordBack' }],
    })
    const hidden = inverseOf({ ...log, modifications: [], unrecorded: ['userPassword'] }, schema)
    expect(hidden.status === 'impossible' && inEnglish(hidden.reason)).toContain('has to be set anew')
  })

  it('without old values undoes what names its values, and nothing else', () => {
    const change: ChangeRecord = {
      type: 'modify',
      dn: `uid=john,${BASE}`,
      modifications: [
        { operation: 'add', attribute: 'mailAlias', values: ['a@x.net'] },
        { operation: 'delete', attribute: 'mailAlias', values: ['b@x.net'] },
        { operation: 'increment', attribute: 'uidNumber', values: ['3'] },
      ],
    }
    expect(changesOf(logged(change, null))).toEqual([
      {
        ...change,
        modifications: [
          { operation: 'add', attribute: 'mailAlias', values: ['b@x.net'] },
          { operation: 'delete', attribute: 'mailAlias', values: ['a@x.net'] },
          { operation: 'increment', attribute: 'uidNumber', values: ['-3'] },
        ],
      },
    ])
    const replaced: ChangeRecord = {
      ...change,
      modifications: [{ operation: 'replace', attribute: 'title', values: ['x'] }],
    }
    expect(inverseOf(logged(replaced, null), schema).status).toBe('impossible')
    expect(inverseOf(logged({ type: 'delete', dn: change.dn }, null), schema).status).toBe('impossible')
  })

  it('says where it has to guess which values a rename brought', () => {
    const rename = { newRdn: 'uid=jd', deleteOldRdn: true, newSuperior: null }
    const log = logged({ type: 'modifyDn', dn: `uid=john,${BASE}`, ...rename }, null)
    const inverse = inverseOf(log, schema)
    expect(inverse).toMatchObject({
      changes: [{ type: 'modifyDn', dn: `uid=jd,${BASE}`, newRdn: 'uid=john', deleteOldRdn: true }],
    })
    expect(inverse.status === 'inverse' && inverse.cautions).toHaveLength(1)
    const byName = logged({ type: 'modifyDn', dn: `uid=john,${BASE}`, ...rename, newRdn: 'cn=J' }, null)
    expect(changesOf(byName)).toMatchObject([{ newRdn: 'uid=john', deleteOldRdn: false }])
  })
})

describe('the password of a deleted entry', () => {
  it('is told of when the record does not have it', () => {
    const before: Entry = { dn: `uid=john,${BASE}`, attributes: [{ description: 'cn', values: ['J'] }] }
    const inverse = inverseOf(logged({ type: 'delete', dn: before.dn }, before), schema)
    expect(inverse.status === 'inverse' && inverse.cautions.map(inEnglish).join()).toContain('set anew')
    expect(valuesOf(before, 'userPassword')).toEqual([])
  })
})
