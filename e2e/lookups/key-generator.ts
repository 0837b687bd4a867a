/**
 * key-generator - random lookup keys: addresses that may be there, changed ones, and hostile ones.
 *
 * Strings are as in lib/ldap/octets.ts, so that octets that are no UTF-8 can be among them. `@KEY7@` stands for
 * the seventh value of the directory, whatever that is: such a case can still be shrunk.
 */
import fc from 'fast-check'
import type { Entry } from '@/lib/ldap/entry'
import { decodeOctets, encodeOctets } from '@/lib/ldap/octets'
import { address, DOMAINS, LOCAL_PARTS } from './directory-generator'

const HOSTILE = [
  ...[
    '*',
    '(',
    ')',
    '\\',
    '\\2a',
    '*)(uid=*',
    ')(mail=*',
    'ann@a.net)(objectClass=*',
    '**',
    '*@a.net',
    '\\00',
    '%s',
    '$x',
  ],
  ...[
    '',
    ' ',
    '  ',
    '@',
    '@@',
    'ann@',
    '@a.net',
    'a@b@a.net',
    '@a.net@',
    'ann@a.net.',
    'ann@.a.net',
    'ann@a',
    '-',
    '--',
    '-q',
  ],
  ...[
    '"',
    '""@a.net',
    '"ann"@a.net',
    "'",
    'uid=p1',
    'p1',
    'p2',
    'g1',
    'a,b',
    'ann@a.net,ben@a.net',
    '<ann@a.net>',
    'ann @a.net',
  ],
  ...[
    'ann\0@a.net',
    '\0',
    'a\rb',
    'ann@a.net\r',
    'a\tb',
    '\u0001',
    '\u007f',
    '\u200bann@a.net',
    'ann@a.net\u00a0',
    'a\nb',
  ],
  ...[
    '\udcff',
    'ann\udcc3@a.net',
    '\udced\udca0\udc80',
    'Straße',
    'STRASSE@X.COM',
    'ÅNGSTRÖM',
    'ﬁsh',
    'İstanbul',
    'ς',
    'K',
    '日本',
  ],
  ...[
    'ann@münchen.de',
    'é@a.net',
    'e\u0301',
    '\ufeffann@a.net',
    '\ufffd',
    '😀',
    'TRUE',
    '1.2.3',
    '[1.2.3.4]',
    'ann@[1.2.3.4]',
  ],
]
const LONG = ['x'.repeat(600), `${'y'.repeat(5000)}@a.net`, `ann@${'a.'.repeat(900)}net`, '*'.repeat(2000)]

/** Some change that may or may not keep a key's meaning. */
const changed = fc
  .tuple(
    address,
    fc.constantFrom<(key: string) => string>(
      (key) => key.toUpperCase(),
      (key) => ` ${key}`,
      (key) => `${key} `,
      (key) => key.replace('@', ' @'),
      (key) => key.replace(/^./, ''),
      (key) => `${key}.`,
      (key) => key.replace(/.*@/, ''),
      (key) => key.replace(/@.*/, ''),
      (key) => key.replace(/.*@/, '@'),
      (key) => key.replace(/ +/g, '   '),
      (key) => `"${key.replace('@', '"@')}`,
    ),
  )
  .map(([key, change]) => change(key))

/** Some value of the directory, to be filled in when there is one; a third of them in upper case. */
const present = fc
  .tuple(fc.nat(99), fc.constantFrom('', '', 'U'))
  .map(([number, change]) => `@KEY${change}${number}@`)

const key = fc
  .oneof(
    { weight: 24, arbitrary: present },
    { weight: 12, arbitrary: address },
    { weight: 6, arbitrary: changed },
    { weight: 6, arbitrary: fc.constantFrom(...HOSTILE) },
    { weight: 2, arbitrary: fc.constantFrom(...LOCAL_PARTS, ...DOMAINS) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
    {
      weight: 1,
      arbitrary: fc.string({
        unit: fc.constantFrom('\udc80', '\udcc3', '\udcbf', 'a', '@', 'é'),
        maxLength: 4,
      }),
    },
  )
  // Stray octets may have come to be UTF-8 together.
  .map((text) => decodeOctets(encodeOctets(text)))

/** The keys that are asked of one table: at most so many, rarely one among them that no server takes. */
export function keys(most: number): fc.Arbitrary<readonly string[]> {
  return fc
    .tuple(
      fc.array(key, { maxLength: most, size: 'max' }),
      fc.oneof(
        { weight: 12, arbitrary: fc.constant([]) },
        { weight: 4, arbitrary: fc.constantFrom(...LONG).map((text) => [text]) },
        { weight: 1, arbitrary: fc.constant(['z'.repeat(300_000)]) },
      ),
    )
    .map(([short, long]) => [...short, ...long])
}

/** The keys with values of this directory filled in. */
export function presentKeys(keys: readonly string[], entries: readonly Entry[]): readonly string[] {
  const values = entries.flatMap(({ attributes }) =>
    attributes
      .filter(({ description }) => /^(mail|mailAlias|dc|uid|cn|description|title)$/.test(description))
      // Addresses are what most tables are asked for.
      .flatMap((attribute) =>
        /^mail/.test(attribute.description) ? [...attribute.values, ...attribute.values] : attribute.values,
      ),
  )
  return keys.map((key) => {
    const [, change, number] = /^@KEY(U?)([0-9]+)@$/.exec(key) ?? []
    if (number === undefined || values.length === 0) return key
    // A step without a common divisor visits all of the list.
    const value = values[(Number(number) * 101) % values.length] ?? ''
    return change === 'U' ? value.toUpperCase() : value
  })
}
