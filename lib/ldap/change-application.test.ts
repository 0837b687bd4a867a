import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChange, renamedDn } from './change-application'
import type { ChangeRecord } from './change-record'
import { defaultSchema } from './default-schema'
import { formatDn, parseDn } from './dn'
import type { Entry } from './entry'
import { valuesOf } from './entry'
import { parseLdif } from './ldif'

const schema = defaultSchema()
const DN = 'uid=john,ou=Mail,dc=example'
const john: Entry = {
  dn: DN,
  attributes: [
    { description: 'objectClass', values: ['inetOrgPerson', 'PostfixBookMailAccount', 'posixAccount'] },
    { description: 'uid', values: ['john'] },
    { description: 'cn', values: ['John Doe'] },
    { description: 'sn', values: ['Doe'] },
    { description: 'mail', values: ['john@x'] },
    { description: 'mailAlias', values: ['a@x', 'b@x'] },
    { description: 'uidNumber', values: ['5'] },
    { description: 'gidNumber', values: ['5'] },
    { description: 'homeDirectory', values: ['/'] },
    { description: 'entryCSN', values: ['20260101000000.000000Z#000000#000#000000'] },
  ],
}

function change(text: string): ChangeRecord {
  const parsed = parseLdif(`dn: ${DN}\nchangetype: ${text}\n`)
  const record = parsed.status === 'parsed' ? parsed.records[0] : undefined
  if (record?.type !== 'change') throw new Error(JSON.stringify(parsed))
  return record.change
}

function after(text: string, entry: Entry | null = john): Entry | null | number {
  const result = applyChange(change(text), entry, schema)
  return result.status === 'applied' ? result.entry : result.resultCode
}

/** What slapd 2.5 answers. */
const REFUSED: readonly (readonly [string, number])[] = [
  ['modify\nadd: mailAlias\nmailAlias: A@X', 20],
  ['modify\nadd: mailAlias\nmailAlias: c@x\nmailAlias: C@x', 20],
  ['modify\ndelete: mailAlias\nmailAlias: c@x', 16],
  ['modify\ndelete: description', 16],
  ['modify\nadd: nosuch\nnosuch: x', 17],
  ['modify\nreplace: nosuch', 17],
  ['modify\nadd: mailAlias\nmailAlias:: w7w=', 21],
  ['modify\nreplace: mailEnabled\nmailEnabled: yes', 21],
  ['modify\nreplace: mailEnabled\nmailEnabled: TRUE\nmailEnabled: FALSE', 19],
  ['modify\nreplace: creatorsName\ncreatorsName: dc=x', 19],
  ['modify\ndelete: sn', 65],
  ['modify\nadd: member\nmember: dc=x', 65],
  ['modify\ndelete: objectClass', 65],
  ['modify\nreplace: objectClass\nobjectClass: PostfixBookMailAccount', 65],
  ['modify\nadd: objectClass\nobjectClass: dNSDomain', 65],
  ['modify\nadd: objectClass\nobjectClass: nosuch', 21],
  ['modify\ndelete: uid', 64],
  ['modify\nreplace: uid\nuid: jane', 64],
  ['modify\nincrement: description\ndescription: 1', 19],
  ['modify\nincrement: mailUidNumber\nmailUidNumber: 1', 16],
  [
    'modify\nadd: mailSieveRuleSource\nmailSieveRuleSource: x\n-\ndelete: mailSieveRuleSource\nmailSieveRuleSource: x',
    18,
  ],
  ['add\nobjectClass: account\nuid: john', 68],
  ['add\nobjectClass: person\ncn: x\nsn: x', 64],
  ['modrdn\nnewrdn: nosuch=x\ndeleteoldrdn: 1', 34],
  ['modrdn\nnewrdn: no rdn\ndeleteoldrdn: 1', 34],
  ['modrdn\nnewrdn: dc=x\ndeleteoldrdn: 0', 65],
]

describe('changes of an entry', () => {
  it.each(REFUSED)('%j is refused with %i', (text, code) => {
    expect(after(text)).toBe(code)
  })

  it.each(['modify\nadd: cn\ncn: x', 'delete', 'modrdn\nnewrdn: uid=b\ndeleteoldrdn: 1'])(
    '%j needs an entry',
    (text) => {
      expect(after(text, null)).toBe(32)
    },
  )

  it('adds, deletes and replaces values, and leaves the rest as it was', () => {
    const entry = after(
      'modify\nadd: mailAlias\nmailAlias: c@x\n-\ndelete: MAILALIAS\nmailAlias: A@X\n-\nreplace: cn\ncn: JD\n-\nreplace: description\n-\nincrement: uidNumber\nuidNumber: -7',
    )
    expect(entry).toEqual({
      dn: DN,
      attributes: [
        ...john.attributes.filter(
          ({ description }) =>
            !['cn', 'mailAlias', 'uidNumber', 'gidNumber', 'homeDirectory', 'entryCSN'].includes(description),
        ),
        { description: 'mailAlias', values: ['b@x', 'c@x'] },
        { description: 'uidNumber', values: ['-2'] },
        ...john.attributes.slice(7),
        { description: 'cn', values: ['JD'] },
      ],
    })
  })

  it('may pass through a state that the schema forbids', () => {
    expect(valuesOf(after('modify\ndelete: sn\n-\nadd: sn\nsn: x') as Entry, 'sn')).toEqual(['x'])
  })

  it('adds an entry that has all it needs', () => {
    const add = 'add\nobjectClass: inetOrgPerson\nuid: john\ncn: x\nsn: x'
    expect(after(add, null)).toMatchObject({ dn: DN })
    expect(after(`${add}\nmailAlias: x@y`, null)).toBe(65)
    expect(after(add.replace('\nsn: x', ''), null)).toBe(65)
    expect(after(add.replace('uid: john', 'uid: jane'), null)).toBe(64)
    expect(after('add\nuid: john', null)).toBe(65)
  })

  it('deletes', () => {
    expect(after('delete')).toBeNull()
  })

  it('renames, with and without the old name', () => {
    const renamed = after(
      'modrdn\nnewrdn: UID=jim+cn=John\\, Doe\ndeleteoldrdn: 1\nnewsuperior: ou=New,dc=x',
    ) as Entry
    expect(renamed.dn).toBe('UID=jim+cn=John\\, Doe,ou=New,dc=x')
    expect([valuesOf(renamed, 'uid'), valuesOf(renamed, 'cn')]).toEqual([['jim'], ['John Doe', 'John, Doe']])
    expect(valuesOf(after('modrdn\nnewrdn: uid=jim\ndeleteoldrdn: 0') as Entry, 'uid')).toEqual([
      'john',
      'jim',
    ])
    expect(after('modrdn\nnewrdn: uid=JOHN\ndeleteoldrdn: 1')).toMatchObject({
      dn: 'uid=JOHN,ou=Mail,dc=example',
    })
  })

  it('renames what is below', () => {
    const move = change('modrdn\nnewrdn: uid=jim\ndeleteoldrdn: 1\nnewsuperior: dc=x')
    if (move.type !== 'modifyDn') throw new Error('not a modifyDn')
    const name = (text: string): string | null => {
      const renamed = renamedDn(parseDn(text) ?? [], move)
      return renamed === null ? null : formatDn(renamed)
    }
    expect(name(`cn=child,UID=John,${DN.slice(9)}`)).toBe('cn=child,uid=jim,dc=x')
    expect(name('ou=Mail,dc=example')).toBe('ou=Mail,dc=example')
  })
})

it('gives the same again and again, whatever one change was applied to in between', () => {
  const jane: Entry = {
    ...john,
    attributes: john.attributes.filter(({ description }) => description !== 'sn'),
  }
  const grown = after('modify\nadd: mailAlias\nmailAlias: c@x')
  const states = [null, john, jane, ...(typeof grown === 'number' ? [] : [grown])]
  const schemas = [schema, { ...schema, attributeType: () => undefined }]
  const changes = [
    'modify\nadd: mailAlias\nmailAlias: c@x',
    'modify\ndelete: mailAlias\nmailAlias: a@x',
    'add\nobjectClass: inetOrgPerson\nuid: john\ncn: J\nsn: D',
    'delete',
    'modrdn\nnewrdn: uid=jane\ndeleteoldrdn: 1',
  ].map(change)
  const application = fc.tuple(fc.nat(changes.length - 1), fc.nat(states.length - 1), fc.nat(1))
  fc.assert(
    fc.property(fc.array(application, { minLength: 2, maxLength: 12 }), (applications) => {
      for (const [which, state, rules] of applications) {
        const [one, entry, known] = [changes[which], states[state] ?? null, schemas[rules] ?? schema]
        if (one === undefined) continue
        expect(applyChange(one, entry, known)).toEqual(applyChange({ ...one }, entry, known))
      }
    }),
  )
})
