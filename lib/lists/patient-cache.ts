/**
 * patient-cache - keeps what is dear to work out, for as long as it is worth.
 *
 * A result is used again while the directory says that nothing was written (contextCSN). After a write, what took
 * little is worked out anew, and what took long is used for twenty times as long as it took: a small directory is
 * looked at each time, a large one at most a twentieth of the time. Whoever asks meanwhile waits for the same work. Failures are not kept.
 */
import 'server-only'
import { LRUCache } from 'lru-cache'
import { contextStamp } from '@/lib/directory/list-view'
import type { SearchFailure } from '@/lib/ldap/directory-view'

/** Share of the time that may be spent on working it out. */
const PATIENCE = 20
/** Milliseconds that anybody may wait for. */
const LITTLE = 300
const MOST_KEPT = 8

interface Kept<Result> {
  readonly stamp: string
  readonly until: number
  readonly result: Result
}

/** Results by key. */
export class PatientCache<Result extends { readonly status: string }> {
  private readonly kept = new LRUCache<string, Kept<Result>>({ max: MOST_KEPT })
  private readonly running = new Map<string, Promise<Result | SearchFailure>>()

  /**
   * The kept result, or a new one.
   * @param base whose contextCSN tells whether something was written
   */
  async get(
    key: string,
    base: string,
    make: () => Promise<Result | SearchFailure>,
  ): Promise<Result | SearchFailure> {
    const stamp = await contextStamp(base)
    const known = this.kept.get(key)
    if (known !== undefined && ((stamp !== '' && known.stamp === stamp) || known.until > Date.now()))
      return known.result
    const under = this.running.get(key)
    if (under !== undefined) return under
    const making = this.make(key, stamp, make)
    this.running.set(key, making)
    return making
  }

  /** A new result in the place of the kept one. Nobody else waits for it: whoever wants it may also give it up. */
  async renew(
    key: string,
    base: string,
    make: () => Promise<Result | SearchFailure>,
  ): Promise<Result | SearchFailure> {
    return this.keep(key, await contextStamp(base), make)
  }

  /** The last result, however old. */
  last(key: string): Result | null {
    return this.kept.peek(key)?.result ?? null
  }

  private async make(
    key: string,
    stamp: string,
    make: () => Promise<Result | SearchFailure>,
  ): Promise<Result | SearchFailure> {
    try {
      return await this.keep(key, stamp, make)
    } finally {
      this.running.delete(key)
    }
  }

  private async keep(
    key: string,
    stamp: string,
    make: () => Promise<Result | SearchFailure>,
  ): Promise<Result | SearchFailure> {
    const started = performance.now()
    const result = await make()
    const took = performance.now() - started
    const patience = took < LITTLE ? 0 : took * PATIENCE
    if (!isFailure(result)) this.kept.set(key, { stamp, until: Date.now() + patience, result })
    return result
  }
}

function isFailure(result: { readonly status: string }): result is SearchFailure {
  return result.status === 'failed'
}
