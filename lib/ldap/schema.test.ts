import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DEFAULT_ATTRIBUTE_TYPES } from './default-attribute-types'
import { DEFAULT_OBJECT_CLASSES } from './default-object-classes'
import { defaultSchema } from './default-schema'
import { isSubclass, isSubtype, readSchema, structuralClass } from './schema'
import { parseAttributeType, parseObjectClass, readSchemaFile } from './schema-description'

describe('schema descriptions', () => {
  it('reads what a server publishes', () => {
    const text =
      "( 1.2.3 NAME ( 'a' 'b' ) DESC 'it''s ( $ odd )' SUP name EQUALITY caseIgnoreMatch SYNTAX 1.3.6{64} SINGLE-VALUE X-ORDERED 'VALUES' X-ORIGIN ( 'one' 'two' ) NO-USER-MODIFICATION USAGE dSAOperation )"
    expect(parseAttributeType(text.replace("it''s", 'its'))).toEqual({
      oid: '1.2.3',
      names: ['a', 'b'],
      superior: 'name',
      equality: 'caseIgnoreMatch',
      ordering: null,
      substrings: null,
      syntax: '1.3.6',
      singleValue: true,
      noUserModification: true,
      usage: 'dSAOperation',
    })
    expect(parseObjectClass("(1.2.4 NAME 'c' SUP (top$d) AUXILIARY MUST cn MAY(sn $ mail))")).toEqual({
      oid: '1.2.4',
      names: ['c'],
      superiors: ['top', 'd'],
      kind: 'AUXILIARY',
      must: ['cn'],
      may: ['sn', 'mail'],
    })
  })

  it.each(['', '()', 'x', '( 1.2.3 NAME', "( 1.2.3 NAME ( 'a' )", '( 1.2.3 SUP )'])(
    '%j cannot be read',
    (text) => {
      expect(parseAttributeType(text)).toBeNull()
    },
  )

  it('reads a schema file with macros, comments and folded directives', () => {
    const text = readFileSync(new URL('testdata/postfix-book.schema', import.meta.url), 'utf8')
    const { attributeTypes, objectClasses } = readSchemaFile(text)
    expect([attributeTypes.length, objectClasses.length]).toEqual([10, 2])
    const all = readSchema({
      attributeTypes: [...DEFAULT_ATTRIBUTE_TYPES, ...attributeTypes],
      objectClasses: [...DEFAULT_OBJECT_CLASSES, ...objectClasses],
      matchingRules: null,
    })
    expect(all.unread).toEqual([])
    for (const name of [
      'mailAlias',
      'mailEnabled',
      'mailGroupMember',
      'mailForwardingAddress',
      'mailQuota',
    ]) {
      expect(all.schema.attributeType(name)).toEqual(defaultSchema().attributeType(name))
    }
    expect(all.schema.objectClass('postfixbookmailaccount')?.oid).toBe('1.3.6.1.4.1.29426.1.2.2.1')
  })
})

describe('the schema', () => {
  const schema = defaultSchema()

  it('inherits', () => {
    expect(schema.attributeType('surname')).toMatchObject({
      name: 'sn',
      equality: 'caseIgnoreMatch',
      substrings: 'caseIgnoreSubstringsMatch',
      syntax: '1.3.6.1.4.1.1466.115.121.1.15',
    })
    expect(schema.objectClass('inetOrgPerson')?.must).toEqual(['objectClass', 'sn', 'cn'])
    expect(schema.attributeType('2.5.4.3')).toBe(schema.attributeType('COMMONNAME'))
  })

  it('knows kinship', () => {
    const [cn, name] = [schema.attributeType('cn'), schema.attributeType('name')]
    const [person, inet] = [schema.objectClass('person'), schema.objectClass('inetOrgPerson')]
    expect(cn !== undefined && name !== undefined && isSubtype(cn, name) && !isSubtype(name, cn)).toBe(true)
    expect(person !== undefined && inet !== undefined && isSubclass(inet, person)).toBe(true)
    expect(structuralClass(schema, ['top', 'person', 'inetOrgPerson', 'PostfixBookMailAccount'])).toBe(inet)
    expect(structuralClass(schema, ['inetOrgPerson', 'dNSDomain'])).toBeUndefined()
  })

  it('leaves out what has no superior, or is its own, and says so', () => {
    const { schema: partial, unread } = readSchema({
      attributeTypes: [
        "( 1.1 NAME 'a' SUP missing )",
        "( 1.2 NAME 'b' SUP c )",
        "( 1.3 NAME 'c' SUP b )",
        'junk',
      ],
      objectClasses: ["( 2.1 NAME 'k' SUP missing )"],
      matchingRules: ["( 2.5.13.2 NAME 'caseIgnoreMatch' SYNTAX 1.2 )"],
    })
    expect(partial.attributeTypes).toEqual([])
    expect(unread).toEqual(['junk', 'a', 'b', 'c', 'k'])
    expect([partial.knowsMatchingRule('2.5.13.2'), partial.knowsMatchingRule('caseExactMatch')]).toEqual([
      true,
      false,
    ])
  })
})
