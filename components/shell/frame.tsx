import Link from 'next/link'
import type { ReactNode } from 'react'

interface FrameProps {
  readonly who: string
  readonly role: string
  readonly navigation: ReactNode
  readonly signOut: () => Promise<void>
  readonly children: ReactNode
}

/** Brand, places and the person at the side (above, on narrow screens), and the page beside it. */
export function Frame({ who, role, navigation, signOut, children }: FrameProps): ReactNode {
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[208px_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-30 rounded-lg bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2 md:sticky md:top-0 md:h-dvh md:flex-col md:flex-nowrap md:items-stretch md:gap-y-3 md:border-r md:border-b-0 md:px-2.5 md:py-3.5">
        <Link href="/" className="px-1 py-1 text-[15px] font-semibold tracking-tight md:px-2.5">
          Postbook
        </Link>
        <div className="order-last w-full md:order-none">{navigation}</div>
        <form
          action={signOut}
          className="ml-auto flex items-baseline gap-2 text-[13px] md:mt-auto md:ml-0 md:block md:border-t md:border-line md:p-2.5"
        >
          <p className="hidden truncate md:block" title={who}>
            {who}
          </p>
          <p className="hidden text-soft md:block">{role}</p>
          <p className="text-soft">
            <Link href="/sign-in/password" className="inline-block min-h-6 underline hover:text-ink">
              password
            </Link>{' '}
            ·{' '}
            <button type="submit" className="min-h-6 underline hover:text-ink">
              sign out
            </button>
          </p>
        </form>
      </header>
      <main id="content" className="min-w-0">
        {children}
      </main>
    </div>
  )
}
