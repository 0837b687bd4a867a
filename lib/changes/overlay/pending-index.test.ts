import { expect, test } from 'vitest'
import { defaultSchema } from '@/lib/ldap/default-schema'
import { parseDn } from '@/lib/ldap/dn'
import type { Entry } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import type { SeenEntry } from './pending-entries'
import { PendingIndex } from './pending-index'

function seen(uid: string, before: string | null, after: string | null): SeenEntry {
  const dn = `uid=${uid},dc=x`
  const name = parseDn(dn)
  const entry = (mail: string | null): Entry | null =>
    mail === null ? null : { dn, attributes: [{ description: 'mail', values: [mail] }] }
  return {
    pending: { origin: before === null ? null : name, final: after === null ? null : name, changes: [] },
    before: entry(before),
    after: entry(after),
    hidden: [],
  }
}

const entries = [
  seen('moved', 'old@b.net', 'NEW@b.net'),
  seen('added', null, 'added@b.net'),
  seen('gone', 'gone@b.net', null),
]
const index = new PendingIndex(entries, defaultSchema())
const mail = (value: string): Filter => ({ type: 'equality', attribute: 'mail', value })
const uids = (filter: Filter): readonly number[] =>
  index.candidates(filter).map((entry) => entries.indexOf(entry))

test('an asserted value finds whoever has it, before or after, by the rule of the attribute', () => {
  expect(uids(mail('OLD@b.net'))).toEqual([0])
  expect(uids(mail('new@b.net'))).toEqual([0])
  expect(uids({ type: 'or', filters: [mail('gone@b.net'), mail('added@b.net')] })).toEqual([1, 2])
  expect(uids(mail('nobody@b.net'))).toEqual([])
})

test('one decided part of an and is enough, one undecided part of an or is too much', () => {
  const present: Filter = { type: 'present', attribute: 'cn' }
  expect(uids({ type: 'and', filters: [present, mail('old@b.net')] })).toEqual([0])
  expect(uids({ type: 'or', filters: [present, mail('old@b.net')] })).toEqual([0, 1, 2])
  expect(uids({ type: 'not', filter: mail('old@b.net') })).toEqual([0, 1, 2])
})

test('what the server notes by itself, and classes, are never decided by value', () => {
  expect(uids({ type: 'equality', attribute: 'entryCSN', value: 'x' })).toEqual([0, 1, 2])
  expect(uids({ type: 'equality', attribute: 'objectClass', value: 'person' })).toEqual([0, 1, 2])
  expect(uids({ type: 'equality', attribute: 'noSuchAttribute', value: 'x' })).toEqual([0, 1, 2])
})

test('names are found in any spelling', () => {
  expect(index.byOrigin(parseDn('UID=Moved, DC=x') ?? [])).toBe(entries[0])
  expect(index.byFinal(parseDn('uid=added,dc=x') ?? [])).toEqual([entries[1]])
  expect(index.byOrigin(parseDn('uid=added,dc=x') ?? [])).toBeNull()
})

test('for one entry a list of alternatives becomes those that may find it, but not below a negation', () => {
  const [moved = seen('', null, null)] = entries
  const present: Filter = { type: 'present', attribute: 'cn' }
  const any: Filter = { type: 'or', filters: [mail('old@b.net'), mail('gone@b.net'), present] }
  const found: Filter = { type: 'or', filters: [present, mail('old@b.net')] }
  expect(index.narrowed({ type: 'and', filters: [present, any] }, moved)).toEqual({
    type: 'and',
    filters: [present, found],
  })
  const none: Filter = { type: 'not', filter: any }
  expect(index.narrowed(none, moved)).toBe(none)
})
