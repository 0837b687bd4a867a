/**
 * directory-generator - random small directories, as entries below @BASE@.
 *
 * Names are few and the same in each directory (uid=p0, cn=g1, ou=a.net), so that members, URLs and search bases
 * often hit something; which entries there are and what they hold is random. Values are chosen for what lookups
 * trip over: case, spaces, quotes, dots, filter and DN characters, UTF-8, octets that are none, empty values.
 */
import fc from 'fast-check'
import type { Attribute, Entry } from '@/lib/ldap/entry'

export const LOCAL_PARTS = [
  ...[
    'ann',
    'ben',
    'Cat',
    'd.e',
    'f g',
    '"q q"',
    'new+tag',
    'x*y',
    'a(b)',
    'back\\slash',
    'o,comma',
    'hash#',
  ],
  ...[
    'UPPER',
    'postmaster',
    '-dash',
    'semi;colon',
    "o'hara",
    'a=b',
    '',
    ' lead',
    'two  spaces',
    'a@b',
    'strasse',
  ],
]
export const DOMAINS = [
  'a.net',
  'b.example',
  'c.d.e.org',
  'X.COM',
  'localhost',
  'xn--mnchen-3ya.de',
  '.dot.',
  'a..net',
]
const WORDS = [
  ...[
    'Ann Lee',
    'ann  lee',
    'Straße',
    'strasse',
    'ÅNGSTRÖM',
    'ångström',
    'ﬁsh',
    'İstanbul',
    'ΣΊΣΥΦΟΣ',
    '日本',
    '😀',
  ],
  ...[
    ' ',
    'a,b',
    'x',
    'X',
    'sales',
    'Sales',
    '*',
    'a\\2ab',
    '1.2.3',
    'TRUE',
    'e\u0301',
    'tab\there',
    'ann@a.net',
  ],
]
const OCTETS = ['', '\0', 'a\0b', '\udcff\udcfe', 'plain', 'é', '\udcc3', 'ann@a.net']

const PEOPLE = 12
const GROUPS = 5

/** Addresses that come often, so that most directories have some that a key asks for. */
const COMMON = [
  ...['ann@a.net', 'ben@a.net', 'Cat@a.net', 'd.e@b.example', 'ann@b.example', 'f g@a.net', '"q q"@a.net'],
  ...[
    'new+tag@a.net',
    'ann@X.COM',
    'a(b)@a.net',
    'x*y@b.example',
    'UPPER@localhost',
    'o,comma@a.net',
    '@a.net',
  ],
]
export const address = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...COMMON) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...LOCAL_PARTS), fc.constantFrom(...DOMAINS))
      .map(([local, domain]) => `${local}@${domain}`),
  },
)
const mail = fc.oneof(
  { weight: 12, arbitrary: address },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', 'ann', '@a.net', 'ann@', '@', ' ', 'a@b@c.d', 'OWNER-list@a.net'),
  },
)
const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 2, arbitrary: address },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }) },
)

/** The DN of an entry that there may be. */
export const knownDn = fc.oneof(
  { weight: 6, arbitrary: fc.nat(PEOPLE - 1).map((number) => `uid=p${number},ou=people,@BASE@`) },
  { weight: 3, arbitrary: fc.nat(GROUPS - 1).map((number) => `cn=g${number},ou=groups,@BASE@`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[
        'uid=p1,ou=hidden,@BASE@',
        'cn=l0,@BASE@',
        'ou=people,@BASE@',
        'UID=P2, OU=people,@BASE@',
        'cn=ref,@BASE@',
      ],
      ...['uid=p1\\2b,ou=people,@BASE@', 'dc=example', 'uid=nobody,ou=people,@BASE@', '@BASE@'],
    ),
  },
)
const url = fc.oneof(
  { weight: 4, arbitrary: knownDn.map((dn) => `ldap:///${dn.replaceAll(' ', '%20')}`) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'ldap:///ou=people,@BASE@?mail?one?(mail=ann@a.net)',
      'ldap:///ou=people,@BASE@?mail,cn?sub?(uid=p*)',
      'ldap:///ou=people,@BASE@??one?(description=sales)',
      'LDAP://elsewhere:99/uid=p1,ou=people,@BASE@?description;lang-de',
      '<URL:ldap:///uid=p2,ou=people,@BASE@>',
      'ldap:///ou=groups,@BASE@?member?children?(cn=g1)',
      'ldap:///ou=people,@BASE@?*?sub?(uid=p1)',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'ldap:///uid=p1,ou=people,@BASE@ label',
      'ldap:///@BASE@??bogus',
      'ldap:///%zz',
      'ldap:///ou=people,@BASE@??sub?(uid=p1',
      'ldap://host:x/@BASE@',
      'http://a.net/',
    ),
  },
)

const some = (value: fc.Arbitrary<string>, maxLength = 3): fc.Arbitrary<readonly string[]> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.uniqueArray(value, { maxLength, selector: (text) => text.toLowerCase() }) },
  )

/** Attributes in a random order, those without values left out. */
function attributesOf(
  objectClass: readonly string[],
  own: readonly Attribute[],
  more: Readonly<Record<string, fc.Arbitrary<readonly string[]>>>,
): fc.Arbitrary<readonly Attribute[]> {
  const names = Object.keys(more)
  return fc
    .tuple(fc.record(more), fc.shuffledSubarray(names, { minLength: names.length }))
    .map(([values, order]) => [
      { description: 'objectClass', values: objectClass },
      ...own,
      ...order
        .map((description) => ({ description, values: values[description] ?? [] }))
        .filter((attribute) => attribute.values.length > 0),
    ])
}

function person(number: number, parent: string): fc.Arbitrary<Entry> {
  const uid = { description: 'uid', values: [`p${number}`] }
  return attributesOf(['inetOrgPerson', 'PostfixBookMailAccount', 'extensibleObject'], [uid], {
    cn: fc.uniqueArray(word, { minLength: 1, maxLength: 2, selector: (text) => text.toLowerCase() }),
    sn: fc.constant(['Person']),
    mail: fc.oneof({ weight: 9, arbitrary: mail.map((one) => [one]) }, { weight: 3, arbitrary: some(mail) }),
    mailAlias: some(mail, 4),
    description: some(word),
    'description;lang-de': some(word, 2),
    'description;lang-de;lang-en': some(word, 1),
    title: some(word, 2),
    mailGroupMember: some(mail, 2),
    jpegPhoto: some(fc.constantFrom(...OCTETS), 2),
    mailEnabled: fc.constantFrom([], ['TRUE'], ['FALSE']),
    labeledURI: some(url, 1),
    seeAlso: some(knownDn, 2),
  }).map((attributes) => ({ dn: `uid=p${number},${parent}`, attributes }))
}

function group(number: number): fc.Arbitrary<Entry> {
  const cn = { description: 'cn', values: [`g${number}`] }
  return attributesOf(['groupOfNames', 'extensibleObject'], [cn], {
    member: fc.uniqueArray(knownDn, { minLength: 1, maxLength: 4 }),
    mail: some(mail, 2),
    mailAlias: some(mail, 1),
    description: some(word, 2),
    labeledURI: some(url, 2),
  }).map((attributes) => ({ dn: `cn=g${number},ou=groups,@BASE@`, attributes }))
}

function domainEntry(name: string): fc.Arbitrary<Entry> {
  const dc = { description: 'dc', values: [name] }
  return attributesOf(['dNSDomain', 'domainRelatedObject'], [dc], {
    associatedDomain: fc.constant([name]),
    associatedName: some(knownDn, 1),
    description: some(word, 1),
  }).map((attributes) => ({ dn: `dc=${name},ou=domains,@BASE@`, attributes }))
}

function unit(dn: string): Entry {
  const ou = /^ou=([^,]*)/.exec(dn)?.[1] ?? ''
  return {
    dn,
    attributes: [
      { description: 'objectClass', values: ['organizationalUnit'] },
      { description: 'ou', values: [ou] },
    ],
  }
}

const aliasEntry = knownDn.map((target): Entry => ({
  dn: 'cn=l0,@BASE@',
  attributes: [
    { description: 'objectClass', values: ['alias', 'extensibleObject'] },
    { description: 'cn', values: ['l0'] },
    { description: 'aliasedObjectName', values: [target] },
  ],
}))
const referral: Entry = {
  dn: 'cn=ref,@BASE@',
  attributes: [
    { description: 'objectClass', values: ['referral', 'extensibleObject'] },
    { description: 'cn', values: ['ref'] },
    { description: 'ref', values: ['ldap://127.0.0.1:1/cn=ref,dc=elsewhere'] },
  ],
}

const numbers = (most: number, minLength: number): fc.Arbitrary<readonly number[]> =>
  fc.shuffledSubarray(
    Array.from({ length: most }, (_, number) => number),
    { minLength },
  )
const listOf = (parts: readonly fc.Arbitrary<Entry>[]): fc.Arbitrary<readonly Entry[]> => fc.tuple(...parts)

/** The entries of one directory, parents first. */
export const directory: fc.Arbitrary<readonly Entry[]> = fc
  .tuple(
    numbers(PEOPLE, PEOPLE / 2).chain((chosen) =>
      listOf(chosen.map((number) => person(number, 'ou=people,@BASE@'))),
    ),
    numbers(GROUPS, 1).chain((chosen) => listOf(chosen.map(group))),
    fc
      .shuffledSubarray(['a.net', 'b.example', 'X.COM', 'localhost'])
      .chain((names) => listOf(names.map(domainEntry))),
    person(1, 'ou=hidden,@BASE@'),
    person(0, 'ou=a.net,@BASE@'),
    fc.option(aliasEntry, { nil: null }),
    fc.option(fc.constant(referral), { nil: null, freq: 1 }),
  )
  .map(([people, groups, domains, hidden, other, alias, ref]) => [
    ...['people', 'groups', 'domains', 'hidden', 'a.net'].map((name) => unit(`ou=${name},@BASE@`)),
    ...people,
    ...groups,
    ...domains,
    hidden,
    other,
    ...(alias === null ? [] : [alias]),
    ...(ref === null ? [] : [ref]),
  ])
