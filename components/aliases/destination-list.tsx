'use client'

import { clsx } from 'clsx'
import { Undo2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import type { AliasEditing, Destination } from './alias-editing'

/** The mailboxes of an alias, each with what saving does to it, and the way to take it away or put it back. */
export function DestinationList({ editing }: { readonly editing: AliasEditing }): ReactNode {
  const words = useTranslations('aliases')
  const { destinations, hidden, isNew } = editing
  const isEmpty = destinations.every(({ state }) => state === 'removed')
  return (
    <>
      {destinations.length > 0 && (
        <ul aria-label={words('destinations')} className="mb-2 grid gap-1">
          {destinations.map((destination) => (
            <Row key={destination.mailbox.id} destination={destination} editing={editing} />
          ))}
        </ul>
      )}
      <p aria-live="polite" className="pb-1.5 text-[13px] text-soft empty:hidden">
        {isEmpty && words(isNew ? 'none' : 'noneLeft')}
      </p>
      {hidden > 0 && <p className="pb-2 text-[13px] text-soft">{words('hidden', { count: hidden })}</p>}
    </>
  )
}

const LOOKS = {
  kept: { symbol: ' ', look: 'bg-hover' },
  added: { symbol: '+', look: 'bg-added-ground text-added' },
  removed: { symbol: '−', look: 'bg-lost-ground text-lost line-through' },
} as const

interface RowProps {
  readonly destination: Destination
  readonly editing: AliasEditing
}

function Row({ destination: { mailbox, state }, editing }: RowProps): ReactNode {
  const words = useTranslations('aliases')
  const { symbol, look } = LOOKS[state]
  const isRemoved = state === 'removed'
  return (
    <li className={clsx('flex items-center gap-2 rounded-lg pl-2.5', look)}>
      <span aria-hidden className="w-3 shrink-0 font-mono">
        {symbol}
      </span>
      {state !== 'kept' && <span className="sr-only">{words(state)}: </span>}
      <span className="min-w-0 flex-1 py-1.5">
        <span className="address">{mailbox.mail}</span>
        {mailbox.name !== mailbox.mail && <span className="pl-2 text-[13px]">{mailbox.name}</span>}
        {!mailbox.enabled && <span className="pl-2 text-[13px]">○ {words('disabled')}</span>}
      </span>
      <button
        type="button"
        aria-label={words(isRemoved ? 'restore' : 'remove', { mail: mailbox.mail })}
        className="grid size-9 shrink-0 place-items-center rounded-lg hover:text-ink"
        onClick={() => {
          if (isRemoved) editing.add(mailbox)
          else editing.remove(mailbox)
        }}
      >
        {isRemoved ? <Undo2 aria-hidden className="size-4" /> : <X aria-hidden className="size-4" />}
      </button>
    </li>
  )
}
