'use client'

import { clsx } from 'clsx'
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, type RefObject, useRef } from 'react'
import { useText, useTranslations } from '#words'
import { Problem } from '@/components/ui/field'
import type { Finding } from '@/lib/changes/preview-result'
import { sameAddress } from '@/lib/entries/mailbox-fields'
import type { Text } from '@/lib/words/text'
import { ValueRow } from './value-row'

/** A problem with one value of the list, or with the list as a whole. */
interface ListProblem {
  readonly index: number | null
  readonly message: Text
}

interface ValueListProps {
  /** For the ids of its controls. */
  readonly id: string
  /** What the list is called. */
  readonly label: string
  readonly placeholder: string
  /** Addresses are separated by blanks, commas and semicolons; other values by lines. */
  readonly kind: 'addresses' | 'texts'
  /** What the entry has. */
  readonly opened: readonly string[]
  readonly values: readonly string[]
  /** A value that is being typed and not in the list yet. */
  readonly draft: string
  readonly problems: readonly ListProblem[]
  readonly findings: readonly Finding[]
  readonly onValues: (values: readonly string[]) => void
  readonly onDraft: (draft: string) => void
  /** Puts values into the list and empties the draft. */
  readonly onAdd: (values: readonly string[]) => void
}

/** The values of an attribute: kept, added and removed, each with what there is to say about it. */
export function ValueList(props: ValueListProps): ReactNode {
  const { label, opened, values, problems, findings, onValues } = props
  const input = useRef<HTMLInputElement>(null)
  const removed = opened.filter((value) => !values.includes(value))
  return (
    <div
      role="group"
      aria-label={label}
      className="flex flex-col gap-1 rounded-lg border border-edge bg-panel p-0.5 focus-within:border-accent"
    >
      <ul className="flex flex-col gap-1 p-1 pb-0 empty:hidden" aria-label={label}>
        {values.map((value, index) => (
          <ValueRow
            key={`${value} ${index}`}
            value={value}
            isAddress={props.kind === 'addresses'}
            state={opened.includes(value) ? 'kept' : 'added'}
            problem={problemAt(problems, index)}
            findings={findingsOf(findings, value)}
            onClick={() => {
              onValues(values.filter((_, other) => other !== index))
              input.current?.focus()
            }}
          />
        ))}
        {removed.map((value) => (
          <ValueRow
            key={value}
            value={value}
            isAddress={props.kind === 'addresses'}
            state="removed"
            findings={findingsOf(findings, value)}
            onClick={() => {
              onValues(inOpenedOrder([...values, value], opened))
            }}
          />
        ))}
      </ul>
      <Draft {...props} input={input} />
    </div>
  )
}

interface DraftProps extends ValueListProps {
  readonly input: RefObject<HTMLInputElement | null>
}

/** The line in which a new value is typed; Enter or leaving it puts it into the list, with addresses a comma too. */
function Draft(props: DraftProps): ReactNode {
  const { id, kind, values, draft, problems, findings, placeholder, onDraft, onAdd, input } = props
  const t = useTranslations('mailbox')
  const text = useText()
  const problem = problemAt(problems, values.length) ?? problemAt(problems, null)
  const isAddress = kind === 'addresses'
  const add = (typed: string): void => {
    onAdd(
      typed
        .split(isAddress ? /[\s,;]+/ : /\n+/)
        .map((value) => value.trim())
        .filter((value) => value !== ''),
    )
  }
  return (
    <>
      <input
        ref={input}
        id={id}
        value={draft}
        placeholder={placeholder}
        title={t('list.hint')}
        autoComplete="off"
        autoCapitalize={isAddress ? 'none' : undefined}
        spellCheck={!isAddress}
        maxLength={512}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-notes`}
        className={clsx(
          'min-h-8 w-full rounded-md bg-transparent px-2 placeholder:text-soft',
          isAddress && 'address',
          isAddress && values.length > 0 && 'pl-8',
        )}
        onChange={(event) => {
          onDraft(event.target.value)
        }}
        onKeyDown={(event) => {
          addOnKey(event, isAddress, draft, add)
        }}
        onBlur={() => {
          if (draft.trim() !== '') add(draft)
        }}
        onPaste={(event) => {
          addPastedList(event, isAddress, draft, add)
        }}
      />
      <div id={`${id}-notes`} aria-live="polite" className="px-2 pb-1 empty:hidden">
        {problem !== undefined && <Problem id={`${id}-problem`} message={problem} />}
        {findingsOf(findings, draft.trim()).map((finding) => (
          <p key={finding.code} className="pt-1 text-[13px] text-changed">
            {text(finding.message)}
          </p>
        ))}
      </div>
    </>
  )
}

function problemAt(problems: readonly ListProblem[], index: number | null): Text | undefined {
  return problems.find((problem) => problem.index === index)?.message
}

/** The findings that are about this very address. */
function findingsOf(findings: readonly Finding[], value: string): readonly Finding[] {
  return findings.filter(
    ({ addresses, cause, severity }) =>
      severity !== 'notice' &&
      [...addresses, ...(cause === undefined ? [] : [cause])].some((address) => sameAddress(address, value)),
  )
}

function addOnKey(
  event: KeyboardEvent<HTMLInputElement>,
  isAddress: boolean,
  draft: string,
  add: (text: string) => void,
): void {
  const keys = isAddress ? ['Enter', ',', ';', ' '] : ['Enter']
  if (!keys.includes(event.key) || draft.trim() === '') return
  event.preventDefault()
  add(draft)
}

function addPastedList(
  event: ClipboardEvent<HTMLInputElement>,
  isAddress: boolean,
  draft: string,
  add: (text: string) => void,
): void {
  const text = event.clipboardData.getData('text')
  const separators = isAddress ? /[\s,;]/ : /\n/
  if (!separators.test(text.trim()) || draft !== '') return
  event.preventDefault()
  add(text)
}

/** A value taken back stands where it stood. */
function inOpenedOrder(values: readonly string[], opened: readonly string[]): readonly string[] {
  const kept = opened.filter((value) => values.includes(value))
  return [...kept, ...values.filter((value) => !opened.includes(value))]
}
