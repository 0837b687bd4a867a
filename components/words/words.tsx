'use client'

import type { ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import type { Language } from '@/lib/words/languages'
import type { Messages } from '@/lib/words/text'

interface WordsProps {
  readonly language: Language
  readonly messages: Messages
  readonly children: ReactNode
}

/** Gives the components of the browser their words. */
export function Words({ language, messages, children }: WordsProps): ReactNode {
  return (
    <IntlProvider locale={language} messages={messages}>
      {children}
    </IntlProvider>
  )
}
