'use client'

import { useEffect, type ReactNode } from 'react'
import { useTranslations } from '#words'
import { Button } from '@/components/ui/button'

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string }
  readonly reset: () => void
}

/** A page that could not be made: the directory is away, or the panel has a fault. The log has the details. */
export default function ErrorPage({ error, reset }: ErrorPageProps): ReactNode {
  const words = useTranslations('shell')
  const title = words('failedTitle')
  useEffect(() => {
    document.title = `${title} · Postbook`
  }, [title])
  const entry =
    error.digest === undefined ? words('newestEntry') : <code className="address">{error.digest}</code>
  return (
    <main className="mx-auto max-w-xl px-4 py-16">
      <h1>{words('failed')}</h1>
      <p className="mt-2 mb-6 text-soft">{words.rich('failedAbout', { entry: () => entry })}</p>
      <Button onClick={reset}>{words('tryAgain')}</Button>
    </main>
  )
}
