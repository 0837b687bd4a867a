'use client'

import { type ReactNode, useMemo } from 'react'
import { IntlProvider } from 'use-intl'
import type { Language } from '@/lib/words/languages'
import type { Messages } from '@/lib/words/text'

interface WordsProps {
  readonly language: Language
  /** All messages, compiled, as JSON (compiled-messages.ts). */
  readonly messages: string
  readonly children: ReactNode
}

/** Gives the components of the browser their words. */
export function Words({ language, messages, children }: WordsProps): ReactNode {
  const known = useMemo(() => messagesIn(messages), [messages])
  return (
    <IntlProvider locale={language} messages={known}>
      {children}
    </IntlProvider>
  )
}

/** Read once for each language, also at the server, where every page is drawn with the same. */
const read = new Map<string, Messages>()

/** Their type says text, which is what use-intl's types know. */
function messagesIn(text: string): Messages {
  const messages = read.get(text) ?? (JSON.parse(text) as Messages)
  read.set(text, messages)
  return messages
}
