/**
 * sheet-room - keeps what has the focus above the sheet at the bottom of a narrow screen.
 *
 * The sheet lies over the form and grows with what it holds. Its height is told to the style sheet as --sheet-room,
 * from which the browser knows how far to scroll to a field (WCAG 2.2, 2.4.11), and the page how long it has to be for
 * its last field. Beside the form, on wide screens, it covers nothing.
 */
import { type RefObject, useEffect, useRef } from 'react'

const ROOM = '--sheet-room'

/** For the sheet. Its room is given back when it is gone. */
export function useSheetRoom<Sheet extends HTMLElement>(): RefObject<Sheet | null> {
  const sheet = useRef<Sheet>(null)
  useEffect(() => {
    const { style } = document.documentElement
    const observer = new ResizeObserver(() => {
      const drawn = sheet.current
      const covers = drawn !== null && getComputedStyle(drawn).position === 'fixed'
      style.setProperty(ROOM, covers ? `${drawn.offsetHeight}px` : '0px')
      if (covers) uncoverFocus(drawn)
    })
    if (sheet.current !== null) observer.observe(sheet.current)
    return () => {
      observer.disconnect()
      style.removeProperty(ROOM)
    }
  }, [])
  return sheet
}

/** A sheet that grows may come over the field in which someone is typing: the field goes above it, and nothing else. */
function uncoverFocus(sheet: HTMLElement): void {
  const { activeElement: owner } = document
  if (owner === null || owner === document.body || sheet.contains(owner)) return
  const { top, bottom } = owner.getBoundingClientRect()
  const isCovered = bottom > window.innerHeight - sheet.offsetHeight && top < window.innerHeight
  if (isCovered) owner.scrollIntoView({ block: 'nearest' })
}
