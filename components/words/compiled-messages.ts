/**
 * compiled-messages - the messages as the browser gets them: parsed already, so that it needs no parser.
 *
 * A message without values stays a text; others become the short lists of icu-minify. Compiled once a language.
 */
import 'server-only'
import compile from 'icu-minify/compile'
import { type Language, messagesOf } from '@/lib/words/languages'
import type { Messages } from '@/lib/words/text'

const known = new Map<Language, Messages>()

/** All messages of a language, compiled. Their type says text, which is what use-intl's types know. */
export function compiledMessagesOf(language: Language): Messages {
  const compiled = known.get(language) ?? plain(compiledIn(messagesOf(language)))
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

/** The compiler's objects have no prototype, and React hands only plain ones to the browser. */
function plain(messages: object): Messages {
  return JSON.parse(JSON.stringify(messages)) as Messages
}
