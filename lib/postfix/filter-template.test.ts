import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFilter } from '@/lib/ldap/filter-parser'
import { filterTemplate } from './filter-template'
import { expandKey, parseTemplate, quoteForFilter, splitKey, type Template } from './key-expansion'

function template(text: string): Template {
  const parsed = parseTemplate(text)
  if (parsed === null) throw new Error(`${text} is no template`)
  return parsed
}

const piece = fc.constantFrom(
  ...[
    '(',
    ')',
    '(&',
    '(|',
    '(!',
    '(mail=',
    '(mailAlias=',
    '=',
    '*',
    '\\',
    '\\2a',
    '\\c3',
    '%s',
    '%u',
    '%d',
    '%1',
    '%%',
  ],
  ...[
    '(&(objectClass=inetOrgPerson)(mail=%s))',
    '(|(mail=%s)(mail=@%d))',
    '(mail=*@%d)',
    '(!(mail=%u))',
    ' ',
    'x',
    'é',
  ],
)
const key = fc.string({
  unit: fc.constantFrom('a', 'B', '@', '.', '*', '(', ')', '\\', ' ', 'é', '2', '\uE000'),
})

describe('filterTemplate', () => {
  it('gives what parsing the expanded text gives, for any template and key', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), key, (pieces, text) => {
        const parsed = template(pieces.join(''))
        const fill = filterTemplate(parsed)
        const parts = splitKey(text)
        if (fill !== null) expect(fill(parts)).toEqual(parseFilter(expandKey(parsed, parts, quoteForFilter)))
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    '(mail=%s)',
    '(&(objectClass=inetOrgPerson)(|(mail=%s)(mailAlias=@%d)))',
    'mail=%u@%1',
    '(a=\\2a%s)',
  ])('can be made of %s', (text) => {
    expect(filterTemplate(template(text))).not.toBeNull()
  })

  it.each(['(mail=*@%d)', '(%u=x)', '(mail=\\%s)', '(mail=%s', '(cn:%s:=x)', '(mail>=%s)', '(a=\uE000%s)'])(
    'is not made of %s',
    (text) => {
      expect(filterTemplate(template(text))).toBeNull()
    },
  )
})
