'use client'

/**
 * shortcuts - when a key that is pressed alone is a shortcut, and whether the person wants such shortcuts.
 *
 * Never while something is typed or chosen. They can be turned off, because speech input presses keys by accident
 * (WCAG 2.2, 2.1.4); the choice stays in this browser, and is "on" where the browser keeps nothing.
 */
const STORED = 'postbook-single-keys'

/** Whether shortcuts of single keys are wanted. */
export function singleKeysWanted(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off'
  } catch {
    return true
  }
}

/** Turns shortcuts of single keys on or off. */
export function wantSingleKeys(wanted: boolean): void {
  try {
    localStorage.setItem(STORED, wanted ? 'on' : 'off')
  } catch {
    // A browser that keeps nothing goes on as before.
  }
}

/** The key if this is one key pressed alone, outside of any field, and such shortcuts are wanted; else null. */
export function singleKeyOf(event: KeyboardEvent): string | null {
  const { target, key } = event
  const isTyping =
    target instanceof HTMLElement &&
    (target.matches('input, textarea, select') ||
      target.isContentEditable ||
      target.closest('[role="dialog"]') !== null)
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null
  return singleKeysWanted() ? key : null
}
