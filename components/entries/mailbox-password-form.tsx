'use client'

import { type ReactNode, useState } from 'react'
import { useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import type { PasswordOutcome } from '@/lib/changes/mailbox-password-state'
import { type ChosenPassword, PasswordChoice } from './password-choice'
import { PasswordTold } from './password-told'

interface MailboxPasswordFormProps {
  readonly id: string
  /** For password managers alone. */
  readonly mail: string
  readonly setPassword: (id: string, password: ChosenPassword) => Promise<PasswordOutcome>
}

const UNREACHABLE = { status: 'refused', message: { key: 'mailbox.password.unreachable' } } as const

/** Sets a new password for a mailbox. */
export function MailboxPasswordForm({ id, mail, setPassword }: MailboxPasswordFormProps): ReactNode {
  const t = useTranslations('mailbox.password')
  const [chosen, setChosen] = useState<ChosenPassword>({ kind: 'generated', password: '' })
  const [outcome, setOutcome] = useState<PasswordOutcome | null>(null)
  const [busy, setBusy] = useState(false)

  async function set(): Promise<void> {
    setBusy(true)
    setOutcome(null)
    const answer = await setPassword(id, chosen).catch(() => UNREACHABLE)
    setBusy(false)
    setOutcome(answer)
    // A typed password does not stay on the screen once it is set.
    if (answer.status === 'set') setChosen({ ...chosen, password: '' })
  }

  return (
    <form
      className="max-w-md space-y-4"
      onSubmit={(event) => {
        event.preventDefault()
        void set()
      }}
    >
      <p className="text-soft">{t('about')}</p>
      <input type="text" name="name" value={mail} readOnly hidden autoComplete="username" />
      <PasswordChoice
        kinds={['generated', 'typed']}
        chosen={chosen}
        onChange={(next) => {
          setChosen(next)
          setOutcome(null)
        }}
      />
      <Button
        type="submit"
        tone="primary"
        disabled={busy || (chosen.kind === 'typed' && chosen.password === '')}
      >
        {busy ? t('busy') : t('submit')}
      </Button>
      {outcome !== null && <PasswordTold outcome={outcome} />}
    </form>
  )
}
