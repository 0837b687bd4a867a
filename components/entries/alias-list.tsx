'use client'

import { clsx } from 'clsx'
import { RotateCcw, X } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, type RefObject, useRef } from 'react'
import type { Finding } from '@/lib/changes/preview-result'
import { type FieldProblem, sameAddress } from '@/lib/entries/mailbox-fields'
import type { Text } from '@/lib/words/text'
import { Problem } from '@/components/ui/field'
import type { MailboxEditing } from './mailbox-editing'

type AliasState = 'kept' | 'added' | 'removed'

interface AliasListProps {
  readonly editing: MailboxEditing
  readonly problems: readonly FieldProblem[]
}

/** The aliases of a mailbox: kept, added and removed, each with what there is to say about it. */
export function AliasList({ editing, problems }: AliasListProps): ReactNode {
  const { opened, form } = editing
  const input = useRef<HTMLInputElement>(null)
  const removed = opened.form.aliases.filter((alias) => !form.aliases.includes(alias))
  const findings = editing.preview?.status === 'previewed' ? editing.preview.preview.findings : []
  const keep = (aliases: readonly string[]): void => {
    editing.setForm({ ...form, aliases })
  }
  return (
    <div
      role="group"
      aria-label="Aliases"
      className="flex flex-col gap-1 rounded-lg border border-edge bg-panel p-1.5 focus-within:border-accent"
    >
      <ul className="flex flex-col gap-1" aria-label="Aliases">
        {form.aliases.map((alias, index) => (
          <AliasRow
            key={`${alias} ${index}`}
            alias={alias}
            state={opened.form.aliases.includes(alias) ? 'kept' : 'added'}
            problem={problemAt(problems, index)}
            findings={findingsOf(findings, alias)}
            onClick={() => {
              keep(form.aliases.filter((_, other) => other !== index))
              input.current?.focus()
            }}
          />
        ))}
        {removed.map((alias) => (
          <AliasRow
            key={alias}
            alias={alias}
            state="removed"
            findings={findingsOf(findings, alias)}
            onClick={() => {
              keep(inOpenedOrder([...form.aliases, alias], opened.form.aliases))
            }}
          />
        ))}
      </ul>
      <Draft editing={editing} problems={problems} findings={findings} input={input} />
    </div>
  )
}

interface DraftProps extends AliasListProps {
  readonly findings: readonly Finding[]
  readonly input: RefObject<HTMLInputElement | null>
}

/** The line in which a new alias is typed; Enter, comma or leaving it puts it into the list. */
function Draft({ editing, problems, findings, input }: DraftProps): ReactNode {
  const { form, draft } = editing
  const problem = problemAt(problems, form.aliases.length) ?? problemAt(problems, null)
  function add(text: string): void {
    const fresh = text.split(/[\s,;]+/).filter((alias) => alias !== '')
    editing.setForm({ ...form, aliases: [...form.aliases, ...fresh] })
    editing.setDraft('')
  }
  return (
    <>
      <input
        ref={input}
        id="alias-draft"
        value={draft}
        placeholder="Add an address…"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby="alias-draft-notes"
        className="address min-h-8 w-full rounded-md bg-transparent px-2 pl-7 placeholder:text-soft"
        onChange={(event) => {
          editing.setDraft(event.target.value)
        }}
        onKeyDown={(event) => {
          commitOnKey(event, draft, add)
        }}
        onBlur={() => {
          if (draft.trim() !== '') add(draft)
        }}
        onPaste={(event) => {
          addPastedList(event, draft, add)
        }}
      />
      <div id="alias-draft-notes" aria-live="polite" className="px-2 pl-7">
        {problem !== undefined && <Problem id="alias-draft-problem" message={problem} />}
        {findingsOf(findings, draft.trim()).map((finding) => (
          <p key={finding.code} className="pt-1 text-[13px] text-changed">
            {finding.message}
          </p>
        ))}
      </div>
    </>
  )
}

function problemAt(problems: readonly FieldProblem[], index: number | null): Text | undefined {
  return problems.find((problem) => problem.field === 'aliases' && problem.index === index)?.message
}

interface AliasRowProps {
  readonly alias: string
  readonly state: AliasState
  readonly problem?: Text | undefined
  readonly findings: readonly Finding[]
  readonly onClick: () => void
}

const SYMBOL = { kept: '', added: '+', removed: '−' } as const

function AliasRow({ alias, state, problem, findings, onClick }: AliasRowProps): ReactNode {
  const faulty = problem !== undefined
  return (
    <li>
      <div
        className={clsx(
          'address flex min-h-8 items-center gap-2 rounded-md pl-2',
          state === 'kept' && !faulty && 'bg-hover',
          state === 'added' && !faulty && 'bg-added-ground text-added',
          (state === 'removed' || faulty) && 'bg-lost-ground text-lost',
        )}
      >
        <span aria-hidden className="w-3 text-center font-semibold">
          {faulty ? '!' : SYMBOL[state]}
        </span>
        <span className={clsx('flex-1', state === 'removed' && 'line-through')}>
          {alias}
          {state !== 'kept' && <span className="sr-only"> ({state})</span>}
        </span>
        <button
          type="button"
          onClick={onClick}
          aria-label={state === 'removed' ? `Keep ${alias}` : `Remove ${alias}`}
          className="grid size-8 place-items-center rounded-md text-soft hover:text-ink"
        >
          {state === 'removed' ? (
            <RotateCcw aria-hidden className="size-3.5" />
          ) : (
            <X aria-hidden className="size-3.5" />
          )}
        </button>
      </div>
      <div className="pl-7 empty:hidden">
        {faulty && <Problem id={`alias-problem-${alias}`} message={problem} />}
        {findings.map((finding) => (
          <p key={finding.code} className="py-1 text-[13px] text-changed">
            {finding.message}
          </p>
        ))}
      </div>
    </li>
  )
}

/** The findings that are about this very address. */
function findingsOf(findings: readonly Finding[], alias: string): readonly Finding[] {
  return findings.filter(
    ({ addresses, severity }) =>
      severity !== 'notice' && addresses.some((address) => sameAddress(address, alias)),
  )
}

function commitOnKey(
  event: KeyboardEvent<HTMLInputElement>,
  draft: string,
  add: (text: string) => void,
): void {
  if (!['Enter', ',', ';', ' '].includes(event.key) || draft.trim() === '') return
  event.preventDefault()
  add(draft)
}

function addPastedList(
  event: ClipboardEvent<HTMLInputElement>,
  draft: string,
  add: (text: string) => void,
): void {
  const text = event.clipboardData.getData('text')
  if (!/[\s,;]/.test(text.trim()) || draft !== '') return
  event.preventDefault()
  add(text)
}

/** An alias taken back stands where it stood. */
function inOpenedOrder(aliases: readonly string[], opened: readonly string[]): readonly string[] {
  const kept = opened.filter((alias) => aliases.includes(alias))
  return [...kept, ...aliases.filter((alias) => !opened.includes(alias))]
}
