/**
 * examination-watch - how far a long examination is, told to whoever waits for it, and whether it is still wanted.
 *
 * As with progress.ts, whoever starts the work says where to tell. Steps are what takes long: a write that the
 * server rehearses, an address that is followed, a key that a table is asked. How many there are shows little by
 * little. An examination that nobody wants any more comes to its end quickly and with gaps; whoever said so throws
 * it away.
 */
import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'

export interface ExaminationWatch {
  readonly tell: (done: number, total: number) => void
  readonly isWanted: () => boolean
}

interface Watched extends ExaminationWatch {
  done: number
  total: number
}

const watches = new AsyncLocalStorage<Watched>()

/** Does some work with a watch on its examination. */
export function withWatch<Result>(watch: ExaminationWatch, work: () => Promise<Result>): Promise<Result> {
  return watches.run({ tell: watch.tell, isWanted: watch.isWanted, done: 0, total: 0 }, work)
}

/** So many steps are to be made beside those known before. */
export function expectSteps(count: number): void {
  move(0, count)
}

/** So many steps are made. */
export function tellSteps(count: number): void {
  move(count, 0)
}

/** Whether the examination that this is part of is still wanted. */
export function isStillWanted(): boolean {
  return watches.getStore()?.isWanted() ?? true
}

function move(done: number, total: number): void {
  const watch = watches.getStore()
  if (watch === undefined) return
  watch.done += done
  watch.total += total
  watch.tell(watch.done, watch.total)
}
