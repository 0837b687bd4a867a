/**
 * lost-focus - where the keyboard's focus goes when the control that had it is gone.
 *
 * A button that is pressed may vanish with its form, and a link with its page. The browser then leaves the focus
 * nowhere, and a screen reader silent (WCAG 2.2, 2.4.3). What comes instead takes the focus, but only from nowhere:
 * never from a field in which someone is typing.
 */
import { type RefObject, useEffect, useRef } from 'react'

/** Whether no control has the focus, or one that cannot be used any more. */
export function isFocusLost(): boolean {
  const { activeElement: owner } = document
  return owner === null || owner === document.body || owner.matches(':disabled')
}

/** The place that takes a lost focus when it is first drawn: the answer to what a person has just done. */
export function useLostFocus<Place extends HTMLElement>(): RefObject<Place | null> {
  const place = useRef<Place>(null)
  useEffect(() => {
    if (isFocusLost()) place.current?.focus()
  }, [])
  return place
}

/** The place that takes a lost focus whenever this value changes, without scrolling; not when it is first drawn. */
export function useLostFocusOn<Place extends HTMLElement>(value: string): RefObject<Place | null> {
  const place = useRef<Place>(null)
  const drawn = useRef(value)
  useEffect(() => {
    if (drawn.current === value) return
    drawn.current = value
    if (isFocusLost()) place.current?.focus({ preventScroll: true })
  }, [value])
  return place
}
