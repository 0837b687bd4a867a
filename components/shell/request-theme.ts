/**
 * request-theme - the theme that the person who makes this request has chosen.
 */
import 'server-only'
import { cookies } from 'next/headers'
import { cache } from 'react'
import { type Theme, THEME_COOKIE, themeOf } from './theme'

/** Once per request (React cache). */
export const requestTheme = cache(async (): Promise<Theme> =>
  themeOf((await cookies()).get(THEME_COOKIE)?.value),
)
