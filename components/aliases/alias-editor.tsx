'use client'

import Link from 'next/link'
import { type ReactNode, useRef } from 'react'
import { useTranslations } from '#words'
import { PreviewPane } from '@/components/preview/preview-pane'
import { Button } from '@/components/ui/button'
import { FieldRow, Problem, TextInput } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import type { Alias } from '@/lib/entries/alias'
import type { AliasField, AliasProblem } from '@/lib/entries/alias-form'
import { type AliasEditing, type PreviewAction, type SaveAction, useAliasEditing } from './alias-editing'
import { DestinationList } from './destination-list'
import type { FindMailboxes } from './mailbox-choices'
import { MailboxPicker } from './mailbox-picker'

interface AliasEditorProps {
  /** Without holders it is a new one. */
  readonly alias: Alias
  readonly preview: PreviewAction
  readonly save: SaveAction
  readonly find: FindMailboxes
  /** The heading of the page, above the form. */
  readonly heading: ReactNode
  /** Below the form. */
  readonly children?: ReactNode
}

/** The alias form with the pane that shows what Postfix will answer. */
export function AliasEditor(props: AliasEditorProps): ReactNode {
  const { alias, preview, save, find, heading, children } = props
  const words = useTranslations('aliases')
  const editing = useAliasEditing(alias, preview, save)
  const picker = useRef<HTMLInputElement>(null)
  const problemOf = (field: AliasField): AliasProblem | undefined =>
    problemsOf(editing).find((problem) => problem.field === field)
  const destinationProblem = problemOf('destinations')
  const chosen = editing.destinations.filter(({ state }) => state !== 'removed')
  return (
    <div className="grid gap-x-7 lg:grid-cols-[minmax(0,1fr)_min(432px,38vw)]">
      <div className="max-w-3xl px-4 pb-32 md:pl-7 lg:pr-0 lg:pb-10">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            editing.save()
          }}
        >
          {heading}
          <Stale editing={editing} />
          <AddressField editing={editing} problem={problemOf('address')} isFirst={alias.address === ''} />
          <FieldRow label={words('destinations')} hint={words('destinationsHint')}>
            {editing.isGone ? (
              <p className="sm:pt-2">{words('gone')}</p>
            ) : (
              <>
                <DestinationList editing={editing} />
                <MailboxPicker
                  find={find}
                  chosen={chosen.map(({ mailbox }) => mailbox)}
                  onPick={editing.add}
                  input={picker}
                />
                {destinationProblem !== undefined && (
                  <Problem id="destinations-problem" message={destinationProblem.message} />
                )}
              </>
            )}
          </FieldRow>
          {!editing.isNew && !editing.isGone && (
            <Shortcuts editing={editing} onMove={() => picker.current?.focus()} />
          )}
          <button type="submit" className="sr-only" tabIndex={-1}>
            {words('title')}
          </button>
        </form>
        {children}
      </div>
      <PreviewPane
        editing={editing}
        idle={words(editing.isNew ? 'idleNew' : 'idleEdit')}
        onDiscard={editing.discard}
      />
    </div>
  )
}

interface AddressFieldProps {
  readonly editing: AliasEditing
  readonly problem: AliasProblem | undefined
  /** Whether typing begins here. */
  readonly isFirst: boolean
}

/** The address of a new alias; that of one which is there stays. */
function AddressField({ editing, problem, isFirst }: AddressFieldProps): ReactNode {
  const words = useTranslations('aliases')
  const { address, isNew } = editing
  if (!isNew)
    return (
      <FieldRow label={words('addressLabel')}>
        <p className="address sm:pt-2">{address}</p>
      </FieldRow>
    )
  return (
    <FieldRow label={words('addressLabel')} hint={words('addressHint')} control="address">
      <TextInput
        id="address"
        className="address"
        value={address}
        autoFocus={isFirst}
        autoComplete="off"
        spellCheck={false}
        maxLength={320}
        problem={problem?.message}
        onChange={(event) => {
          editing.setAddress(event.target.value)
        }}
      />
      {isTaken(problem) && (
        <Link
          href={`/aliases/edit?address=${encodeURIComponent(address.trim())}`}
          className="inline-block min-h-6 text-[13px] text-accent hover:underline"
        >
          {words('openAlias', { address: address.trim() })}
        </Link>
      )}
    </FieldRow>
  )
}

interface ShortcutsProps {
  readonly editing: AliasEditing
  /** The old destinations are marked as removed; now the new one is to be chosen. */
  readonly onMove: () => void
}

function Shortcuts({ editing, onMove }: ShortcutsProps): ReactNode {
  const words = useTranslations('aliases')
  return (
    <div className="flex flex-wrap gap-2 sm:pl-46">
      <Button
        onClick={() => {
          editing.removeAll()
          onMove()
        }}
      >
        {words('move')}
      </Button>
      <Button onClick={editing.removeAll}>{words('removeAlias')}</Button>
    </div>
  )
}

/** The alias is not any more what the form was opened with. */
function Stale({ editing }: { readonly editing: AliasEditing }): ReactNode {
  const words = useTranslations('aliases')
  const stale = [editing.outcome, editing.preview].find((answer) => answer?.status === 'stale')
  if (stale?.status !== 'stale') return null
  return (
    <div className="mb-4">
      <Notice tone="changed" role="alert" title={words(stale.current === null ? 'gone' : 'stale')}>
        <p>{words('staleAbout')}</p>
        <Button
          className="mt-2"
          onClick={() => {
            editing.reopen(stale.current)
          }}
        >
          {words('staleReload')}
        </Button>
      </Notice>
    </div>
  )
}

function isTaken(problem: AliasProblem | undefined): boolean {
  return typeof problem?.message === 'object' && problem.message.key === 'aliases.problem.taken'
}

/** Of the last save if it was refused, else of the newest preview. */
function problemsOf({ outcome, preview }: AliasEditing): readonly AliasProblem[] {
  if (outcome?.status === 'invalid') return outcome.problems
  if (outcome?.status === 'refused' && outcome.field !== null)
    return [{ field: outcome.field, index: null, message: outcome.message }]
  return preview?.status === 'previewed' ? preview.problems : []
}
