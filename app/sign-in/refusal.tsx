import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import { Notice } from '@/components/ui/notice'
import type { SignInState } from './actions'
import { isCalm, sentenceOf } from './sentences'

/** Why the last attempt did not work; nothing before the first. */
export function Refusal({
  state,
  title,
}: {
  readonly state: SignInState
  readonly title: string
}): ReactNode {
  const t = useTranslations('signIn')
  const text = useText()
  if (state.problem !== null)
    return (
      <Notice tone="lost" role="alert" title={t('newPassword.unchanged')}>
        <p>{text(state.problem)}</p>
      </Notice>
    )
  if (state.code === null) return null
  const sentence = text(sentenceOf(state.code))
  if (isCalm(state.code)) return <Notice tone="plain" role="status" title={sentence} />
  return (
    <Notice tone="lost" role="alert" title={title}>
      <p>{sentence}</p>
    </Notice>
  )
}
