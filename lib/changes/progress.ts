/**
 * progress - how far a long change is, told to whoever waits for it while it is made.
 *
 * Whoever starts the work says where to tell (an AsyncLocalStorage, so that nothing in between has to pass it on);
 * the writer of a commit tells each write. Without a listener nothing happens. Numbers only.
 */
import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'

/** Entries that are written, of all that are to be. */
export interface Progress {
  readonly written: number
  readonly total: number
}

type Listener = (progress: Progress) => void

const listeners = new AsyncLocalStorage<Listener>()

/** Does some work, and hears how far it is. */
export function withProgress<Result>(listen: Listener, work: () => Promise<Result>): Promise<Result> {
  return listeners.run(listen, work)
}

/** Tells whoever waits for the work that this is part of. */
export function tellProgress(progress: Progress): void {
  listeners.getStore()?.(progress)
}
