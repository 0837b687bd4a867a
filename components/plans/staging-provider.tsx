'use client'

/**
 * staging-provider - lets every form below it be put into the person's plan instead of being saved.
 *
 * The button sends the checksum of the preview that is on the screen; the server knows what is behind it. Without a
 * provider, or without a store, there is no button.
 */
import { createContext, type ReactNode, use } from 'react'
import type { Staged } from '@/lib/plans/plans'

/** A server action that puts what was previewed under this checksum into the person's plan. */
export type StageAction = (checksum: string) => Promise<Staged>

const StagingContext = createContext<StageAction | null>(null)

/** Puts previewed changes into the plan; null where that cannot be. */
export function useStaging(): StageAction | null {
  return use(StagingContext)
}

interface StagingProviderProps {
  /** null where there is no store. */
  readonly stage: StageAction | null
  readonly children: ReactNode
}

/** Gives the action to all below. */
export function StagingProvider({ stage, children }: StagingProviderProps): ReactNode {
  return <StagingContext value={stage}>{children}</StagingContext>
}
