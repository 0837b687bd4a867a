'use client'

/**
 * alias-editing - the state of an open alias form: the address, the mailboxes it was opened with, and those it is to
 * lead to. Preview and save are those of every form (components/preview/editing.ts).
 */
import { useState } from 'react'
import {
  type Editing,
  type PreviewAction as AskPreview,
  type SaveAction as AskSave,
  useEditing,
} from '@/components/preview/editing'
import type { Alias, AliasHolder } from '@/lib/entries/alias'
import type { AliasField } from '@/lib/entries/alias-form'

export interface Submission {
  readonly address: string
  readonly isNew: boolean
  readonly opened: readonly { readonly id: string; readonly entryCsn: string }[]
  readonly destinations: readonly string[]
}

export type PreviewAction = AskPreview<Submission, AliasField, Alias>
export type SaveAction = AskSave<Submission, AliasField, Alias>

/** A mailbox in the list of destinations, and what saving does to it. */
export interface Destination {
  readonly mailbox: AliasHolder
  readonly state: 'kept' | 'added' | 'removed'
}

export interface AliasEditing extends Editing<AliasField, Alias> {
  readonly isNew: boolean
  readonly address: string
  readonly hidden: number
  readonly destinations: readonly Destination[]
  /** Whether the alias was taken away by the last save. */
  readonly isGone: boolean
  readonly setAddress: (address: string) => void
  readonly add: (mailbox: AliasHolder) => void
  readonly remove: (mailbox: AliasHolder) => void
  readonly removeAll: () => void
  readonly discard: () => void
  /** Starts again from the alias as it is now. */
  readonly reopen: (current: Alias | null) => void
}

/** Holds the editing state of one alias form; `initial` without holders is a new alias. */
export function useAliasEditing(initial: Alias, preview: PreviewAction, save: SaveAction): AliasEditing {
  const [opened, setOpened] = useState(initial)
  const [isNew, setIsNew] = useState(initial.holders.length === 0)
  const [isGone, setIsGone] = useState(false)
  const [address, setAddress] = useState(initial.address)
  const [wanted, setWanted] = useState(initial.holders)
  const isChosen = wanted.some((one) => !has(opened.holders, one))
  const changed = isNew
    ? address.trim() !== '' && isChosen
    : isChosen || opened.holders.some((one) => !has(wanted, one))
  const reopen = (current: Alias | null): void => {
    setOpened(current ?? { address: opened.address, holders: [], hidden: 0 })
    setWanted(current?.holders ?? [])
    setIsGone(current === null)
    setIsNew(false)
  }
  const editing = useEditing({
    submission: {
      address,
      isNew,
      opened: opened.holders.map(({ id, entryCsn }) => ({ id, entryCsn })),
      destinations: wanted.map(({ id }) => id),
    },
    changed,
    preview,
    save,
    onSaved: reopen,
  })
  const choose = (next: readonly AliasHolder[]): void => {
    setWanted(next)
    editing.forgetOutcome()
  }
  return {
    ...editing,
    isNew,
    isGone,
    address,
    hidden: opened.hidden,
    destinations: destinationsOf(opened.holders, wanted),
    setAddress: (next) => {
      setAddress(next)
      editing.forgetOutcome()
    },
    add: (mailbox) => {
      choose([...wanted.filter(({ id }) => id !== mailbox.id), mailbox])
    },
    remove: (mailbox) => {
      choose(wanted.filter(({ id }) => id !== mailbox.id))
    },
    removeAll: () => {
      choose([])
    },
    discard: () => {
      setAddress(initial.address)
      setWanted(opened.holders)
      editing.restart()
    },
    reopen: (current) => {
      reopen(current)
      editing.restart()
    },
  }
}

/** Those that were there in their order, then the new ones. */
function destinationsOf(
  opened: readonly AliasHolder[],
  wanted: readonly AliasHolder[],
): readonly Destination[] {
  const before = opened.map((mailbox): Destination => ({
    mailbox,
    state: has(wanted, mailbox) ? 'kept' : 'removed',
  }))
  const added = wanted.filter((mailbox) => !has(opened, mailbox))
  return [...before, ...added.map((mailbox): Destination => ({ mailbox, state: 'added' }))]
}

function has(list: readonly AliasHolder[], mailbox: AliasHolder): boolean {
  return list.some(({ id }) => id === mailbox.id)
}
