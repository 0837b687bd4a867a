import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { auditText } from './audit'

test.each([
  ['ann\n{"level":30,"msg":"signed in"}', 'ann\\u{a}{"level":30,"msg":"signed in"}'],
  ['a\r\u0085b\u2028c\u2029', 'a\\u{d}\\u{85}b\\u{2028}c\\u{2029}'],
  ['\u001b[2Jann', '\\u{1b}[2Jann'],
  ['ann\u202egro.evil', 'ann\\u{202e}gro.evil'],
  ['\ud800', '\\u{d800}'],
  ['Jürgen 李', 'Jürgen 李'],
])('%j is written as %s', (name, text) => {
  expect(auditText(name)).toBe(text)
})

test('a very long name is cut', () => {
  expect(auditText('x'.repeat(10_000))).toHaveLength(401)
})

test('whatever the name, there is one line for one event', () => {
  let written = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk)
      done()
    },
  })
  pino({}, stream).warn({ name: auditText('a\n\u0085\u2028b"}\n{"level":30') }, 'sign-in refused')
  expect(written.trimEnd().split(/[\n\r\u0085\u2028\u2029]/)).toHaveLength(1)
  expect(JSON.parse(written)).toMatchObject({ msg: 'sign-in refused' })
})
