'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useFormatter, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import type { JobProgress as Progress } from '@/lib/plans/job-state'

const POLL_MS = 500

interface JobProgressProps {
  readonly initial: Progress
  readonly stop: () => Promise<void>
}

/** How far a job is, asked for twice a second; when it enters another phase the page is read anew. */
export function JobProgress({ initial, stop }: JobProgressProps): ReactNode {
  const t = useTranslations('bulk.progress')
  const format = useFormatter()
  const router = useRouter()
  const [progress, setProgress] = useState(initial)
  const [unheard, setUnheard] = useState(false)
  const { id, phase, done, total, stopping } = progress
  const section = useRef<HTMLElement>(null)

  // The button that began this may have stood far below.
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' })
  }, [])

  useEffect(() => {
    const timer = setInterval(() => {
      ask()
        .then((newer) => {
          setUnheard(false)
          if (newer === null || newer.id !== id || newer.phase !== phase) router.refresh()
          if (newer !== null) setProgress(newer)
        })
        .catch(() => {
          setUnheard(true)
        })
    }, POLL_MS)
    return () => {
      clearInterval(timer)
    }
  }, [id, phase, router])

  return (
    <section ref={section} aria-label={t('label')} className="py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <p role="status" className="font-medium">
          {t(phase)}
        </p>
        <p className="text-[13px] text-soft tabular-nums">
          {t('counts', { done: format.number(done), total: format.number(total) })}
        </p>
      </div>
      <progress
        aria-label={t('label')}
        className="mt-1.5 block h-2 w-full overflow-hidden rounded-full accent-accent"
        {...(total > 0 ? { max: total, value: done } : {})}
      />
      <div className="flex flex-wrap items-center gap-3 pt-2.5">
        <Button
          disabled={stopping}
          onClick={() => {
            setProgress({ ...progress, stopping: true })
            void stop()
          }}
        >
          {t(stopping ? 'stopping' : 'stop')}
        </Button>
        <p className="text-[13px] text-soft">{t(unheard ? 'unheard' : 'goOn')}</p>
      </div>
    </section>
  )
}

async function ask(): Promise<Progress | null> {
  const response = await fetch('/plans/job/state', { cache: 'no-store' })
  if (!response.ok) throw new Error(String(response.status))
  return (await response.json()) as Progress | null
}
