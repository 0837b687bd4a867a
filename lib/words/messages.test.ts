import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { german } from '@/messages/de'
import { english } from '@/messages/en'
import { inEnglish } from './english'
import { languageOf, LANGUAGES, messagesOf } from './languages'

/** Every message by its place. */
function flat(messages: object, prefix = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, value]: [string, unknown]): [string, string][] =>
      typeof value === 'object' && value !== null
        ? [...flat(value, `${prefix}${key}.`)]
        : [[`${prefix}${key}`, String(value)]],
    ),
  )
}

/** The names of the values that a message takes, those inside the branches of plurals and choices too. */
function argumentsOf(message: string): readonly string[] {
  const names = new Set<string>()
  // What each open brace holds: an argument, or the words of a branch of one.
  const open: ('argument' | 'branch')[] = []
  for (const { 0: found, 1: name } of message.matchAll(/\}|\{\s*(\w+)?/g)) {
    if (found === '}') {
      open.pop()
      continue
    }
    const isBranch = open.at(-1) === 'argument'
    open.push(isBranch ? 'branch' : 'argument')
    if (!isBranch && name !== undefined) names.add(name)
  }
  return [...names].sort()
}

test('every message is there in every language, with the same values', () => {
  const there = flat(english)
  const wanted = [...there].map(([key, message]) => [key, argumentsOf(message)])
  for (const language of LANGUAGES) {
    const found = [...flat(messagesOf(language))].map(([key, message]) => [key, argumentsOf(message)])
    expect(new Map(found as [string, string[]][])).toEqual(new Map(wanted as [string, string[]][]))
  }
  expect([...flat(german).values()].filter((message) => message.trim() === '')).toEqual([])
})

test('every message file is read', () => {
  for (const language of LANGUAGES) {
    const files = readdirSync(new URL(`../../messages/${language}`, import.meta.url))
    expect(files.map((file) => file.replace(/\.json$/, '')).sort()).toEqual(
      Object.keys(messagesOf(language)).sort(),
    )
  }
})

test('the language is the chosen one, else the one that the browser likes best', () => {
  expect(languageOf('de', 'en')).toBe('de')
  expect(languageOf('xx', 'fr-CH, fr;q=0.9, de-AT;q=0.7, en;q=0.8, *;q=0.5')).toBe('en')
  expect(languageOf(undefined, 'fr, de;q=0.7, en;q=0.3')).toBe('de')
  expect(languageOf(undefined, 'de;q=0')).toBe('en')
  expect(languageOf(undefined, '')).toBe('en')
})

test('texts are said with their values, words of other programs as they are', () => {
  expect(inEnglish({ key: 'edit.noAnswer', values: { diagnostic: 'no {such} object' } })).toContain(
    '(no {such} object)',
  )
  expect(inEnglish('as it is {x}')).toBe('as it is {x}')
})
