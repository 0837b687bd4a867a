import { describe, expect, it } from 'vitest'
import { parseConfigurationFile } from './configuration-file'

function read(text: string | Uint8Array): { values: Record<string, string>; codes: string[] } | string[] {
  const file = parseConfigurationFile(text, '/x.cf')
  const codes = file.diagnostics.map((diagnostic) => diagnostic.code)
  return file.status === 'failed' ? codes : { values: Object.fromEntries(file.parameters), codes }
}

describe('parseConfigurationFile', () => {
  it('drops blank lines and comments, also between a line and its continuation', () => {
    const text = '# c\n\na = (|\n # c\n#flush\n\t(b)\n \n  (c))\nd=e'
    expect(read(text)).toEqual({ values: { a: '(|\t(b)  (c))', d: 'e' }, codes: [] })
  })

  it('splits at the first equals sign only and trims the value', () => {
    expect(read('a =  b = c \t\r\nempty =\n')).toEqual({ values: { a: 'b = c', empty: '' }, codes: [] })
  })

  it('knows no quotes, trailing comments, backslashes or macros', () => {
    const text = 'a = "x" # y\nb = $c ${d}\ne = f\\\n g\n'
    expect(read(text)).toEqual({ values: { a: '"x" # y', b: '$c ${d}', e: 'f\\ g' }, codes: [] })
  })

  it('takes the last of repeated values and warns of a change only', () => {
    const text = 'a = 1\na = 1\na = 2\n'
    expect(read(text)).toEqual({ values: { a: '2' }, codes: ['warn.cf.override:a'] })
  })

  it('discards a first line that starts with white space, with its continuation', () => {
    expect(read('  a = 1\n  more\nb = 2\n')).toEqual({
      values: { b: '2' },
      codes: ['warn.cf.leading-whitespace'],
    })
  })

  it('fails on a line without a name or without an equals sign', () => {
    expect(read('a = 1\n= 2\n')).toEqual(['fatal.cf.missing-name'])
    expect(read('foo bar = x\n')).toEqual(['fatal.cf.missing-equals'])
    expect(read('foo: x\n')).toEqual(['fatal.cf.missing-equals'])
  })

  it('ignores what follows a NUL in a logical line', () => {
    expect(read('a = 1\0 x\n y\nb = 2\n')).toEqual({ values: { a: '1', b: '2' }, codes: [] })
  })

  it('takes a byte order mark for a part of the first name', () => {
    expect(read(Uint8Array.from([0xef, 0xbb, 0xbf, 0x61, 0x3d, 0x31]))).toEqual({
      values: { '\ufeffa': '1' },
      codes: [],
    })
  })

  it('keeps octets that are not UTF-8', () => {
    expect(read(Uint8Array.from([0x61, 0x3d, 0xe9]))).toEqual({ values: { a: '\udce9' }, codes: [] })
  })
})
