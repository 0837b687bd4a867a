import { Monitor, Moon, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { requestLanguage } from '@/components/words/request-language'
import { getTranslations } from '@/components/words/server'
import { LANGUAGES } from '@/lib/words/languages'
import { requestTheme } from './request-theme'
import { THEMES } from './theme'

interface PreferencesProps {
  /** Server action: keeps `theme` or `language` of the form. */
  readonly choose: (form: FormData) => Promise<void>
}

const ICONS = { system: Monitor, light: Sun, dark: Moon }

const CHOICE = 'inline-flex min-h-7 items-center justify-center rounded-md px-1.5 text-xs'
const CHOSEN = 'bg-accent-ground font-medium text-accent'
const OTHER = 'text-soft hover:bg-hover hover:text-ink'

/** Theme and language; works without JavaScript. */
export async function Preferences({ choose }: PreferencesProps): Promise<ReactNode> {
  const [words, theme, language] = await Promise.all([
    getTranslations('shell'),
    requestTheme(),
    requestLanguage(),
  ])
  return (
    <form action={choose} className="flex flex-wrap justify-between gap-1">
      <div role="group" aria-label={words('theme')} className="flex rounded-lg border border-line p-0.5">
        {THEMES.map((name) => {
          const Icon = ICONS[name]
          return (
            <button
              key={name}
              type="submit"
              name="theme"
              value={name}
              aria-pressed={name === theme}
              title={words(`themeName.${name}`)}
              className={`${CHOICE} ${name === theme ? CHOSEN : OTHER}`}
            >
              <Icon aria-hidden className="size-3.5" />
              <span className="sr-only">{words(`themeName.${name}`)}</span>
            </button>
          )
        })}
      </div>
      <div role="group" aria-label={words('language')} className="flex rounded-lg border border-line p-0.5">
        {LANGUAGES.map((name) => (
          <button
            key={name}
            type="submit"
            name="language"
            value={name}
            lang={name}
            aria-pressed={name === language}
            title={words(`languageName.${name}`)}
            className={`${CHOICE} ${name === language ? CHOSEN : OTHER}`}
          >
            <span aria-hidden>{name.toUpperCase()}</span>
            <span className="sr-only">{words(`languageName.${name}`)}</span>
          </button>
        ))}
      </div>
    </form>
  )
}
