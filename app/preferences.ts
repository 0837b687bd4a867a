'use server'

import { cookies } from 'next/headers'
import { THEME_COOKIE, THEMES } from '@/components/shell/theme'
import { isLanguage, LANGUAGE_COOKIE } from '@/lib/words/languages'

const YEAR = 365 * 24 * 60 * 60

/** Keeps a person's theme or language in a cookie. It says nothing about the person, so nobody has to be signed in. */
export async function choosePreference(form: unknown): Promise<void> {
  if (!(form instanceof FormData)) return
  const theme = THEMES.find((name) => name === form.get('theme'))
  const language = form.get('language')
  const jar = await cookies()
  const options = { path: '/', maxAge: YEAR, sameSite: 'lax', httpOnly: true } as const
  if (theme !== undefined) jar.set(THEME_COOKIE, theme, options)
  if (typeof language === 'string' && isLanguage(language)) jar.set(LANGUAGE_COOKIE, language, options)
}
