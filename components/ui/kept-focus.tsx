'use client'

import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { isFocusLost } from './lost-focus'

/** The id of the control that had the focus in what was drawn here last. */
const left = new Map<string, string>()

interface KeptFocusProps {
  /** Names the place: what comes there next has the focus where it was. */
  readonly of: string
  readonly children: ReactNode
}

/**
 * Keeps the keyboard's focus where a list is replaced by the same list in another order: the new control of the same
 * id takes it, but only from nowhere (lost-focus).
 */
export function KeptFocus({ of, children }: KeptFocusProps): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const drawn = place.current
    const id = left.get(of)
    if (id !== undefined && isFocusLost()) document.getElementById(id)?.focus({ preventScroll: true })
    left.delete(of)
    return () => {
      const { activeElement: owner } = document
      if (owner !== null && owner.id !== '' && drawn?.contains(owner) === true) left.set(of, owner.id)
    }
  }, [of])
  return <div ref={place}>{children}</div>
}
