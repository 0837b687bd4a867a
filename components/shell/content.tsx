'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useLostFocusOn } from '@/components/ui/lost-focus'

/** The page itself: where the skip link leads, and where the focus is when the link to another page went with its page. */
export function Content({ children }: { readonly children: ReactNode }): ReactNode {
  const main = useLostFocusOn<HTMLElement>(usePathname())
  return (
    <main id="content" ref={main} tabIndex={-1} className="min-w-0 outline-none">
      {children}
    </main>
  )
}
