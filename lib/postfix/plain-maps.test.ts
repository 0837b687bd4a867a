/** Expected answers as given by postmap and, for equal keys in a text file, by smtpd of Postfix 3.7.11. */
import { describe, expect, it } from 'vitest'
import { encodeOctets } from '@/lib/ldap/octets'
import type { LookupTable } from './lookup-table'
import { readMainCf } from './main-cf'
import { mapNames } from './map-list-names'
import { tableOpener } from './map-opening'
import { NOT_EVALUATED } from './plain-maps'
import type { TableAccess } from './table-access'

const TEXT = `# a comment
Abc  x y
"a b"@d.org  quoted
alone
"A C"@D.org folded
long first
  second
empty:
blank   
`

const files = new Map([
  ['/etc/postfix/main.cf', ''],
  ['/text', TEXT],
  ['/equal', 'Key 1\nkey 2\n'],
])

const access: TableAccess = {
  readFile(path) {
    const text = files.get(path)
    if (text === undefined) return { status: 'missing', reason: 'No such file or directory' }
    return { status: 'read', octets: encodeOctets(text) }
  },
  openDirectory() {
    throw new Error('no directory in this test')
  },
}

function open(name: string): LookupTable {
  const mainCf = readMainCf('/etc/postfix', access)
  if (mainCf.status === 'failed') throw new Error(mainCf.message)
  return tableOpener(mainCf.parameters, access)(name)
}

async function lookup(name: string, key: string, fold = true): Promise<string> {
  const answer = await open(name).lookup(key, { fold, utf8: true })
  return answer.status === 'found' ? answer.value : answer.status
}

describe('tables without a server', () => {
  it.each([
    ['static:x', 'any', 'x'],
    ['static:{a b}', 'any', 'a b'],
    ['static:', 'any', 'configurationError'],
    ['fail:x', 'any', 'temporaryError'],
    ['inline:{B.com=x}', 'b.COM', 'x'],
    ['inline:{ {b.com = x y } , c=d}', 'b.com', 'x y'],
    ['inline:{b.com=a,b.com=b}', 'b.com', 'b'],
    ['inline:{b.com=a}', 'c.com', 'notFound'],
    ['inline:{b.com=}', 'b.com', 'configurationError'],
    ['inline:{b.com}', 'b.com', 'configurationError'],
    ['inline:{ {a b = x} }', 'a b', 'configurationError'],
    ['inline:{}', 'b.com', 'configurationError'],
    ['inline:x=y', 'x', 'configurationError'],
    ['texthash:/text', 'ABC', 'x y'],
    ['texthash:/text', '"a b"@d.org', 'quoted'],
    ['texthash:/text', 'a b@d.org', 'notFound'],
    ['texthash:/text', '"a c"@d.org', 'folded'],
    ['texthash:/text', 'long', 'first  second'],
    ['texthash:/equal', 'any', 'configurationError'],
    ['texthash:/text', 'alone', 'notFound'],
    ['texthash:/text', 'empty:', 'notFound'],
    ['texthash:/text', 'blank', 'notFound'],
    ['texthash:/missing', 'abc', 'configurationError'],
    ['unionmap:{static:a,static:b}', 'any', 'a,b'],
    ['unionmap:{inline:{k=v},static:b}', 'any', 'b'],
    ['unionmap:{inline:{k=v}}', 'any', 'notFound'],
    ['unionmap:{static:a,fail:x}', 'any', 'temporaryError'],
    ['unionmap:{}', 'any', 'configurationError'],
    ['unionmap:static:a', 'any', 'configurationError'],
    ['pipemap:{inline:{b.com=C},inline:{c=d}}', 'b.com', 'd'],
    ['pipemap:{inline:{b.com=c},inline:{x=d}}', 'b.com', 'notFound'],
    ['pipemap:{static:a fail:x}', 'any', 'temporaryError'],
  ])('%s of %s gives %s', async (name, key, expected) => {
    expect(await lookup(name, key)).toBe(expected)
  })

  it('keeps the case of keys without folding', async () => {
    expect(await lookup('inline:{B.com=x}', 'B.com', false)).toBe('x')
    expect(await lookup('inline:{B.com=x}', 'b.com', false)).toBe('notFound')
    expect(await lookup('texthash:/text', 'Abc', false)).toBe('x y')
    expect(await lookup('texthash:/text', 'abc', false)).toBe('notFound')
  })

  it.each([
    'hash:/etc/aliases',
    'pcre:/x',
    'unix:passwd.byname',
    '/etc/aliases',
    'LDAP:x',
    'unionmap:{hash:/x}',
  ])('%s is an error that says it is not evaluated', async (name) => {
    const table = open(name)
    expect(table.problem).toContain('cannot be evaluated here')
    const answer = await table.lookup('key', { fold: true, utf8: true })
    expect(answer.status).toBe('configurationError')
    expect(answer.diagnostics.map((diagnostic) => diagnostic.code)).toContain(NOT_EVALUATED)
  })

  it('answers many keys as one by one', async () => {
    const answers = await open('inline:{a=1,b=2}').lookupMany(['b', 'c', 'a'], { fold: true, utf8: true })
    expect(answers.map((answer) => answer.status)).toEqual(['found', 'notFound', 'found'])
  })
})

describe('mapNames', () => {
  it('splits at commas and blanks outside of braces', () => {
    expect(mapNames(' ldap:a, ldap:b\tinline:{ {k = v}, x=y },,unionmap:{a b} inline:{open ')).toEqual([
      'ldap:a',
      'ldap:b',
      'inline:{ {k = v}, x=y }',
      'unionmap:{a b}',
      'inline:{open ',
    ])
  })
})
