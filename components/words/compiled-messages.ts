/**
 * compiled-messages - the messages as the browser gets them: parsed already, so that it needs no parser.
 *
 * A message without values stays a text; others become the short lists of icu-minify. Compiled once a language, and
 * handed on as one text of JSON (words.tsx reads it): React would look at each of some thousand messages by itself,
 * twice for every page, and that took as long as all the rest of a page. What only pages that are drawn at the server
 * say is left out: every page would carry it.
 */
import 'server-only'
import compile from 'icu-minify/compile'
import { type Language, messagesOf } from '@/lib/words/languages'
import type { Messages } from '@/lib/words/text'

const SERVER_ALONE = new Set(['health', 'setup'])

const known = new Map<Language, string>()

/** The messages of a language that browsers need, compiled, as JSON. */
export function compiledMessagesOf(language: Language): string {
  const compiled = known.get(language) ?? JSON.stringify(compiledIn(forBrowser(messagesOf(language))))
  known.set(language, compiled)
  return compiled
}

function forBrowser(messages: Messages): object {
  return Object.fromEntries(Object.entries(messages).filter(([namespace]) => !SERVER_ALONE.has(namespace)))
}

function compiledIn(messages: object): object {
  const entries = Object.entries(messages).map(([key, value]: [string, unknown]): [string, unknown] => [
    key,
    typeof value === 'object' && value !== null ? compiledIn(value) : compile(String(value)),
  ])
  return Object.fromEntries(entries)
}
