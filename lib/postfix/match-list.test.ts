import { describe, expect, it } from 'vitest'
import { encodeOctets } from '@/lib/ldap/octets'
import { openTable } from './ldap-table-source'
import { parseMatchList, type MatchListContext } from './match-list'
import type { FileContent } from './table-access'

const FILES = new Map([
  ['/list', '# comment\na.net\nb.net  c.net\n\n!d.net, E.net\nd.net\n #x\n'],
  ['/loop', 'a.net\n/loop\n'],
])

const context: MatchListContext = {
  access: {
    readFile(path): FileContent {
      const text = FILES.get(path)
      if (text === undefined) return { status: 'missing', reason: 'No such file or directory' }
      return { status: 'read', octets: encodeOctets(text) }
    },
  },
  openTable: (name) =>
    openTable(
      name,
      {
        readFile: () => ({ status: 'missing', reason: 'none' }),
        openDirectory: () => {
          throw new Error('not asked')
        },
      },
      () => undefined,
    ),
  utf8: true,
  name: 'test',
}

async function matches(text: string, keys: readonly string[]): Promise<readonly string[]> {
  const parsed = parseMatchList(text, context)
  if (parsed.status === 'invalid') return parsed.diagnostics.map((diagnostic) => diagnostic.code)
  const answers = await Promise.all(keys.map((key) => parsed.list.match(key)))
  return keys.filter((_, index) => answers[index]?.answer === 'yes')
}

describe('parseMatchList', () => {
  it.each([
    ['a.net,B.net\tstrasse.de', 'a.net b.net straße.de', 'a.net b.net straße.de'],
    ['.a.net * 10.0.0.0/8', 'x.a.net a.net .a.net 10.0.0.1', '.a.net'],
    ['!a.net', 'a.net b.net', ''],
    ['!!a.net !b.net b.net', 'a.net b.net', 'a.net'],
    ['/list', 'a.net b.net c.net d.net e.net # #x', 'a.net b.net c.net e.net'],
    ['!/list e.net d.net', 'a.net d.net e.net', 'd.net'],
    ['[1:2] a.net # b.net', '[1:2] a.net b.net', '[1:2] a.net'],
    ['{a.net b.net}', 'a.net b.net', ''],
  ])('%s', async (text, keys, expected) => {
    expect(await matches(text, keys.split(' '))).toEqual(expected.split(' ').filter((key) => key !== ''))
  })

  it('is invalid where Postfix stops', async () => {
    expect(await matches('a.net ! b.net', [])).toEqual(['fatal.domain.empty-pattern'])
    expect(await matches('/none', [])).toEqual(['fatal.domain.open'])
    expect(await matches('nosuch:x', [])).toEqual(['fatal.domain.dict-type'])
    expect(await matches('/loop', [])).toEqual(['fatal.domain.nesting'])
  })
})
