import { describe, expect, it } from 'vitest'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Dn, formatDn, parseDn } from '@/lib/ldap/dn'
import { followChanges, nameAfter, nameBefore, type PendingNames } from './pending-names'

function rename(dn: string, newRdn: string, newSuperior: string | null = null): ChangeRecord {
  return { type: 'modifyDn', dn, newRdn, deleteOldRdn: true, newSuperior }
}

function follow(...changes: ChangeRecord[]): PendingNames {
  const names = followChanges(changes)
  if (names === null) throw new Error('not followed')
  return names
}

function text(dn: Dn | null): string | null {
  return dn === null ? null : formatDn(dn)
}

function touched({ entries }: PendingNames): unknown {
  return entries.map(({ origin, final, changes }) => [text(origin), text(final), changes.length])
}

const modify = (dn: string): ChangeRecord => ({ type: 'modify', dn, modifications: [] })

describe('followChanges', () => {
  it('knows an entry under each of its names', () => {
    const names = follow(modify('uid=a,dc=x'), rename('UID=A, dc=x', 'uid=b'), modify('uid=b,dc=x'))
    expect(touched(names)).toEqual([['uid=a,dc=x', 'uid=b,dc=x', 3]])
  })
  it('tells added, deleted and added again', () => {
    const added: ChangeRecord = { type: 'add', dn: 'uid=a,dc=x', attributes: [] }
    expect(touched(follow({ type: 'delete', dn: 'uid=a,dc=x' }, added))).toEqual([
      ['uid=a,dc=x', null, 1],
      [null, 'uid=a,dc=x', 1],
    ])
  })
  it('renames what is below', () => {
    const names = follow(rename('ou=a,dc=x', 'ou=b'), modify('uid=u,ou=b,dc=x'))
    expect(touched(names)).toEqual([
      ['ou=a,dc=x', 'ou=b,dc=x', 1],
      ['uid=u,ou=a,dc=x', 'uid=u,ou=b,dc=x', 1],
    ])
    expect(touched(follow(modify('uid=u,ou=a,dc=x'), rename('ou=a,dc=x', 'ou=b', 'dc=y')))).toEqual([
      ['uid=u,ou=a,dc=x', 'uid=u,ou=b,dc=y', 1],
      ['ou=a,dc=x', 'ou=b,dc=y', 1],
    ])
  })
  it('gives up on what is no DN', () => {
    expect(followChanges([modify('no dn')])).toBeNull()
    expect(followChanges([rename('uid=a,dc=x', 'uid=b,dc=y')])).toBeNull()
  })
})

describe('names of untouched entries', () => {
  const { renames } = follow(rename('ou=a,dc=x', 'ou=b'), rename('ou=b,dc=x', 'ou=c'))
  const dn = (name: string): Dn => parseDn(name) ?? []
  it('are carried along and back', () => {
    expect(text(nameAfter(dn('uid=u,ou=a,dc=x'), renames))).toBe('uid=u,ou=c,dc=x')
    expect(text(nameBefore(dn('uid=u,ou=c,dc=x'), renames))).toBe('uid=u,ou=a,dc=x')
    expect(text(nameBefore(dn('uid=u,dc=x'), renames))).toBe('uid=u,dc=x')
  })
  it('are gone where a rename took them away', () => {
    expect(nameBefore(dn('uid=u,ou=a,dc=x'), renames)).toBeNull()
    expect(nameBefore(dn('ou=b,dc=x'), renames)).toBeNull()
  })
})
