'use client'

import { Search } from 'lucide-react'
import type { Route } from 'next'
import Form from 'next/form'
import { type ReactNode, useEffect } from 'react'
import { singleKeyOf } from '@/components/palette/shortcuts'
import { useUrlValue } from './url-value'

interface SearchBoxProps {
  readonly action: Route
  readonly name: string
  readonly label: string
  readonly defaultValue: string
  /** Further parameters of the URL that a new search keeps. */
  readonly keep?: Readonly<Record<string, string>>
}

/** A search form whose state is the URL; works without JavaScript. The key / goes to it. */
export function SearchBox({ action, name, label, defaultValue, keep = {} }: SearchBoxProps): ReactNode {
  const input = useUrlValue(defaultValue)
  useEffect(() => {
    function focusOnSlash(event: KeyboardEvent): void {
      if (singleKeyOf(event) !== '/') return
      event.preventDefault()
      input.current?.focus()
    }
    document.addEventListener('keydown', focusOnSlash)
    return () => {
      document.removeEventListener('keydown', focusOnSlash)
    }
  }, [input])
  return (
    <Form action={action} role="search" className="relative w-full max-w-md">
      {Object.entries(keep).map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-soft" />
      <input
        ref={input}
        type="search"
        name={name}
        aria-label={label}
        placeholder={label}
        defaultValue={defaultValue}
        className="min-h-9 w-full rounded-lg border border-edge bg-panel py-1.5 pr-9 pl-8"
      />
      <kbd
        aria-hidden
        className="pointer-events-none absolute top-2 right-2.5 rounded border border-line px-1.5 font-mono text-xs text-soft"
      >
        /
      </kbd>
    </Form>
  )
}
