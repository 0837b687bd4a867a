/**
 * kept-results - the results of writes on their way to the journal, a bounded number behind the writes.
 *
 * In their order. A result that cannot be kept is remembered, and no more is written then: of a commit that goes on
 * without a journal nobody could say later how far it came.
 */
import type { JournalResult } from '@/lib/changes/journal/journal-text'
import type { Text } from '@/lib/words/text'

/** So many writes a recovery may have to judge by their entries alone. */
const MOST_BEHIND = 32

export class KeptResults {
  private readonly pending = new Set<Promise<void>>()
  private problem: Text | null = null

  constructor(private readonly journal: { record(result: JournalResult): Promise<Text | null> }) {}

  /** Begins to keep a result. */
  keep(result: JournalResult): void {
    const keeping = this.journal.record(result).then((problem) => {
      this.problem ??= problem
      this.pending.delete(keeping)
    })
    this.pending.add(keeping)
  }

  /** Waits until another write may be made; why none may, or null. */
  async room(): Promise<Text | null> {
    if (this.pending.size >= MOST_BEHIND) await this.kept()
    return this.problem
  }

  /** Waits until all results are kept. */
  async kept(): Promise<void> {
    await Promise.all(this.pending)
  }
}
