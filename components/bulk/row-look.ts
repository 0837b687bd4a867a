/**
 * row-look - colour and symbol of the states of rows. Pure.
 */
import type { RowState } from '@/lib/plans/job-state'

export const ROW_LOOK: Readonly<Record<RowState, { readonly symbol: string; readonly ink: string }>> = {
  valid: { symbol: '✓', ink: 'text-added' },
  problem: { symbol: '✗', ink: 'text-lost' },
  exists: { symbol: '=', ink: 'text-soft' },
  written: { symbol: '✓', ink: 'text-added' },
  notWritten: { symbol: '✗', ink: 'text-lost' },
  unknown: { symbol: '?', ink: 'text-changed' },
  undone: { symbol: '↶', ink: 'text-soft' },
}
