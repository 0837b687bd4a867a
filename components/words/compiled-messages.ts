/**
 * compiled-messages - the messages as the browser gets them: parsed already, so that it needs no parser.
 *
 * A message without values stays a text; others become the short lists of icu-minify. Compiled once a language. What
 * only pages that are drawn at the server say is left out: every page would carry it.
 */
import 'server-only'
import compile from 'icu-minify/compile'
import { type Language, messagesOf } from '@/lib/words/languages'
import type { Messages } from '@/lib/words/text'

const SERVER_ALONE = new Set(['health', 'setup'])

const known = new Map<Language, Messages>()

/** All messages of a language, compiled. Their type says text, which is what use-intl's types know. */
export function compiledMessagesOf(language: Language): Messages {
  const compiled = known.get(language) ?? plain(compiledIn(forBrowser(messagesOf(language))))
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

/** The compiler's objects have no prototype, and React hands only plain ones to the browser. */
function plain(messages: object): Messages {
  return JSON.parse(JSON.stringify(messages)) as Messages
}
