'use client'

import { Menu as MenuIcon, X } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslations } from '#words'

/** What stands at the side of wide screens; on narrow ones a menu behind a button, closed by going somewhere. */
export function Menu({ children }: { readonly children: ReactNode }): ReactNode {
  const words = useTranslations('shell')
  const path = usePathname()
  const [openedAt, setOpenedAt] = useState<string | null>(null)
  const open = openedAt === path
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-controls="menu"
        className="inline-flex min-h-9 items-center gap-1.5 rounded-lg border border-edge px-2.5 text-[13px] md:hidden"
        onClick={() => {
          setOpenedAt(open ? null : path)
        }}
      >
        {open ? <X aria-hidden className="size-4" /> : <MenuIcon aria-hidden className="size-4" />}
        {words('menu')}
      </button>
      <div
        id="menu"
        className={`${open ? 'flex' : 'hidden'} order-last w-full flex-col gap-3 pt-2 pb-1 md:order-none md:flex md:min-h-0 md:flex-1 md:py-0`}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !open) return
          setOpenedAt(null)
          button.current?.focus()
        }}
      >
        {children}
      </div>
    </>
  )
}
