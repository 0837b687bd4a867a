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

function translator<Of extends Namespace>(locale: Language, namespace: Of) {
  return createTranslator({ locale, messages: messagesOf(locale), namespace })
}

/** Translator of a namespace, for async components, actions and metadata. */
export async function getTranslations<Of extends Namespace>(
  namespace: Of,
): Promise<ReturnType<typeof translator<Of>>> {
  return translator(await requestLanguage(), namespace)
}

/** Translator of a namespace, for components that are not async. */
export function useTranslations<Of extends Namespace>(namespace: Of): ReturnType<typeof translator<Of>> {
  return translator(use(requestLanguage()), namespace)
}

/** Numbers, times and lists in the person's language; times in the server's time zone. */
export async function getFormatter(): Promise<ReturnType<typeof createFormatter>> {
  return createFormatter({ locale: await requestLanguage() })
}

/** As {@link getFormatter}, for components that are not async. */
export function useFormatter(): ReturnType<typeof createFormatter> {
  return createFormatter({ locale: use(requestLanguage()) })
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
  const translate = createTranslator({ locale, messages: messagesOf(locale) })
  return (text) => say(text, translate)
}
