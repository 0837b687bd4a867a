/**
 * text - something to be said to a person: a phrase of the message files, or another program's own words.
 *
 * lib says what happened as data, and the screens say it in the person's language; the command line in English.
 * A plain string is what nobody translates: a diagnostic of slapd or Postfix, or a sentence composed of such.
 * Pure.
 */
import type { MessageKeys, NestedKeyOf } from 'use-intl/core'
import type { english } from '@/messages/en'

export type Messages = typeof english

/** A place in the message files, for example `edit.noAnswer`. */
export type PhraseKey = MessageKeys<Messages, NestedKeyOf<Messages>>

export interface Phrase {
  readonly key: PhraseKey
  readonly values?: Readonly<Record<string, string | number | Phrase>>
}

export type Text = string | Phrase

/** Looks a phrase up and fills it in; use-intl's translator without a namespace is one. */
export type Translate = (key: PhraseKey, values?: Record<string, string | number>) => string

/** The text in the language of a translator. */
export function say(text: Text, translate: Translate): string {
  if (typeof text === 'string') return text
  const values = Object.entries(text.values ?? {}).map(([name, value]): [string, string | number] => [
    name,
    typeof value === 'object' ? say(value, translate) : value,
  ])
  return translate(text.key, Object.fromEntries(values))
}
