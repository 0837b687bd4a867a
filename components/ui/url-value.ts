/**
 * url-value - an input whose value is a part of the URL.
 *
 * It keeps what is typed until the URL has another value: then it shows that. Not a new input for each value of the
 * URL, which would take the focus from whoever has just sent the form.
 */
import { type RefObject, useEffect, useRef } from 'react'

/** The reference for an uncontrolled input with this value. */
export function useUrlValue(value: string): RefObject<HTMLInputElement | null> {
  const input = useRef<HTMLInputElement>(null)
  const shown = useRef(value)
  useEffect(() => {
    if (shown.current === value) return
    shown.current = value
    if (input.current !== null) input.current.value = value
  }, [value])
  return input
}
