import type { Metadata, Viewport } from 'next'
import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { ReactNode } from 'react'
import { undo } from '@/app/undo'
import { UndoProvider } from '@/components/preview/undo-provider'
import { requestTheme } from '@/components/shell/request-theme'
import { compiledMessagesOf } from '@/components/words/compiled-messages'
import { requestLanguage } from '@/components/words/request-language'
import { Words } from '@/components/words/words'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Postbook', template: '%s · Postbook' },
  description: 'The mail directory behind Postfix and Dovecot',
  robots: { index: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

/** The document, in the language of the person who asks. */
export default async function RootLayout({ children }: LayoutProps<'/'>): Promise<ReactNode> {
  const [language, theme] = await Promise.all([requestLanguage(), requestTheme()])
  return (
    <html
      lang={language}
      data-theme={theme === 'system' ? undefined : theme}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body>
        <Words language={language} messages={compiledMessagesOf(language)}>
          <UndoProvider undo={undo}>{children}</UndoProvider>
        </Words>
      </body>
    </html>
  )
}
