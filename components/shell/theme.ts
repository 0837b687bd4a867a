/**
 * theme - whether the panel is light or dark: what the person chose, else what their system prefers.
 */
export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** Cookie that keeps the choice. */
export const THEME_COOKIE = 'theme'

/** The theme in the cookie's value; anything odd is the system's. */
export function themeOf(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system'
}
