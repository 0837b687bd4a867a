/**
 * task-title - what a task of many changes is called, kept as text and read again. Pure.
 *
 * Kept are phrases, so that everybody reads them in their own language. Read are only those that the panel gives
 * itself: what another version has written, or somebody else, is no title, and then the answer is null.
 */
import { z } from 'zod'
import type { Phrase, Text } from '@/lib/words/text'

const TITLES = [
  'bulk.titleOf.enable',
  'bulk.titleOf.disable',
  'bulk.titleOf.quota',
  'bulk.titleOf.alias',
  'bulk.titleOf.delete',
  'exchange.title',
  'domain.job.titleOf.rename',
  'domain.job.titleOf.delete',
  'domain.job.titleOf.aliasDomain',
  'domain.job.titleOf.catchAll',
] as const

const named = z.object({
  key: z.enum([...TITLES, 'plans.planOf', 'history.together.ofPerson']),
  values: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
})

const backwards = z.object({
  key: z.literal('history.together.takenBack'),
  values: z.object({ title: named }),
})

const title = z.union([named, backwards])

/** The title of a task that takes this one back; what was taken back twice is made again. */
export function titleOfUndo(of: Text): Text {
  const taken = backwards.safeParse(of)
  if (taken.success) return taken.data.values.title
  const known = named.safeParse(of)
  return known.success ? { key: 'history.together.takenBack', values: { title: known.data } } : of
}

/** The title as text. */
export function formatTitle(of: Text): string {
  return JSON.stringify(of)
}

/** The title of such a text; null if it is none. */
export function readTitle(text: string): Phrase | null {
  if (text === '') return null
  try {
    const read = title.safeParse(JSON.parse(text))
    return read.success ? read.data : null
  } catch {
    // Not what this panel has written; then it has no title.
    return null
  }
}
