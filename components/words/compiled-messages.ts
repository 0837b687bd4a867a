/**
 * compiled-messages - the messages as the browser gets them: parsed already, so that it needs no parser.
 *
 * A message without values stays a text; others become the short lists of icu-minify. Compiled once a language, and
 * handed on as one text of JSON (words.tsx reads it): React would look at each of some thousand messages by itself,
 * twice for every page, and that took as long as all the rest of a page.
 */
import 'server-only'
import compile from 'icu-minify/compile'
import { type Language, messagesOf } from '@/lib/words/languages'

const known = new Map<Language, string>()

/** All messages of a language, compiled, as JSON. */
export function compiledMessagesOf(language: Language): string {
  const compiled = known.get(language) ?? JSON.stringify(compiledIn(messagesOf(language)))
  known.set(language, compiled)
  return compiled
}

function compiledIn(messages: object): object {
  const entries = Object.entries(messages).map(([key, value]: [string, unknown]): [string, unknown] => [
    key,
    typeof value === 'object' && value !== null ? compiledIn(value) : compile(String(value)),
  ])
  return Object.fromEntries(entries)
}
