/** Expected texts as printed by `postconf -x` of Postfix 3.7.11. */
import { describe, expect, it } from 'vitest'
import { expandParameters } from './main-cf-expansion'

const PARAMETERS = new Map([
  ['myhostname', 'mx.example.org'],
  ['myorigin', '$myhostname'],
  ['compatibility_level', '3.6'],
  ['empty', ''],
  ['loop', 'a$loop'],
  ['broken', '${myhostname'],
])

function expand(text: string): string | null {
  const expansion = expandParameters(text, (name) => PARAMETERS.get(name))
  return expansion.status === 'expanded' ? expansion.text : null
}

describe('expandParameters', () => {
  it.each([
    ['plain text', 'plain text'],
    ['$myorigin', 'mx.example.org'],
    ['${myorigin}', 'mx.example.org'],
    ['$(myorigin)', 'mx.example.org'],
    ['${ myorigin }', 'mx.example.org'],
    ['$myorigin.net', 'mx.example.org.net'],
    ['$$x', '$x'],
    ['${nosuch}', ''],
    ['${nosuch?x}', ''],
    ['${nosuch:x}', 'x'],
    ['${empty:x}', 'x'],
    ['${myorigin?${myorigin}z}', 'mx.example.orgz'],
    ['${nosuch?{x}:{y}}', 'y'],
    ['${myorigin ? {x} : {y}}', 'x'],
    ['${myorigin? {x} : {y} }', 'x'],
    ['${myorigin?{ q }}.', ' q .'],
    ['${myorigin:{q}}.', '.'],
    ['${{$compatibility_level} <level {1} ? {a} : {b}}', 'b'],
    ['${{1}==level{2}?{x}:{y}}', 'y'],
    ['${{3} ==level {3.0} ? {x}:{y}}', 'x'],
    ['${{3.6} >level {3.10} ? {x}:{y}}', 'y'],
    ['${{10} > {9} ? {x}:{y}}', 'x'],
    ['${{b10} > {b9} ? {x}:{y}}', 'y'],
    ['${{01} == {1} ? {x}:{y}}', 'x'],
    ['${{ 1} == {1} ? {x}:{y}}', 'y'],
    ['${{} == {} ? {x}:{y}}', 'x'],
    ['${{a} != {a} ? {x}:{y}}', 'y'],
    ['${{a} <= {a} ? {x}:{y}}', 'x'],
    ['${{a} >= {b} ? {x}:{y}}', 'y'],
    ['${{a} =={a}}', 'true'],
    ['${{x} == {x}:{no}}.', '.'],
  ])('%s becomes %s', (text, expected) => {
    expect(expand(text)).toBe(expected)
  })

  it.each([
    '$',
    '$-',
    'a${myorigin',
    '$broken',
    '$loop',
    '${my-origin}',
    '${{a} ~ {b}?{x}}',
    '${{a} == b?{x}}',
    '${{a} == {b} x}',
    '${{2} <level {x}?{a}:{b}}',
    '${myorigin?{x}y}',
    '${myorigin:{x}y}',
  ])('%s is an error', (text) => {
    expect(expand(text)).toBeNull()
  })

  it('names the reason', () => {
    expect(expandParameters('a${b', () => undefined)).toEqual({
      status: 'failed',
      reason: 'truncated macro reference: "a${b"',
    })
  })
})
