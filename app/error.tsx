'use client'

import { useEffect, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string }
  readonly reset: () => void
}

/** A page that could not be made: the directory is away, or the panel has a fault. The log has the details. */
export default function ErrorPage({ error, reset }: ErrorPageProps): ReactNode {
  useEffect(() => {
    document.title = 'No answer · Postbook'
  }, [])
  return (
    <main className="mx-auto max-w-xl px-4 py-16">
      <h1>This page could not be shown</h1>
      <p className="mt-2 mb-6 text-soft">
        Most likely the directory does not answer. Nothing was changed. Try again; if it stays like this, look
        for{' '}
        {error.digest === undefined ? 'the newest entry' : <code className="address">{error.digest}</code>} in
        the log of the panel.
      </p>
      <Button onClick={reset}>Try again</Button>
    </main>
  )
}
