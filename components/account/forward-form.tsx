'use client'

import { type ReactNode, useState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import type { OwnAccount } from '@/lib/account/own-account'
import type { AccountTask } from '@/lib/entries/account-task'
import { useTaskEditing } from './task-editing'
import { TaskPreview } from './task-preview'

interface ForwardFormProps {
  readonly account: Pick<OwnAccount, 'mail' | 'entryCsn' | 'forwarding' | 'may'>
}

/** Where mail to the mailbox is sent on to; or why that cannot be set here. */
export function ForwardForm({ account }: ForwardFormProps): ReactNode {
  const t = useTranslations('account.forward')
  const { targets } = account.forwarding
  const { forward } = account.may
  return (
    <section aria-labelledby="forwarding" className="mb-6 rounded-xl border border-line bg-panel p-4">
      <h2 id="forwarding" className="text-[15px] font-semibold tracking-tight">
        {t('title')}
      </h2>
      {forward === 'off' && <p className="pt-1 text-soft">{t('off')}</p>}
      {forward === 'unused' && (
        <p className="pt-1 text-soft wrap-anywhere">
          {targets.length === 0 ? t('unused') : t('unusedSet', { targets: targets.join(', ') })}
        </p>
      )}
      {forward === 'yes' && <Editor key={account.entryCsn} account={account} />}
    </section>
  )
}

function Editor({ account }: ForwardFormProps): ReactNode {
  const t = useTranslations('account.forward')
  const text = useText()
  const { mail, entryCsn, forwarding } = account
  const [lines, setLines] = useState(forwarding.targets.join('\n'))
  const [keepCopy, setKeepCopy] = useState(forwarding.targets.length === 0 || forwarding.keepCopy)
  const targets = lines.split(/[\s,;]+/).filter((line) => line !== '')
  const task: AccountTask = { task: 'forward', entryCsn, targets, keepCopy }
  const isSame = targets.join() === forwarding.targets.join()
  const changed = !isSame || (targets.length > 0 && keepCopy !== forwarding.keepCopy)
  const editing = useTaskEditing(task, mail, changed, () => undefined)
  const problem = editing.problemOf('targets')
  return (
    <form
      className="pt-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (editing.canSave) editing.save()
      }}
    >
      <label htmlFor="forward-targets" className="block pb-1 text-soft">
        {t('targets')} <span className="text-xs">({t('targetsHint')})</span>
      </label>
      <textarea
        id="forward-targets"
        rows={2}
        value={lines}
        autoCapitalize="none"
        spellCheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : 'forward-problem'}
        className={`address w-full rounded-lg border bg-panel px-2.5 py-1.5 ${problem === undefined ? 'border-edge' : 'border-lost'}`}
        onChange={(event) => {
          setLines(event.target.value)
          editing.forgetOutcome()
        }}
      />
      {problem !== undefined && (
        <p id="forward-problem" className="text-[13px] text-lost">
          {text(problem)}
        </p>
      )}
      <label className="flex min-h-11 items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={keepCopy}
          onChange={(event) => {
            setKeepCopy(event.target.checked)
            editing.forgetOutcome()
          }}
        />
        {t('keepCopy')}
      </label>
      <div className="pb-2">
        <TaskPreview editing={editing} idle={forwarding.targets.length === 0 ? t('idle') : ''} />
      </div>
      <Button type="submit" tone="primary" className="min-h-11 w-full sm:w-auto" disabled={!editing.canSave}>
        {editing.saving ? t('saving') : t('save')}
      </Button>
    </form>
  )
}
