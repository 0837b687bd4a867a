import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFilter } from '@/lib/ldap/filter-parser'
import {
  domainLabels,
  expandKey,
  expandValue,
  keyRequirements,
  parseTemplate,
  quoteForBase,
  quoteForFilter,
  splitKey,
  suppressionOf,
  type Template,
} from './key-expansion'

function template(text: string): Template {
  const parsed = parseTemplate(text)
  if (parsed === null) throw new Error(`bad template ${text}`)
  return parsed
}

const isAsked = (key: string, base: string, filter: string, format = '%s'): boolean =>
  suppressionOf(splitKey(key), keyRequirements([template(base), template(filter)], template(format))) === null

describe('parseTemplate', () => {
  it('gives literal and field parts', () => {
    expect(template('a%%b%s%1').parts).toEqual([
      { type: 'literal', text: 'a%b' },
      { type: 'field', field: 's' },
      { type: 'field', field: '1' },
    ])
  })

  it.each(['%', 'a%', '%0', '%q', '%x%s', '% s'])('refuses %s', (text) => {
    expect(parseTemplate(text)).toBeNull()
  })
})

describe('splitKey', () => {
  it('splits at the last at sign', () => {
    const key = splitKey('"a@b"@.x..net.')
    expect(key).toEqual({ whole: '"a@b"@.x..net.', user: '"a@b"', domain: '.x..net.' })
    expect(splitKey('user')).toEqual({ whole: 'user', user: 'user', domain: null })
  })

  it('drops empty labels of the domain', () => {
    expect(domainLabels(splitKey('"a@b"@.x..net.'))).toEqual(['net', 'x'])
    expect(domainLabels(splitKey('user'))).toEqual([])
  })
})

describe('suppressionOf', () => {
  it('asks for a domain where base, filter or key fields of the format need one', () => {
    expect(isAsked('user', '', '(a=%d)')).toBe(false)
    expect(isAsked('user@', '', '(a=%d)')).toBe(false)
    expect(isAsked('user@ ', '', '(a=%d)')).toBe(true)
    expect(isAsked('user', '', '(a=%s)', '%D')).toBe(false)
    expect(isAsked('user', '', '(a=%s)', '%d')).toBe(true)
  })

  it('asks for a local part only where the key has a domain', () => {
    expect(isAsked('@x', '', '(a=%u)')).toBe(false)
    expect(isAsked('user', '', '(a=%u)')).toBe(true)
    expect(isAsked('user@', '', '(a=%u)')).toBe(true)
    expect(isAsked('@', '', '(a=%s)')).toBe(true)
  })

  it('asks for as many labels as the highest number, and never for an empty key', () => {
    expect(isAsked('u@a..net', 'dc=%2,dc=%1', '(a=%s)')).toBe(true)
    expect(isAsked('u@net', 'dc=%2,dc=%1', '(a=%s)')).toBe(false)
    expect(isAsked('', '', '(a=b)')).toBe(false)
  })
})

describe('expandKey', () => {
  it('escapes what it inserts, not the template', () => {
    const filter = expandKey(template('(&(a=%u*)(b=%D))'), splitKey('x*(y)\\@d'), quoteForFilter)
    expect(filter).toBe('(&(a=x\\2A\\28y\\29\\5C*)(b=d))')
    expect(expandKey(template('ou=%d, o=x'), splitKey('u@a,b+c "=ü'), quoteForBase)).toBe(
      'ou=a\\2Cb\\2Bc\\20\\22=ü, o=x',
    )
  })

  it('never lets a key change the shape of a filter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (key) => {
        const text = expandKey(template('(|(mail=%s)(uid=%u))'), splitKey(key), quoteForFilter)
        const { whole, user } = splitKey(key)
        expect(parseFilter(text)).toEqual({
          type: 'or',
          filters: [
            { type: 'equality', attribute: 'mail', value: whole },
            { type: 'equality', attribute: 'uid', value: user },
          ],
        })
      }),
    )
  })
})

describe('expandValue', () => {
  const expand = (format: string, value: string): string | null =>
    expandValue(template(format), splitKey(value), splitKey('K@a.net'))

  it('takes lower-case fields from the value and the others from the key', () => {
    expect(expand('%s %u %d %S %U %D %1 %2', 'v@b.org')).toBe('v@b.org v b.org K@a.net K a.net net a')
    expect(expand('OK', 'v')).toBe('OK')
  })

  it('skips values without the parts that the format needs', () => {
    expect([expand('%d', 'v'), expand('%d', 'v@'), expand('%u', '@b')]).toEqual([null, null, null])
    expect([expand('%u', 'noat'), expand('%u', '@@')]).toEqual(['noat', '@'])
  })
})
