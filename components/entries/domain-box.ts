'use client'

/**
 * domain-box - what happens in the box for a domain: typing, the list of suggestions, the keys.
 *
 * A combobox with a list (WAI-ARIA 1.2): the focus stays in the input, the arrow keys move the mark. Enter takes what
 * is marked; with nothing marked it takes what is typed, and an empty box stands for all domains.
 */
import { type KeyboardEvent, useState } from 'react'
import { useNewestAnswer } from '@/components/ui/newest-answer'
import type { DomainSuggestions, SuggestDomains } from './domain-choices'

const FAILED: DomainSuggestions = { status: 'failed' }
const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowDown', 1],
  ['ArrowUp', -1],
])

export interface DomainBox {
  readonly typed: string
  readonly isOpen: boolean
  /** null while the first answer is awaited. */
  readonly answer: DomainSuggestions | null
  /** Place of the marked suggestion; -1 for none. */
  readonly marked: number
  readonly change: (text: string) => void
  readonly press: (event: KeyboardEvent) => void
  readonly setOpen: (isOpen: boolean) => void
  readonly mark: (at: number) => void
  readonly pick: (name: string) => void
}

/** The box for a list that is narrowed to this domain, empty for all; `go` narrows it to another. */
export function useDomainBox(domain: string, suggest: SuggestDomains, go: (name: string) => void): DomainBox {
  const [typed, type] = useTyped(domain)
  const [isOpen, setOpen] = useState(false)
  const [marked, mark] = useState(-1)
  // The domain that is chosen already is no search: all are offered beside it.
  const wanted = typed === domain ? '' : typed.trim()
  const { answer, busy } = useNewestAnswer(isOpen ? wanted : null, suggest, FAILED)
  const names = answer?.status === 'found' ? answer.names : []
  const at = marked < 0 && wanted !== '' && !busy ? 0 : marked
  const inList = Math.min(at, names.length - 1)
  const pick = (name: string): void => {
    type(name)
    setOpen(false)
    mark(-1)
    go(name)
  }
  const move = (step: number): void => {
    setOpen(true)
    const from = inList < 0 && step < 0 ? 0 : inList
    if (names.length > 0) mark((from + step + names.length) % names.length)
  }
  const press = (event: KeyboardEvent): void => {
    const step = STEPS.get(event.key)
    if (event.key === 'Escape' && isOpen) setOpen(false)
    else if (step !== undefined) move(step)
    else if (event.key === 'Enter') pick((isOpen ? names[inList] : undefined) ?? typed.trim().toLowerCase())
    else return
    event.preventDefault()
  }
  const change = (text: string): void => {
    type(text)
    setOpen(true)
    mark(-1)
  }
  return { typed, isOpen, answer, marked: inList, change, press, setOpen, mark, pick }
}

/** What stands in the box: what is typed, until the URL names another domain. */
function useTyped(domain: string): readonly [string, (text: string) => void] {
  const [box, setBox] = useState({ of: domain, typed: domain })
  if (box.of !== domain) setBox({ of: domain, typed: domain })
  const type = (typed: string): void => {
    setBox({ of: domain, typed })
  }
  return [box.typed, type]
}
