/**
 * server - the words of the screens, for components that are drawn at the server.
 *
 * `#words` is this file at the server and client.ts in the browser (package.json, imports), so that a component
 * that is used in both says `useTranslations` and `useText` alike. Async components take the get… functions.
 */
import 'server-only'
import { use } from 'react'
import {
  createFormatter,
  createTranslator,
  type Messages,
  type NamespaceKeys,
  type NestedKeyOf,
} from 'use-intl/core'
import { type Language, messagesOf } from '@/lib/words/languages'
import { say, type Text } from '@/lib/words/text'
import { requestLanguage } from './request-language'

type Namespace = NamespaceKeys<Messages, NestedKeyOf<Messages>>

function newTranslator<Of extends Namespace>(locale: Language, namespace: Of) {
  return createTranslator({ locale, messages: messagesOf(locale), namespace })
}

type Translator<Of extends Namespace> = ReturnType<typeof newTranslator<Of>>

/** By language and namespace. A translator knows nothing of a request, and is dear to make for each row of a list. */
const translators = new Map<string, unknown>()
const formatters = new Map<Language, ReturnType<typeof createFormatter>>()
const speakers = new Map<Language, (text: Text) => string>()

function translator<Of extends Namespace>(locale: Language, namespace: Of): Translator<Of> {
  const key = `${locale} ${namespace}`
  const made = (translators.get(key) as Translator<Of> | undefined) ?? newTranslator(locale, namespace)
  translators.set(key, made)
  return made
}

function formatter(locale: Language): ReturnType<typeof createFormatter> {
  const made = formatters.get(locale) ?? createFormatter({ locale })
  formatters.set(locale, made)
  return made
}

/** Translator of a namespace, for async components, actions and metadata. */
export async function getTranslations<Of extends Namespace>(namespace: Of): Promise<Translator<Of>> {
  return translator(await requestLanguage(), namespace)
}

/** Translator of a namespace, for components that are not async. */
export function useTranslations<Of extends Namespace>(namespace: Of): Translator<Of> {
  return translator(use(requestLanguage()), namespace)
}

/** Numbers, times and lists in the person's language; times in the server's time zone. */
export async function getFormatter(): Promise<ReturnType<typeof createFormatter>> {
  return formatter(await requestLanguage())
}

/** As {@link getFormatter}, for components that are not async. */
export function useFormatter(): ReturnType<typeof createFormatter> {
  return formatter(use(requestLanguage()))
}

/** Says what lib has to say, for async components. */
export async function getText(): Promise<(text: Text) => string> {
  return speaker(await requestLanguage())
}

/** As {@link getText}, for components that are not async. */
export function useText(): (text: Text) => string {
  return speaker(use(requestLanguage()))
}

function speaker(locale: Language): (text: Text) => string {
  const known = speakers.get(locale)
  if (known !== undefined) return known
  const translate = createTranslator({ locale, messages: messagesOf(locale) })
  const made = (text: Text): string => say(text, translate)
  speakers.set(locale, made)
  return made
}
