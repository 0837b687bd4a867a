/**
 * languages - the languages of the panel, and which one to speak. Pure.
 *
 * What a person chose goes before what the browser prefers (Accept-Language, RFC 9110 section 12.5.4); English
 * where neither names a language that is there.
 */
import { english } from '@/messages/en'
import { german } from '@/messages/de'
import type { Messages } from './text'

export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

/** Cookie that keeps the choice. */
export const LANGUAGE_COOKIE = 'language'

const MESSAGES: Readonly<Record<Language, Messages>> = { en: english, de: german }

/** All messages of a language. */
export function messagesOf(language: Language): Messages {
  return MESSAGES[language]
}

/** Whether a text names a language of the panel. */
export function isLanguage(text: string | undefined): text is Language {
  return LANGUAGES.some((language) => language === text)
}

/** The language to speak, from the cookie's value and the header Accept-Language. */
export function languageOf(chosen: string | undefined, acceptLanguage: string): Language {
  if (isLanguage(chosen)) return chosen
  const [best] = acceptLanguage
    .split(',')
    .map((part, place) => {
      const [range = '', ...parameters] = part.trim().split(';')
      const quality = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean)
      return { language: range.split('-')[0]?.toLowerCase(), quality: Number(quality ?? '1'), place }
    })
    .sort((one, other) => other.quality - one.quality || one.place - other.place)
    .flatMap(({ language, quality }) => (quality > 0 && isLanguage(language) ? [language] : []))
  return best ?? 'en'
}
