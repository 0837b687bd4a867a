'use client'

import { type KeyboardEvent, type ReactNode, type RefObject, useId, useState } from 'react'
import { useText, useTranslations } from '#words'
import { useNewestAnswer } from '@/components/ui/newest-answer'
import type { AliasHolder } from '@/lib/entries/alias'
import type { FindMailboxes, MailboxChoices } from './mailbox-choices'

const FAILED: MailboxChoices = { status: 'refused', message: { key: 'aliases.pickerFailed' } }
const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowDown', 1],
  ['ArrowUp', -1],
])

interface MailboxPickerProps {
  readonly find: FindMailboxes
  /** Those that are chosen already are not offered again. */
  readonly chosen: readonly AliasHolder[]
  readonly onPick: (mailbox: AliasHolder) => void
  readonly input: RefObject<HTMLInputElement | null>
}

/**
 * Chooses one mailbox after another by typing a few letters of its name or address. A combobox with a list
 * (WAI-ARIA 1.2): the focus stays in the input, the arrow keys move the mark, Enter takes what is marked.
 */
export function MailboxPicker({ find, chosen, onPick, input }: MailboxPickerProps): ReactNode {
  const words = useTranslations('aliases')
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [marked, setMarked] = useState(0)
  const wanted = typed.trim()
  const { answer: choices, busy } = useNewestAnswer(wanted === '' ? null : wanted, find, FAILED)
  const offered =
    choices?.status === 'found'
      ? choices.mailboxes.filter(({ id }) => !chosen.some((other) => other.id === id))
      : []
  const at = Math.min(marked, Math.max(offered.length - 1, 0))
  const isOpen = wanted !== ''
  const type = (text: string): void => {
    setTyped(text)
    setMarked(0)
  }
  const pick = (mailbox: AliasHolder | undefined): void => {
    if (mailbox === undefined) return
    onPick(mailbox)
    type('')
    input.current?.focus()
  }
  const press = (event: KeyboardEvent): void => {
    const step = STEPS.get(event.key)
    if (event.key === 'Escape') type('')
    else if (step !== undefined && offered.length > 0)
      setMarked((at + step + offered.length) % offered.length)
    else if (event.key === 'Enter' && isOpen) pick(offered[at])
    else return
    event.preventDefault()
  }
  return (
    <div className="relative">
      <input
        ref={input}
        role="combobox"
        aria-label={words('addMailbox')}
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={offered.length > 0 ? `${listId}-${at}` : undefined}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        placeholder={words('pickerPlaceholder')}
        className="min-h-9 w-full rounded-lg border border-edge bg-panel px-2.5 py-1.5"
        onKeyDown={press}
        onChange={(event) => {
          type(event.target.value)
        }}
      />
      <div
        hidden={!isOpen}
        className="absolute inset-x-0 top-full z-10 mt-1 max-h-72 overflow-y-auto rounded-lg border border-edge bg-panel p-1 shadow-lg"
      >
        <Choices id={listId} offered={offered} marked={at} busy={busy} onMark={setMarked} onPick={pick} />
        {isOpen && offered.length === 0 && <Nothing choices={busy ? null : choices} text={wanted} />}
      </div>
    </div>
  )
}

interface ChoicesProps {
  readonly id: string
  readonly offered: readonly AliasHolder[]
  readonly marked: number
  readonly busy: boolean
  readonly onMark: (at: number) => void
  readonly onPick: (mailbox: AliasHolder) => void
}

function Choices({ id, offered, marked, busy, onMark, onPick }: ChoicesProps): ReactNode {
  const words = useTranslations('aliases')
  return (
    <ul id={id} role="listbox" aria-label={words('addMailbox')} aria-busy={busy}>
      {offered.map((mailbox, index) => (
        <li
          key={mailbox.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === marked}
          className={`flex min-h-9 cursor-pointer flex-wrap items-baseline gap-x-3 rounded-md px-2 py-1.5 ${index === marked ? 'bg-accent-ground text-accent' : ''}`}
          onMouseMove={() => {
            onMark(index)
          }}
          onClick={() => {
            onPick(mailbox)
          }}
        >
          <span>{mailbox.name}</span>
          <span className="address text-soft">{mailbox.mail}</span>
        </li>
      ))}
    </ul>
  )
}

interface NothingProps {
  /** null while the answer is awaited. */
  readonly choices: MailboxChoices | null
  readonly text: string
}

function Nothing({ choices, text: typed }: NothingProps): ReactNode {
  const words = useTranslations('aliases')
  const text = useText()
  const sentence =
    choices === null
      ? words('pickerBusy')
      : choices.status === 'refused'
        ? text(choices.message)
        : words('pickerNothing', { text: typed })
  return (
    <p role="status" className="px-2 py-3 text-[13px] text-soft">
      {sentence}
    </p>
  )
}
