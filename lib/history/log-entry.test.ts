import { describe, expect, it } from 'vitest'
import { defaultSchema } from '@/lib/ldap/default-schema'
import type { Entry } from '@/lib/ldap/entry'
import { readLogEntry } from './log-entry'

const schema = defaultSchema()

function entry(values: Readonly<Record<string, string | readonly string[]>>): Entry {
  const all = { reqStart: '20260101120000.000001Z', reqType: 'modify', reqDN: 'uid=a,dc=x', ...values }
  return {
    dn: 'reqStart=x,cn=accesslog',
    attributes: Object.entries(all).map(([description, value]) => ({
      description,
      values: typeof value === 'string' ? [value] : value,
    })),
  }
}

describe('readLogEntry', () => {
  it('reads a modify as slapd 2.5 logs it, with what the server keeps split off', () => {
    const read = readLogEntry(
      entry({
        reqSession: '1002',
        reqAuthzID: 'cn=admin',
        reqEntryUUID: 'EB7EBCC2-7ab4-1041-85e2-9331f2e9577b',
        reqMod: [
          'mailAlias:+ press@domain2.me',
          'mailAlias:+ p2@domain2.me',
          'title:= A',
          'mailQuota:-',
          'description:+ a\nb: c',
          'jpegPhoto:+ \udcff\udcd8',
          'givenName:=',
          'sn:+ ',
          'uidNumber:# 3',
          'entryCSN:= 2',
          'modifiersName:= cn=admin',
          'modifyTimestamp:= 20260101120000Z',
        ],
        reqOld: ['title: Sales', 'mailQuota: 1', 'entryCSN: 1', 'modifiersName: cn=old'],
      }),
      schema,
    )
    expect(read).toEqual({
      id: '20260101120000.000001Z',
      type: 'modify',
      dn: 'uid=a,dc=x',
      entryUuid: 'eb7ebcc2-7ab4-1041-85e2-9331f2e9577b',
      authorizationDn: 'cn=admin',
      session: '1002',
      entryCsnBefore: '1',
      entryCsnAfter: '2',
      modifications: [
        { operation: 'add', attribute: 'mailAlias', values: ['press@domain2.me', 'p2@domain2.me'] },
        { operation: 'replace', attribute: 'title', values: ['A'] },
        { operation: 'delete', attribute: 'mailQuota', values: [] },
        { operation: 'add', attribute: 'description', values: ['a\nb: c'] },
        { operation: 'add', attribute: 'jpegPhoto', values: ['\udcff\udcd8'] },
        { operation: 'replace', attribute: 'givenName', values: [] },
        { operation: 'add', attribute: 'sn', values: [''] },
        { operation: 'increment', attribute: 'uidNumber', values: ['3'] },
      ],
      old: [
        { description: 'title', values: ['Sales'] },
        { description: 'mailQuota', values: ['1'] },
      ],
      unrecorded: [],
      rename: null,
      commit: null,
    })
  })

  it('keeps modifications apart that the server has put a colon between', () => {
    const read = readLogEntry(entry({ reqMod: ['cn:- a', ':', 'cn:- b', 'cn:+ c'] }), schema)
    expect(read?.modifications.map(({ operation, values }) => [operation, values])).toEqual([
      ['delete', ['a']],
      ['delete', ['b']],
      ['add', ['c']],
    ])
  })

  it('reads a rename', () => {
    const read = readLogEntry(
      entry({ reqType: 'modrdn', reqNewRDN: 'uid=b', reqDeleteOldRDN: 'TRUE', reqMod: 'entryCSN:= 2' }),
      schema,
    )
    expect(read).toMatchObject({
      type: 'modifyDn',
      modifications: [],
      old: null,
      rename: { newRdn: 'uid=b', deleteOldRdn: true, newSuperior: null },
      commit: null,
    })
  })

  it('takes nothing for a change that is none, or that it cannot read whole', () => {
    expect(readLogEntry(entry({ reqType: 'bind' }), schema)).toBeNull()
    expect(readLogEntry(entry({ reqStart: 'yesterday' }), schema)).toBeNull()
    expect(readLogEntry(entry({ reqMod: ['cn:+ a', 'what is this'] }), schema)).toBeNull()
  })
})
