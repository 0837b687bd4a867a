import { describe, expect, it } from 'vitest'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Approved, checksumOf } from './checksum'
import type { LookupAnswer } from './preview-result'

const notFound: LookupAnswer = { status: 'notFound', value: null, values: [], problem: null }
const found: LookupAnswer = { status: 'found', value: 'a@b.c', values: ['a@b.c'], problem: null }
const change: ChangeRecord = {
  type: 'modify',
  dn: 'uid=a,dc=c',
  modifications: [{ operation: 'add', attribute: 'mailAlias', values: ['x@b.c'] }],
}
const approved: Approved = {
  changes: [change],
  states: [{ dn: 'uid=a,dc=c', entryCsn: '1' }],
  addresses: [],
  lookups: [
    {
      parameter: 'virtual_alias_maps',
      map: 'ldap:a',
      key: 'x@b.c',
      before: notFound,
      after: found,
      difference: 'added',
      command: '',
    },
  ],
  findings: [{ code: 'alias-taken', severity: 'confirm', message: 'one', addresses: ['x@b.c'] }],
}

describe('checksumOf', () => {
  it('is 64 hexadecimal digits and the same for the same', async () => {
    const sum = await checksumOf(approved)
    expect(sum).toMatch(/^[0-9a-f]{64}$/)
    expect(await checksumOf(structuredClone(approved))).toBe(sum)
  })
  it('does not depend on the order of lookups or on the wording of findings', async () => {
    const [lookup] = approved.lookups
    if (lookup === undefined) throw new Error('no lookup')
    const other = { ...lookup, key: 'y@b.c' }
    const [finding] = approved.findings
    if (finding === undefined) throw new Error('no finding')
    expect(await checksumOf({ ...approved, lookups: [lookup, other] })).toBe(
      await checksumOf({
        ...approved,
        lookups: [other, lookup],
        findings: [{ ...finding, message: 'two' }],
      }),
    )
  })
  it('differs when the change, a state, an answer or a finding differs', async () => {
    const sums = await Promise.all(
      [
        approved,
        { ...approved, changes: [] },
        { ...approved, states: [{ dn: 'uid=a,dc=c', entryCsn: '2' }] },
        { ...approved, lookups: approved.lookups.map((lookup) => ({ ...lookup, after: notFound })) },
        { ...approved, findings: [] },
      ].map(checksumOf),
    )
    expect(new Set(sums).size).toBe(sums.length)
  })
  it('does not depend on a password, so that it cannot be guessed from the sum', async () => {
    const password = (value: string): Approved => ({
      ...approved,
      changes: [
        {
          type: 'modify',
          dn: 'uid=a,dc=c',
          modifications: [{ operation: 'replace', attribute: 'userPassword', values: [value] }],
        },
      ],
    })
    expect(await checksumOf(password('one'))).toBe(await checksumOf(password('two')))
  })
})
