'use client'

import { type ReactNode, useActionState } from 'react'
import { useTranslations } from '#words'

interface ViewAsButtonProps {
  readonly id: string
  /** Goes to the owner's page, or answers why not. */
  readonly viewAs: (id: string) => Promise<{ readonly problem: string | null }>
}

/** For postmasters: shows the panel as the owner of this mailbox would see it. */
export function ViewAsButton({ id, viewAs }: ViewAsButtonProps): ReactNode {
  const t = useTranslations('viewAs')
  const [state, action, pending] = useActionState(() => viewAs(id), { problem: null })
  return (
    <form action={action} className="mt-1.5 text-[13px]">
      <button type="submit" disabled={pending} className="min-h-6 text-accent hover:underline">
        {pending ? t('starting') : t('start')}
      </button>
      {state.problem !== null && (
        <p role="alert" className="pt-1 text-lost">
          {state.problem}
        </p>
      )}
    </form>
  )
}
