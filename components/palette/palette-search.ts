'use client'

/**
 * palette-search - asks the panel for what is typed into the palette, a moment after the last key.
 *
 * An answer to an older text is dropped. Fewer than two letters fit too much and are not asked for.
 */
import { useEffect, useState } from 'react'
import type { PaletteAnswer, PaletteSearch } from './palette-state'

const PAUSE_MS = 150
const LEAST = 2

export interface Searching {
  /** Of the text as it is now; null before it came. */
  readonly answer: PaletteAnswer | null
  readonly busy: boolean
}

/** Holds the newest answer. */
export function usePaletteSearch(text: string, search: PaletteSearch): Searching {
  const wanted = text.trim()
  const [newest, setNewest] = useState<{ of: string; answer: PaletteAnswer } | null>(null)
  useEffect(() => {
    if (wanted.length < LEAST) return
    let isStale = false
    const timer = setTimeout(() => {
      void search(wanted)
        .catch(() => ({ status: 'failed' }) as const)
        .then((answer) => {
          if (!isStale) setNewest({ of: wanted, answer })
        })
    }, PAUSE_MS)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [wanted, search])
  const isAsked = wanted.length >= LEAST
  return {
    // The last answer stays until the next is there, so that the list does not jump.
    answer: isAsked ? (newest?.answer ?? null) : null,
    busy: isAsked && newest?.of !== wanted,
  }
}
