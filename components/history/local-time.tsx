'use client'

import { type ReactNode, useSyncExternalStore } from 'react'
import { useLocale } from 'use-intl'

/** A time in the language and the zone of the person who reads it; in UTC until the browser has taken over. */
export function LocalTime({ iso }: { readonly iso: string }): ReactNode {
  const language = useLocale()
  const text = useSyncExternalStore(
    neverChanges,
    () =>
      new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(iso)),
    () => `${iso.slice(0, 19).replace('T', ' ')} UTC`,
  )
  return (
    <time dateTime={iso} title={iso} className="tabular-nums">
      {text}
    </time>
  )
}

function neverChanges(): () => void {
  return () => undefined
}
