/**
 * pending-names - which entries a list of changes touches, and what every entry is called afterwards.
 *
 * Follows the changes one after the other through renames (RFC 4511 section 4.9), which also rename what is
 * below. Knows names only; no entry is read. A change whose DN cannot be read is null, for the whole list.
 */
import { type Dn, isWithin, normalizeDn, parentDn, parseDn } from '@/lib/ldap/dn'
import type { ChangeRecord } from '@/lib/ldap/change-record'

/** One entry that the changes touch. */
export interface PendingEntry {
  /** Its name in the directory now; null if a change adds it. */
  readonly origin: Dn | null
  /** Its name afterwards; null if a change deletes it. */
  readonly final: Dn | null
  /** The changes that touch it, in order. */
  readonly changes: readonly ChangeRecord[]
}

/** A rename that takes place: everything within `from` is then within `to`. */
export interface Rename {
  readonly from: Dn
  readonly to: Dn
}

export interface PendingNames {
  readonly entries: readonly PendingEntry[]
  /** In the order in which they take place. */
  readonly renames: readonly Rename[]
}

interface Draft {
  origin: Dn | null
  current: Dn | null
  changes: ChangeRecord[]
}

/** The touched entries, by what they are called at the moment, and the names whose entries are gone. */
interface Drafts {
  readonly all: Draft[]
  readonly byName: Map<string, Draft>
  readonly gone: Set<string>
}

/** Follows the changes; null if a DN in them cannot be read. */
export function followChanges(changes: readonly ChangeRecord[]): PendingNames | null {
  const drafts: Drafts = { all: [], byName: new Map(), gone: new Set() }
  const renames: Rename[] = []
  for (const change of changes) {
    const dn = parseDn(change.dn)
    if (dn === null) return null
    const draft = draftFor(dn, change, drafts, renames)
    draft.changes.push(change)
    if (change.type === 'delete') {
      draft.current = null
      drafts.byName.delete(normalizeDn(dn))
      if (draft.origin !== null) drafts.gone.add(normalizeDn(draft.origin))
    }
    if (change.type === 'modifyDn') {
      const to = newName(dn, change)
      if (to === null) return null
      const rename = { from: dn, to }
      renames.push(rename)
      carryAll(drafts, rename)
    }
  }
  const entries = drafts.all.map(({ origin, current, changes: own }) => ({
    origin,
    final: current,
    changes: own,
  }))
  return { entries, renames }
}

/** What an entry is called afterwards that no change touches itself. */
export function nameAfter(dn: Dn, renames: readonly Rename[]): Dn {
  return renames.reduce(carry, dn)
}

/** What an entry with this name afterwards is called now; null if a rename has taken the name away. */
export function nameBefore(dn: Dn, renames: readonly Rename[]): Dn | null {
  let name = dn
  for (const { from, to } of [...renames].reverse()) {
    if (isWithin(name, to)) name = carry(name, { from: to, to: from })
    else if (isWithin(name, from)) return null
  }
  return name
}

/** The name that a rename gives the entry itself; null if its parts cannot be read. */
function newName(dn: Dn, change: Extract<ChangeRecord, { type: 'modifyDn' }>): Dn | null {
  const rdn = parseDn(change.newRdn)
  const parent = change.newSuperior === null ? parentDn(dn) : parseDn(change.newSuperior)
  return rdn?.length !== 1 || parent === null ? null : [...rdn, ...parent]
}

function draftFor(dn: Dn, change: ChangeRecord, drafts: Drafts, renames: readonly Rename[]): Draft {
  const name = normalizeDn(dn)
  const known = drafts.byName.get(name)
  if (known !== undefined) return known
  const former = change.type === 'add' ? null : nameBefore(dn, renames)
  // An entry that an earlier change has deleted is not there any more.
  const isGone = former !== null && drafts.gone.has(normalizeDn(former))
  const draft: Draft = { origin: isGone ? null : former, current: dn, changes: [] }
  drafts.all.push(draft)
  drafts.byName.set(name, draft)
  return draft
}

/** The first of two that come to have one name keeps it, as in the list of the changes. */
function carryAll({ all, byName }: Drafts, rename: Rename): void {
  byName.clear()
  for (const draft of all) {
    if (draft.current === null) continue
    draft.current = carry(draft.current, rename)
    const name = normalizeDn(draft.current)
    if (!byName.has(name)) byName.set(name, draft)
  }
}

function carry(dn: Dn, { from, to }: Rename): Dn {
  return isWithin(dn, from) ? [...dn.slice(0, dn.length - from.length), ...to] : dn
}
