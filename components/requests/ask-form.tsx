'use client'

import { type ReactNode, useState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { FieldRow, TextInput } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import type { Asked } from '@/lib/requests/own-requests'

interface AskFormProps {
  /** Where an alias needs a yes. */
  readonly domains: readonly string[]
  readonly ask: (wish: { readonly address: string; readonly why: string }) => Promise<Asked>
}

/** The form that asks for an alias. */
export function AskForm({ domains, ask }: AskFormProps): ReactNode {
  const t = useTranslations('requests')
  const [address, setAddress] = useState('')
  const [why, setWhy] = useState('')
  const [answer, setAnswer] = useState<Asked | null>(null)
  const [busy, setBusy] = useState(false)
  const refusal = answer?.status === 'refused' ? answer : null

  async function submit(): Promise<void> {
    setBusy(true)
    const asked = await ask({ address, why }).catch(() => UNREACHABLE)
    setAnswer(asked)
    setBusy(false)
    if (asked.status !== 'asked') return
    setAddress('')
    setWhy('')
  }

  return (
    <form
      aria-label={t('askTitle')}
      className="mb-7"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <h2 className="caption mb-3">{t('askTitle')}</h2>
      <FieldRow label={t('addressLabel')} control="wanted-address">
        <TextInput
          id="wanted-address"
          type="text"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={`name@${domains[0] ?? ''}`}
          className="address"
          maxLength={320}
          required
          value={address}
          problem={refusal?.field === 'address' ? refusal.message : undefined}
          onChange={(event) => {
            setAddress(event.target.value)
            setAnswer(null)
          }}
        />
        <p className="pt-1 text-[13px] wrap-anywhere text-soft">
          {t('askDomains', { domains: domains.join(', ') })}
        </p>
      </FieldRow>
      <FieldRow label={t('whyLabel')} hint={t('whyHint')} control="wanted-why">
        <TextInput
          id="wanted-why"
          type="text"
          maxLength={500}
          value={why}
          onChange={(event) => {
            setWhy(event.target.value)
          }}
        />
      </FieldRow>
      <div className="space-y-3 sm:pl-[184px]">
        <Button type="submit" tone="primary" disabled={busy || address.trim() === ''}>
          {busy ? t('asking') : t('ask')}
        </Button>
        <Answer answer={answer} />
      </div>
    </form>
  )
}

const UNREACHABLE = {
  status: 'refused',
  message: { key: 'requests.unreachable' },
  field: null,
} as const satisfies Asked

/** What became of the wish, unless it is said beside the address. */
function Answer({ answer }: { readonly answer: Asked | null }): ReactNode {
  const t = useTranslations('requests')
  const text = useText()
  if (answer?.status === 'asked')
    return (
      <Notice tone="added" role="status" title={`✓ ${t('states.waiting')}`}>
        <p className="wrap-anywhere">{t('askedDone', { address: answer.address })}</p>
      </Notice>
    )
  if (answer === null || answer.field !== null) return null
  return (
    <Notice tone="lost" role="alert" title={t('problemTitle')}>
      <p className="wrap-anywhere">{text(answer.message)}</p>
    </Notice>
  )
}
