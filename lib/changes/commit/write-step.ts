/**
 * write-step - one write of a commit, with the entry as the write finds it and as it leaves it.
 *
 * Follows a list of changes through the entries that they touch, one after the other (RFC 4511 sections 4.6 to
 * 4.9); the journal, the order of writes and the examination after a failure all rest on these states. Pure.
 * A list that the directory would refuse has no states: null.
 */
import { applyChange, renamedDn } from '@/lib/ldap/change-application'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { formatDn, isWithin, normalizeDn, parseDn } from '@/lib/ldap/dn'
import type { Entry } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import { restWhenLong } from '@/lib/changes/portions'

export interface WriteStep {
  readonly change: ChangeRecord
  /** null for an entry that the write adds. */
  readonly before: Entry | null
  /** null for an entry that the write deletes. */
  readonly after: Entry | null
}

/** Keys made before: the names of a change are compared again and again. */
const keptKeys = new Map<string, string | null>()
const MOST_KEPT = 50_000

/** The key under which equal names are equal strings. */
export function nameKey(text: string): string {
  return dnKey(text) ?? text
}

/** The same of a text that may be no name; then null. */
export function dnKey(text: string): string | null {
  const kept = keptKeys.get(text)
  if (kept !== undefined) return kept
  const dn = parseDn(text)
  const key = dn === null ? null : normalizeDn(dn)
  if (keptKeys.size >= MOST_KEPT) keptKeys.clear()
  keptKeys.set(text, key)
  return key
}

/**
 * The states that each change finds and leaves.
 * @param entries the touched entries as they are
 */
export async function followWrites(
  changes: readonly ChangeRecord[],
  entries: readonly Entry[],
  schema: Schema,
): Promise<readonly WriteStep[] | null> {
  const current = new Map(entries.map((entry) => [nameKey(entry.dn), entry]))
  const steps: WriteStep[] = []
  for (const change of changes) {
    const step = writeTo(current, change, schema)
    if (step === null) return null
    steps.push(step)
    await restWhenLong()
  }
  return steps
}

/**
 * Carries one change out on entries by their {@link nameKey}; null, and nothing done, if it would be refused.
 */
export function writeTo(current: Map<string, Entry>, change: ChangeRecord, schema: Schema): WriteStep | null {
  const before = current.get(nameKey(change.dn)) ?? null
  const applied = applyChange(change, before, schema)
  if (applied.status === 'refused') return null
  const after = applied.entry
  current.delete(nameKey(change.dn))
  if (change.type === 'modifyDn') carryBelow(current, change)
  if (after !== null) current.set(nameKey(after.dn), after)
  return { change, before, after }
}

/** What is below a renamed entry is renamed with it. */
function carryBelow(current: Map<string, Entry>, change: Extract<ChangeRecord, { type: 'modifyDn' }>): void {
  const from = parseDn(change.dn)
  for (const [key, entry] of [...current]) {
    const dn = parseDn(entry.dn)
    const to = dn === null || from === null || !isWithin(dn, from) ? null : renamedDn(dn, change)
    if (to === null) continue
    current.delete(key)
    current.set(normalizeDn(to), { ...entry, dn: formatDn(to) })
  }
}
