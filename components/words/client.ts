'use client'

/**
 * client - the words of the screens in the browser; what server.ts is at the server.
 */
import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import { say, type Text } from '@/lib/words/text'

export { useFormatter, useTranslations } from 'use-intl'

/** Says what lib has to say, in the person's language. */
export function useText(): (text: Text) => string {
  const translate = useTranslations()
  return useCallback((text) => say(text, translate), [translate])
}
