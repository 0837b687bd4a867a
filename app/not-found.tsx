import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { buttonClass } from '@/components/ui/button'

export default function NotFound(): ReactNode {
  const words = useTranslations('shell')
  return (
    <main className="mx-auto max-w-xl px-4 py-16">
      <h1>{words('nothingHere')}</h1>
      <p className="mt-2 mb-6 text-soft">{words('nothingHereAbout')}</p>
      <Link href="/" className={buttonClass('plain')}>
        {words('toStart')}
      </Link>
    </main>
  )
}
