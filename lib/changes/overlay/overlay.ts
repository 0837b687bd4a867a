/**
 * overlay - the directory as it will be after pending changes.
 *
 * A DirectoryView over another one. Untouched entries come from the live search; touched entries are read
 * through the same view, changed as the server will change them, and matched here. The server's order is
 * kept: a touched entry that newly matches gets its place from a second search that adds an anchor, a value
 * by which the server finds this entry now. A new entry comes last, as slapd numbers it.
 * Whatever cannot be known is a failed search that says "cannot be predicted", never a guess; so is an
 * account that may search what it may not read, told by comparing our own match with the live one.
 * Authority: RFC 4511 section 4.5; slapd(8) for the order of entries.
 */
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { DirectoryView, SearchFailure, SearchRequest, SearchResult } from '@/lib/ldap/directory-view'
import { type Dn, formatDn, isBelow, isSameDn, isWithin, parentDn, parseDn } from '@/lib/ldap/dn'
import type { Entry } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import { selectAttributes } from '@/lib/ldap/attribute-selection'
import { type Newcomer, type PlacedEntry, placeNewcomers } from './overlay-match'
import {
  countsChildren,
  isNoted,
  judgeEntry,
  judgePending,
  namesEntries,
  readsUnchanged,
} from './overlay-verdict'
import { type SeenEntries, type SeenEntry, seeEntries, unpredictable } from './pending-entries'
import { PendingIndex } from './pending-index'
import { followChanges, nameAfter, nameBefore, type PendingNames } from './pending-names'

const NO_SUCH_OBJECT: SearchFailure = { status: 'failed', stage: 'search', resultCode: 32, diagnostic: '' }
const SIZE_LIMIT_EXCEEDED: SearchFailure = {
  status: 'failed',
  stage: 'search',
  resultCode: 4,
  diagnostic: '',
}

/**
 * The view that answers each search as the server will after these changes.
 * @param read the touched entries through this view, where they are read for others too
 */
export function overlayDirectory(
  live: DirectoryView,
  changes: readonly ChangeRecord[],
  schema: Schema,
  read: (() => Promise<SeenEntries>) | null = null,
): DirectoryView {
  if (changes.length === 0) return live
  const names = followChanges(changes)
  if (names === null) {
    const failure = unpredictable('notADn')
    return { ready: () => live.ready(), search: () => Promise.resolve(failure) }
  }
  // Read once, at the first search; a failure is not kept.
  let reading: Promise<PendingIndex | SearchFailure> | null = null
  const see = async (): Promise<PendingIndex | SearchFailure> => {
    reading ??= (read === null ? seeEntries(live, names, schema) : read()).then((seen) =>
      seen.status === 'failed' ? seen : new PendingIndex(seen.entries, schema),
    )
    const seen = await reading
    if ('status' in seen) reading = null
    return seen
  }
  return {
    ready: () => live.ready(),
    search: async (request) => {
      const base = parseDn(request.base)
      if (base === null) return live.search(request)
      const seen = await see()
      if ('status' in seen) return seen
      return new Overlay(live, names, seen, schema, request, base).search()
    },
  }
}

/** One search of the overlay. */
class Overlay {
  constructor(
    private readonly live: DirectoryView,
    private readonly names: PendingNames,
    private readonly seen: PendingIndex,
    private readonly schema: Schema,
    private readonly request: SearchRequest,
    private readonly base: Dn,
  ) {}

  async search(): Promise<SearchResult> {
    const { request, names } = this
    const origin = this.originOfBase()
    if (origin === 'gone') return NO_SUCH_OBJECT
    if (names.renames.length > 0 && namesEntries(request.filter)) return unpredictable('names')
    if (this.seen.altersTree && countsChildren(request)) return unpredictable('children')
    const result =
      origin === 'added' ? ({ status: 'complete', entries: [] } as const) : await this.ask(origin)
    if (result.status === 'failed') return result
    const movedIn = await this.findMovedIn(origin)
    if (movedIn.status === 'failed') return movedIn
    const merged = await this.merge(result.entries, origin)
    if (merged.status === 'failed' || movedIn.entries.length === 0) return merged
    if (merged.entries.length + movedIn.entries.length === 1) return movedIn
    return unpredictable('subtree')
  }

  /** What the search base is called now; it may be new, or no longer there. */
  private originOfBase(): Dn | 'added' | 'gone' {
    if (this.seen.byFinal(this.base).some(({ pending }) => pending.origin === null)) return 'added'
    const origin = nameBefore(this.base, this.names.renames)
    if (origin === null) return 'gone'
    return this.seen.byOrigin(origin)?.pending.final === null ? 'gone' : origin
  }

  private ask(base: Dn): Promise<SearchResult> {
    const { request } = this
    // Touched entries may drop out, so as many more have to fit before the limit is judged.
    const sizeLimit = request.sizeLimit === 0 ? 0 : request.sizeLimit + this.names.entries.length
    const text = isSameDn(base, this.base) ? request.base : formatDn(base)
    return this.live.search({ ...request, base: text, sizeLimit })
  }

  /** Matching entries of subtrees that renames carry into the search base; touched ones are judged elsewhere. */
  private async findMovedIn(origin: Dn | 'added'): Promise<SearchResult> {
    const moved = new Map<string, Entry>()
    const { renames } = this.names
    for (const [at, { from, to }] of renames.entries()) {
      const source = nameBefore(from, renames.slice(0, at))
      if (source === null || !isWithin(to, this.base)) continue
      if (origin !== 'added' && isWithin(source, origin)) continue
      const result = await this.live.search({ ...this.request, base: formatDn(source), scope: 'sub' })
      // The change may rename what it has only just added.
      if (result.status === 'failed' && result.resultCode === NO_SUCH_OBJECT.resultCode) continue
      if (result.status === 'failed') return result
      for (const entry of result.entries) {
        const carried = this.touchedBy(entry) === null ? this.carried(entry) : null
        if (carried !== null && isIn(carried, this.base, this.request.scope)) moved.set(entry.dn, carried)
      }
    }
    return { status: 'complete', entries: [...moved.values()] }
  }

  private async merge(live: readonly Entry[], origin: Dn | 'added'): Promise<SearchResult> {
    const kept: PlacedEntry[] = []
    const found = new Set<SeenEntry>()
    for (const entry of live) {
      const touched = this.touchedBy(entry)
      if (touched !== null) found.add(touched)
      const survivor = touched === null ? this.carried(entry) : this.judged(touched, true)
      if (survivor !== null && 'status' in survivor) return survivor
      if (survivor !== null) kept.push({ origin: entry.dn, entry: survivor })
    }
    const newcomers: Newcomer[] = []
    for (const seen of this.seen.candidates(this.request.filter).filter((entry) => !found.has(entry))) {
      const disagreement = this.disagreement(seen, origin)
      if (disagreement !== null) return disagreement
      const entry = this.judged(seen, false)
      if (entry !== null && 'status' in entry) return entry
      if (entry !== null) newcomers.push({ before: seen.before, entry })
    }
    const request = origin === 'added' ? null : { ...this.request, base: formatDn(origin) }
    const placed = await placeNewcomers(this.live, request, kept, newcomers, this.schema)
    if ('status' in placed) return placed
    const { sizeLimit } = this.request
    if (sizeLimit > 0 && placed.length > sizeLimit) return SIZE_LIMIT_EXCEEDED
    return { status: 'complete', entries: placed }
  }

  /** The touched entry as the search will return it; null if it will not. `listed`: the live search did. */
  private judged(seen: SeenEntry, listed: boolean): Entry | SearchFailure | null {
    const { after, before } = seen
    if (listed && before === null) return unpredictable('cannotRead', { entry: this.nameOf(seen) })
    const isAsBefore = this.isAsBefore(seen)
    const filter = this.seen.narrowed(this.request.filter, seen)
    if (listed && !isAsBefore && judgeEntry(seen.before, filter, this.schema) === false)
      return unpredictable('searchesHidden', { entry: this.nameOf(seen) })
    if (after === null || !this.isInScope(after, listed)) return null
    const verdict = isAsBefore ? listed : judgePending(after, before === null, filter, this.schema)
    if (verdict === 'cannotTell') return unpredictable('rule')
    if (!verdict) return null
    const attributes = selectAttributes(after, this.request.attributes, this.schema)
    const noted = this.request.attributes.find((name) => isNoted(name, before === null, this.schema))
    if (noted !== undefined) return unpredictable('noted', { attribute: noted })
    return { dn: after.dn, attributes }
  }

  /** The live search left the entry out; if by our own match it should be in, our match cannot be trusted. */
  private disagreement(seen: SeenEntry, origin: Dn | 'added'): SearchFailure | null {
    const { before, pending } = seen
    if (before === null || pending.origin === null || origin === 'added') return null
    if (!inScope(pending.origin, origin, this.request.scope) || this.isAsBefore(seen)) return null
    return judgeEntry(before, this.seen.narrowed(this.request.filter, seen), this.schema) === true
      ? unpredictable('cannotSearch', { entry: this.nameOf(seen) })
      : null
  }

  /** Whether the change leaves the server's own verdict on the entry as it is. */
  private isAsBefore({ before, after, hidden }: SeenEntry): boolean {
    if (before === null || after?.dn !== before.dn) return false
    return readsUnchanged(this.request.filter, before, after, hidden, this.schema)
  }

  private isInScope(entry: Entry, listed: boolean): boolean {
    const dn = parseDn(entry.dn)
    if (dn === null) return false
    // Through dereferenced aliases entries are found that are not below the base.
    return inScope(dn, this.base, this.request.scope) || (listed && this.request.dereference !== 0)
  }

  /** An untouched entry under the name that it will have; null if a rename carries it out of scope. */
  private carried(entry: Entry): Entry | null {
    if (this.names.renames.length === 0) return entry
    const dn = parseDn(entry.dn)
    if (dn === null) return entry
    const name = nameAfter(dn, this.names.renames)
    if (isSameDn(name, dn)) return entry
    return inScope(name, this.base, this.request.scope) ? { ...entry, dn: formatDn(name) } : null
  }

  private touchedBy(entry: Entry): SeenEntry | null {
    const dn = parseDn(entry.dn)
    return dn === null ? null : this.seen.byOrigin(dn)
  }

  private nameOf({ pending }: SeenEntry): string {
    return formatDn(pending.origin ?? pending.final ?? [])
  }
}

function isIn(entry: Entry, base: Dn, scope: SearchRequest['scope']): boolean {
  const dn = parseDn(entry.dn)
  return dn !== null && inScope(dn, base, scope)
}

function inScope(dn: Dn, base: Dn, scope: SearchRequest['scope']): boolean {
  if (scope === 'base') return isSameDn(dn, base)
  if (scope === 'sub') return isWithin(dn, base)
  if (scope === 'subordinate') return isBelow(dn, base)
  const parent = parentDn(dn)
  return parent !== null && isSameDn(parent, base)
}
