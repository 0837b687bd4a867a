/**
 * kept-results - the results of writes on their way to the journal, a bounded number behind the writes.
 *
 * In their order, a few together: every flush keeps the disk from a directory server beside the panel, which flushes
 * each write itself. A result that cannot be kept is remembered, and no more is written then: of a commit that goes
 * on without a journal nobody could say later how far it came.
 */
import type { JournalResult } from '@/lib/changes/journal/journal-text'
import type { Text } from '@/lib/words/text'

/** So many writes a recovery may have to judge by their entries alone. */
const MOST_BEHIND = 32
/** So many results are flushed together, if nobody waits for one before. */
const FLUSHED_TOGETHER = 16

export class KeptResults {
  private readonly pending = new Set<Promise<void>>()
  private held: JournalResult[] = []
  private problem: Text | null = null

  constructor(private readonly journal: { record(result: JournalResult): Promise<Text | null> }) {}

  /** Takes a result to be kept soon. */
  keep(result: JournalResult): void {
    this.held.push(result)
    if (this.held.length >= FLUSHED_TOGETHER) this.begin()
  }

  /** Waits until another write may be made; why none may, or null. */
  async room(): Promise<Text | null> {
    if (this.held.length + this.pending.size >= MOST_BEHIND) await this.kept()
    return this.problem
  }

  /** Waits until all results are kept. */
  async kept(): Promise<void> {
    this.begin()
    await Promise.all(this.pending)
  }

  /** Hands over what is held; the journal flushes together what it is given together. */
  private begin(): void {
    const results = this.held
    this.held = []
    for (const result of results) {
      const keeping = this.journal.record(result).then((problem) => {
        this.problem ??= problem
        this.pending.delete(keeping)
      })
      this.pending.add(keeping)
    }
  }
}
