import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { buttonClass } from '@/components/ui/button'

/** What stands where a page does not exist, or not for this person. */
export function NothingHere(): ReactNode {
  const words = useTranslations('shell')
  return (
    <div className="mx-auto max-w-xl px-4 py-16">
      <h1>{words('nothingHere')}</h1>
      <p className="mt-2 mb-6 text-soft">{words('nothingHereAbout')}</p>
      <Link href="/" className={buttonClass('plain')}>
        {words('toStart')}
      </Link>
    </div>
  )
}
