/**
 * job-state - a change of many entries under way: what of it the screens are shown, as plain data. Pure.
 *
 * A job is checked first (every row previewed), then approved as one, then written in parts, and can be taken back
 * as one. Each row of it says what became of it.
 */
import type { ShownPreview } from '@/lib/changes/shown-preview'
import type { Text } from '@/lib/words/text'

export type JobKind = 'bulk' | 'import' | 'domain' | 'plan' | 'undo'

export type JobPhase =
  /** Finding out what is to be changed. */
  | 'reading'
  /** Previewing part by part. */
  | 'checking'
  /** Waiting for a yes. */
  | 'checked'
  | 'writing'
  | 'undoing'
  /** At its end: written, stopped or undone. */
  | 'finished'

export type RowState = 'valid' | 'problem' | 'exists' | 'written' | 'notWritten' | 'unknown' | 'undone'

export const ROW_STATES: readonly RowState[] = [
  'valid',
  'problem',
  'exists',
  'written',
  'notWritten',
  'unknown',
  'undone',
]

/** One row of a file, or one selected entry. */
export interface JobRow {
  /** Its line in the file, or its place in the selection; from 1. */
  readonly number: number
  readonly name: string
  readonly state: RowState
  /** What should be known about it. */
  readonly notes: readonly Text[]
}

/** How far a job is; what a browser asks for again and again. */
export interface JobProgress {
  readonly id: string
  readonly phase: JobPhase
  readonly done: number
  readonly total: number
  /** Somebody asked to stop; what is under way comes to its end first. */
  readonly stopping: boolean
}

export interface JobView extends JobProgress {
  readonly kind: JobKind
  readonly title: Text
  readonly counts: Readonly<Record<RowState, number>>
  /** Of all parts together; null as long as there is none. */
  readonly preview: ShownPreview | null
  /** Why it ended early, or what to know about its end; null if nothing. */
  readonly message: Text | null
  /** Lookups asked again after the writes, and how many were not as previewed. */
  readonly asked: number
  readonly broken: number
  /** Whether there are commits that can be taken back. */
  readonly canUndo: boolean
  /** Whether the parts that are left can be written now. */
  readonly canGoOn: boolean
  /** The number to be typed before it is written; null if none. */
  readonly number: number | null
}
