import type { ReactNode } from 'react'
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
  if (state.problem !== null)
    return (
      <Notice tone="lost" role="alert" title="Password not changed">
        <p>{state.problem}</p>
      </Notice>
    )
  if (state.code === null) return null
  if (isCalm(state.code)) return <Notice tone="plain" role="status" title={sentenceOf(state.code)} />
  return (
    <Notice tone="lost" role="alert" title={title}>
      <p>{sentenceOf(state.code)}</p>
    </Notice>
  )
}
