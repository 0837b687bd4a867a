/**
 * scan-state - a look at the whole directory under way, as the browser is told of it. Plain data.
 */
export interface ScanProgress {
  readonly id: string
  readonly phase: 'looking' | 'finished' | 'stopped' | 'failed'
  /** Mailboxes that were looked at. */
  readonly done: number
  /** How many there were at the last look; null before the first. */
  readonly total: number | null
  /** Somebody asked to stop. */
  readonly stopping: boolean
  /** Why it failed, in the words of the server. */
  readonly message: string | null
}
