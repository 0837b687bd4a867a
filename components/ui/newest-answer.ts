'use client'

/**
 * newest-answer - asks the panel for what is typed into a box, a moment after the last key.
 *
 * An answer to an older text is dropped. The last answer stays until the next is there, so that a list of
 * suggestions does not jump. A question that does not come through is answered as `failed` says.
 */
import { useEffect, useState } from 'react'

const PAUSE_MS = 150

export interface Asking<Answer> {
  /** The newest answer; null before the first, and where nothing is asked. */
  readonly answer: Answer | null
  readonly busy: boolean
}

/**
 * Holds the newest answer. `wanted` is null while nothing is to be asked; `ask` and `failed` must stay the same from
 * one drawing to the next.
 */
export function useNewestAnswer<Answer>(
  wanted: string | null,
  ask: (text: string) => Promise<Answer>,
  failed: Answer,
): Asking<Answer> {
  const [newest, setNewest] = useState<{ readonly of: string; readonly answer: Answer } | null>(null)
  useEffect(() => {
    if (wanted === null) return
    let isStale = false
    const timer = setTimeout(() => {
      void ask(wanted)
        .catch(() => failed)
        .then((answer) => {
          if (!isStale) setNewest({ of: wanted, answer })
        })
    }, PAUSE_MS)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [wanted, ask, failed])
  const isAsked = wanted !== null
  return { answer: isAsked ? (newest?.answer ?? null) : null, busy: isAsked && newest?.of !== wanted }
}
