'use client'

import type { ReactNode } from 'react'
import { useLostFocusOn } from '@/components/ui/lost-focus'

interface JobPlaceProps {
  readonly phase: string
  readonly children: ReactNode
}

/** What a job shows of its phase: the button that began a phase goes with the phase before, and the focus comes here. */
export function JobPlace({ phase, children }: JobPlaceProps): ReactNode {
  const place = useLostFocusOn<HTMLDivElement>(phase)
  return (
    <div ref={place} tabIndex={-1}>
      {children}
    </div>
  )
}
