import Link from 'next/link'
import type { ReactNode } from 'react'
import { buttonClass } from '@/components/ui/button'

export default function NotFound(): ReactNode {
  return (
    <main className="mx-auto max-w-xl px-4 py-16">
      <h1>Nothing here</h1>
      <p className="mt-2 mb-6 text-soft">
        This page does not exist, the entry was deleted, or it is in a domain that you do not administer.
      </p>
      <Link href="/" className={buttonClass('plain')}>
        To the start
      </Link>
    </main>
  )
}
