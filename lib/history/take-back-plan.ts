/**
 * take-back-plan - the ways back of several commits, the last commit first, as they will be when each is written.
 *
 * An entry that two of the commits have written is judged for the earlier one as it will be when the later one is
 * taken back. The first commit that cannot be taken back ends the plan, because those before it may rest on it.
 * Nothing is written.
 * LDAP round trips: those of way-back for each commit, one after the other.
 */
import 'server-only'
import { readStepEntries } from '@/lib/changes/commit/write-back'
import { nameKey, writeTo } from '@/lib/changes/commit/write-step'
import { readFinished } from '@/lib/changes/journal/journal'
import type { JournalStep } from '@/lib/changes/journal/journal-plan'
import { namesOfSteps } from '@/lib/changes/journal/recovery-plan'
import { mayRecover } from '@/lib/changes/recovery/recovery'
import type { Authority } from '@/lib/directory/authority'
import { discoverSchema } from '@/lib/directory/schema-discovery'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import type { Text } from '@/lib/words/text'
import { planWayBack, type WayBack } from './way-back'

/** A commit with the entries that it has written. */
export interface CommitToTakeBack {
  readonly id: string
  readonly names: readonly string[]
  readonly way:
    | Extract<WayBack, { readonly status: 'planned' | 'notThere' }>
    /** Why it stays. */
    | { readonly status: 'stays'; readonly reasons: readonly Text[] }
}

/**
 * Plans how these commits are taken back.
 * @param ids the commits, in the order in which they were made
 * @param goesOn told how many are planned; whether to go on
 * @returns the commits, the last one first; those that stay are the last of the list
 */
export async function planTakeBack(
  authority: Authority,
  ids: readonly string[],
  goesOn: (planned: number) => boolean,
): Promise<readonly CommitToTakeBack[]> {
  const known = await discoverSchema()
  const ledger = new Ledger(authority, known.status === 'failed' ? null : known.schema)
  const commits: CommitToTakeBack[] = []
  let isBarred = false
  for (const id of [...ids].reverse()) {
    if (!goesOn(commits.length)) return commits
    const { names, way } = await planOne(authority, id, ledger, isBarred)
    isBarred ||= way.status === 'stays'
    commits.push({ id, names, way })
  }
  return commits
}

async function planOne(
  authority: Authority,
  id: string,
  ledger: Ledger,
  isBarred: boolean,
): Promise<Pick<CommitToTakeBack, 'names' | 'way'>> {
  const journal = await readFinished(id)
  if (journal === null) return { names: [], way: stays([{ key: 'undo.missing' }]) }
  const names = journal.steps.map(({ after }) => after.dn)
  if (isBarred) return { names, way: stays([{ key: 'undo.barred' }]) }
  if (!mayRecover(authority, journal)) return { names, way: stays([{ key: 'undo.forbidden' }]) }
  if (journal.closed?.outcome === 'undone') return { names, way: { status: 'notThere' } }
  const way = await planWayBack(authority, id, journal, (steps) => ledger.read(steps))
  switch (way.status) {
    case 'planned':
      ledger.write(way.changes)
      return { names, way }
    case 'notThere':
      return { names, way }
    case 'changedSince':
      return { names, way: stays(way.obstacles) }
    case 'refused':
      return { names, way: stays([way.message]) }
  }
}

function stays(reasons: readonly Text[]): CommitToTakeBack['way'] {
  return { status: 'stays', reasons }
}

/** Entries as they will be: read once, then changed by what is planned. */
class Ledger {
  readonly #authority: Authority
  readonly #schema: Schema | null
  readonly #entries = new Map<string, Entry>()
  /** Names that were read, or that something planned has written. */
  readonly #known = new Set<string>()

  constructor(authority: Authority, schema: Schema | null) {
    this.#authority = authority
    this.#schema = schema
  }

  async read(steps: readonly JournalStep[]): Promise<readonly Entry[] | SearchFailure> {
    const keys = namesOfSteps(steps).map(nameKey)
    if (keys.some((key) => !this.#known.has(key))) {
      const found = await readStepEntries(this.#authority, steps)
      if ('status' in found) return found
      for (const entry of found)
        if (!this.#known.has(nameKey(entry.dn))) this.#entries.set(nameKey(entry.dn), entry)
      for (const key of keys) this.#known.add(key)
    }
    return keys.flatMap((key) => this.#entries.get(key) ?? [])
  }

  /** Without a schema nothing was planned. */
  write(changes: readonly ChangeRecord[]): void {
    if (this.#schema === null) return
    for (const change of changes) {
      const step = writeTo(this.#entries, change, this.#schema)
      this.#known.add(nameKey(change.dn))
      if (step?.after != null) this.#known.add(nameKey(step.after.dn))
    }
  }
}
