import { describe, expect, it } from 'vitest'
import { decodeOctets, encodeOctets } from '@/lib/ldap/octets'
import { fatal, warning } from './diagnostic'
import { unusableTable } from './ldap-table'
import type { LookupResult } from './lookup-result'
import type { LookupTable } from './lookup-table'
import { postmapQuery, postmapStream } from './postmap'

const FLAGS = { fold: true, utf8: true }

function tableOf(name: string, values: Readonly<Record<string, string>>): LookupTable {
  const explained = { diagnostics: [], steps: [], skipped: null }
  const answer = (key: string): LookupResult => {
    const value = new Map(Object.entries(values)).get(key)
    if (value === 'error') {
      return {
        ...explained,
        status: 'temporaryError',
        diagnostics: [warning('search.error:-1', 'Search error\x07\n')],
      }
    }
    return value === undefined
      ? { ...explained, status: 'notFound' }
      : { ...explained, status: 'found', value, values: [value] }
  }
  return {
    name,
    problem: null,
    diagnostics: [warning('cf.scope', `opened ${name}`)],
    lookup: (key) => Promise.resolve(answer(key)),
    lookupMany: (keys) => Promise.resolve(keys.map(answer)),
  }
}

const first = tableOf('ldap:first', { a: '1', bad: 'error', ä: 'ü' })
const second = tableOf('ldap:second', { a: 'other', b: '2' })
const broken = unusableTable('ldap:broken', [fatal('cf.open', 'open /x: No such file or directory')])

describe('postmapQuery', () => {
  it('asks the tables in order and opens them at first use', async () => {
    const output = await postmapQuery([first, second, broken], 'b', FLAGS)
    expect(decodeOctets(output.stdout)).toBe('2\n')
    expect(output.exitCode).toBe(0)
    expect(output.stderr).toEqual([
      'postmap: warning: opened ldap:first',
      'postmap: warning: opened ldap:second',
    ])
  })

  it('stops at an error, and at a table that cannot be opened', async () => {
    const failed = await postmapQuery([first, second], 'bad', FLAGS)
    expect(failed.exitCode).toBe(1)
    expect(failed.stderr.slice(1)).toEqual([
      'postmap: warning: Search error??',
      'postmap: fatal: table ldap:first: query error',
    ])
    const unusable = await postmapQuery([broken, first], 'a', FLAGS)
    expect(unusable.stderr).toEqual(['postmap: fatal: open /x: No such file or directory'])
    expect(unusable.stdout.length).toBe(0)
  })
})

describe('postmapStream', () => {
  it('prints the key as typed, repeats duplicates and reads a last line without newline', async () => {
    const output = await postmapStream([first, second], encodeOctets('b\n\na\na\nä\0x\nb'), FLAGS)
    expect(decodeOctets(output.stdout)).toBe('b\t2\na\t1\na\t1\nä\tü\nb\t2\n')
    expect(output.exitCode).toBe(0)
  })

  it.each([
    [4095, 0],
    [4096, 0],
    [4097, 4096],
    [8192, 4096],
    [8193, 8192],
  ])('after %i octets an error leaves %i', async (size, written) => {
    const table = tableOf('ldap:long', { k: 'v'.repeat(size - 3), bad: 'error' })
    const output = await postmapStream([table], encodeOctets('k\nbad\nk\n'), FLAGS)
    expect(output.stdout.length).toBe(written)
    expect(output.exitCode).toBe(1)
  })

  it('goes on over the blocks in which keys are asked', async () => {
    const output = await postmapStream([first], encodeOctets('a\n'.repeat(1001)), FLAGS)
    expect(decodeOctets(output.stdout)).toBe('a\t1\n'.repeat(1001))
    expect((await postmapStream([first], new Uint8Array(), FLAGS)).exitCode).toBe(1)
  })
})
