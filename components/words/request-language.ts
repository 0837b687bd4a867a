/**
 * request-language - the language of the person who makes this request.
 */
import 'server-only'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { type Language, LANGUAGE_COOKIE, languageOf } from '@/lib/words/languages'

/** What the person chose, else what the browser prefers; once per request (React cache). */
export const requestLanguage = cache(async (): Promise<Language> => {
  const [jar, sent] = await Promise.all([cookies(), headers()])
  return languageOf(jar.get(LANGUAGE_COOKIE)?.value, sent.get('accept-language') ?? '')
})
