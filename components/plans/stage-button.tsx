'use client'

import { ListPlus } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { useText, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import type { Staged } from '@/lib/plans/plans'
import { useStaging } from './staging-provider'

interface StageButtonProps {
  /** Of the preview on the screen; null while there is none that can be kept. */
  readonly checksum: string | null
}

/** Puts the change on the screen into the person's plan, to be made later together with others. */
export function StageButton({ checksum }: StageButtonProps): ReactNode {
  const t = useTranslations('plans.stage')
  const text = useText()
  const stage = useStaging()
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<{ readonly of: string; readonly staged: Staged } | null>(null)
  if (stage === null || checksum === null) return null
  const staged = answer?.of === checksum ? answer.staged : null

  async function put(ask: NonNullable<typeof stage>, of: string): Promise<void> {
    setBusy(true)
    const given = await ask(of).catch((): Staged => ({
      status: 'refused',
      message: { key: 'edit.unreachable' },
    }))
    setAnswer({ of, staged: given })
    setBusy(false)
  }

  if (staged?.status === 'staged')
    return (
      <p role="status" className="pt-2 text-[13px] text-added">
        ✓ {t('done', { count: staged.count })}{' '}
        <Link href={`/plans/${staged.id}` as Route} className="text-accent underline">
          {t('open')}
        </Link>
      </p>
    )
  return (
    <div className="pt-2">
      <Button className="w-full" disabled={busy} title={t('hint')} onClick={() => void put(stage, checksum)}>
        <ListPlus aria-hidden className="size-4" />
        {t(busy ? 'busy' : 'label')}
      </Button>
      {staged?.status === 'refused' && (
        <p role="alert" className="pt-1 text-[13px] text-lost">
          {text(staged.message)}
        </p>
      )}
    </div>
  )
}
