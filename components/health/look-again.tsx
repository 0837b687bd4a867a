'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { useFormatter, useTranslations } from '#words'
import { Button } from '@/components/ui/button'
import { useLostFocusOn } from '@/components/ui/lost-focus'
import type { ScanProgress } from '@/lib/health/scan-state'

const POLL_MS = 500

interface LookAgainProps {
  readonly initial: ScanProgress | null
  readonly again: () => Promise<ScanProgress | null>
  readonly stop: () => Promise<void>
}

/** The button that begins a new look, and how far it is; when it has come to its end the page is read anew. */
export function LookAgain({ initial, again, stop }: LookAgainProps): ReactNode {
  const t = useTranslations('scan')
  const [scan, setScan] = useState(initial)
  // A look that had ended before this page was opened is no news.
  const [old] = useState(initial?.phase === 'looking' ? null : (initial?.id ?? null))
  const unheard = useProgress(scan, setScan)
  // The button that was pressed is gone when another takes its place.
  const place = useLostFocusOn<HTMLDivElement>(scan?.phase ?? '')
  return (
    <div
      ref={place}
      tabIndex={-1}
      className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 outline-none"
    >
      {scan?.phase === 'looking' ? (
        <Progress
          scan={scan}
          unheard={unheard}
          stop={() => {
            setScan({ ...scan, stopping: true })
            void stop()
          }}
        />
      ) : (
        <>
          <p role="status" className="text-[13px] text-soft">
            {scan === null || scan.id === old ? '' : t(scan.phase, { reason: scan.message ?? '' })}
          </p>
          <Button
            onClick={() => {
              void again().then(setScan)
            }}
          >
            {t('again')}
          </Button>
        </>
      )}
    </div>
  )
}

interface ProgressProps {
  readonly scan: ScanProgress
  readonly unheard: boolean
  readonly stop: () => void
}

function Progress({ scan, unheard, stop }: ProgressProps): ReactNode {
  const t = useTranslations('scan')
  const format = useFormatter()
  const { done, total, stopping } = scan
  const counts = total === null ? t('countsOnly', { done }) : t('counts', { done, total })
  return (
    <>
      <div className="text-[13px] text-soft">
        <p role="status">{t(unheard ? 'unheard' : 'looking')}</p>
        <p className="flex items-center gap-2 tabular-nums">
          <progress
            aria-label={t('label')}
            aria-valuetext={format.number(done)}
            className="h-1.5 w-28 overflow-hidden rounded-full accent-accent"
            {...(total !== null && total > 0 ? { max: total, value: Math.min(done, total) } : {})}
          />
          {counts}
        </p>
      </div>
      <Button disabled={stopping} onClick={stop}>
        {t(stopping ? 'stopping' : 'stop')}
      </Button>
    </>
  )
}

/** Asks how far a look is for as long as it goes on; whether the panel gave no answer. */
function useProgress(scan: ScanProgress | null, take: (scan: ScanProgress | null) => void): boolean {
  const router = useRouter()
  const [unheard, setUnheard] = useState(false)
  const isLooking = scan?.phase === 'looking'
  useEffect(() => {
    if (!isLooking) return
    const timer = setInterval(() => {
      ask()
        .then((newer) => {
          setUnheard(false)
          take(newer)
          if (newer?.phase !== 'looking') router.refresh()
        })
        .catch(() => {
          setUnheard(true)
        })
    }, POLL_MS)
    return () => {
      clearInterval(timer)
    }
  }, [isLooking, router, take])
  return unheard
}

async function ask(): Promise<ScanProgress | null> {
  const response = await fetch('/health/state', { cache: 'no-store' })
  if (!response.ok) throw new Error(String(response.status))
  return (await response.json()) as ScanProgress | null
}
