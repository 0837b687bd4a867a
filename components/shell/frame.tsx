import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { Content } from './content'
import { Menu } from './menu'

interface FrameProps {
  readonly who: string
  readonly role: string
  readonly navigation: ReactNode
  /** The way to the command palette; null where there is none. */
  readonly search?: ReactNode
  /** Theme and language. */
  readonly preferences?: ReactNode
  readonly signOut: () => Promise<void>
  readonly children: ReactNode
}

/** Brand, places and the person at the side (on narrow screens above, in a menu), and the page beside it. */
export function Frame(props: FrameProps): ReactNode {
  const { who, role, navigation, search = null, preferences = null, signOut, children } = props
  const words = useTranslations('shell')
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[208px_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-30 rounded-lg bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {words('skip')}
      </a>
      <header className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2 md:sticky md:top-0 md:h-dvh md:flex-col md:flex-nowrap md:items-stretch md:gap-3 md:overflow-y-auto md:border-r md:border-b-0 md:px-2.5 md:py-3.5">
        <Link
          href="/"
          className="mr-auto px-1 py-1 text-[15px] font-semibold tracking-tight md:mr-0 md:px-2.5"
        >
          Postbook
        </Link>
        {search}
        <Menu>
          {navigation}
          <div className="border-t border-line px-2.5 pt-2.5 text-[13px] md:mt-auto">
            {preferences}
            <form action={signOut} className="pt-2">
              <p className="truncate" title={who}>
                {who}
              </p>
              <p className="text-soft">{role}</p>
              <p className="text-soft">
                <Link href="/sign-in/password" className="inline-block min-h-6 underline hover:text-ink">
                  {words('password')}
                </Link>{' '}
                ·{' '}
                <button type="submit" className="min-h-6 underline hover:text-ink">
                  {words('signOut')}
                </button>
              </p>
            </form>
          </div>
        </Menu>
      </header>
      <Content>{children}</Content>
    </div>
  )
}
