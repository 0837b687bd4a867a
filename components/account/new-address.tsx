'use client'

import { Dices, Hash } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { Problem } from '@/components/ui/field'
import type { OwnAccount } from '@/lib/account/own-account'
import type { AccountTask } from '@/lib/entries/account-task'
import type { Text } from '@/lib/words/text'
import { useAccount } from './account-frame'
import { NoteFields } from './note-fields'
import { type TaskEditing, useTaskEditing } from './task-editing'
import { TaskPreview } from './task-preview'

type May = OwnAccount['may']
type Addition = Extract<AccountTask, { task: 'add' }>

/** Where a new alias is made: typed, with its preview as one types, or random at one tap. */
export function NewAddress({ may }: { readonly may: May }): ReactNode {
  const t = useTranslations('account.fresh')
  return (
    <section aria-labelledby="new-address" className="mb-6 rounded-xl border border-line bg-panel p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="new-address" className="text-[15px] font-semibold tracking-tight">
          {t('title')}
        </h2>
        {may.aliases && (
          <p className="text-[13px] text-soft">{t('usage', { used: may.used, limit: may.limit })}</p>
        )}
      </div>
      {!may.aliases && <p className="pt-1 text-soft">{t('off')}</p>}
      {may.aliases && may.used >= may.limit && (
        <p className="pt-1 text-soft">{t('full', { limit: may.limit })}</p>
      )}
      {may.aliases && may.used < may.limit && <Making may={may} />}
    </section>
  )
}

function Making({ may }: { readonly may: May }): ReactNode {
  const t = useTranslations('account.fresh')
  const [form, setForm] = useState<Addition>(() => emptyForm(may))
  const { localpart, domain } = form
  const subject = `${localpart.trim().toLowerCase()}@${domain}`
  const editing = useTaskEditing(form, subject, localpart.trim() !== '', () => {
    setForm({ ...emptyForm(may), domain })
  })
  const change = (part: Partial<Addition>): void => {
    setForm({ ...form, ...part })
    editing.forgetOutcome()
  }
  const waits = may.domains.some(({ name, awaitsRequest }) => name === domain && awaitsRequest)
  return (
    <>
      <form
        className="pt-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (editing.canSave) editing.save()
        }}
      >
        <AddressInput may={may} form={form} editing={editing} onChange={change} />
        {may.keep && (
          <details className="pt-1 text-[13px]">
            <summary className="min-h-6 py-1 text-soft">{t('more')}</summary>
            <NoteFields
              id="new"
              note={form.note}
              until={form.until}
              problem={editing.problemOf('until')}
              onChange={change}
            />
          </details>
        )}
        <div className="py-2">
          <TaskPreview editing={editing} idle={waits ? t('needsRequest', { domain }) : t('idle')} />
          {waits && (
            <Link href="/account/requests" className="inline-flex min-h-9 items-center text-accent underline">
              {t('ask')}
            </Link>
          )}
        </div>
        <Button
          type="submit"
          tone="primary"
          className="min-h-11 w-full sm:w-auto sm:px-8"
          disabled={!editing.canSave}
        >
          {editing.saving ? t('adding') : t('add')}
        </Button>
      </form>
      {!waits && <Random domain={domain} note={form.note} />}
    </>
  )
}

function emptyForm(may: May): Addition {
  return { task: 'add', localpart: '', domain: may.domains[0]?.name ?? '', note: '', until: '' }
}

interface AddressInputProps {
  readonly may: May
  readonly form: Addition
  readonly editing: TaskEditing
  readonly onChange: (part: Partial<Addition>) => void
}

function AddressInput({ may, form, editing, onChange }: AddressInputProps): ReactNode {
  const t = useTranslations('account.fresh')
  const problem = editing.problemOf('localpart') ?? editing.problemOf('domain')
  const field = 'min-h-11 w-full min-w-0 rounded-lg border bg-panel px-2.5 py-1.5'
  return (
    <>
      <div className="flex flex-col gap-2 sm:flex-row sm:items-center">
        <input
          aria-label={t('localpart')}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : 'new-address-problem'}
          value={form.localpart}
          placeholder={t('localpart')}
          maxLength={256}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          className={`address ${field} placeholder:text-soft ${problem === undefined ? 'border-edge' : 'border-lost'}`}
          onChange={(event) => {
            onChange({ localpart: event.target.value })
          }}
        />
        <div className="flex items-center gap-2 sm:w-1/2">
          <span aria-hidden className="address text-soft">
            @
          </span>
          <select
            aria-label={t('domain')}
            value={form.domain}
            className={`address ${field} border-edge`}
            onChange={(event) => {
              onChange({ domain: event.target.value })
            }}
          >
            {may.domains.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </div>
      </div>
      <div aria-live="polite">
        {problem !== undefined && <Problem id="new-address-problem" message={problem} />}
      </div>
    </>
  )
}

function Random({ domain, note }: { readonly domain: string; readonly note: string }): ReactNode {
  const t = useTranslations('account.fresh')
  const text = useText()
  const { makeRandom, tell } = useAccount()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Text | null>(null)
  async function make(kind: 'words' | 'characters'): Promise<void> {
    setBusy(true)
    setRefusal(null)
    const outcome = await makeRandom({ kind, domain, note }).catch(() => UNREACHABLE)
    setBusy(false)
    if (outcome.status === 'refused') setRefusal(outcome.message)
    else tell({ what: 'random', address: outcome.address, saved: outcome.saved })
  }
  return (
    <div className="mt-4 border-t border-line pt-3">
      <p className="pb-2 text-soft">{busy ? t('making') : t('random')}</p>
      <div className="flex flex-col gap-2 sm:flex-row">
        <Button className="min-h-11 flex-1" disabled={busy} onClick={() => void make('words')}>
          <Dices aria-hidden className="size-4" />
          {t('words')}
        </Button>
        <Button className="min-h-11 flex-1" disabled={busy} onClick={() => void make('characters')}>
          <Hash aria-hidden className="size-4" />
          {t('characters')}
        </Button>
      </div>
      {refusal !== null && (
        <p role="alert" className="pt-2 text-lost">
          {text(refusal)}
        </p>
      )}
    </div>
  )
}

const UNREACHABLE = { status: 'refused', message: { key: 'edit.unreachable' }, field: null } as const
