/**
 * previewed-changes - what persons have previewed lately, so that it can be put aside by the name of its checksum.
 *
 * A plan is never taken from the browser: "Add to plan" sends the checksum of the preview that is on the screen, and
 * the changes behind it are found here. In memory, for half an hour, a bounded number; what is gone is previewed anew
 * by the form. Changes of passwords are not kept.
 */
import 'server-only'
import { LRUCache } from 'lru-cache'
import type { Authority } from '@/lib/directory/authority'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { EntryState } from './checksum'
import { concealedIn } from './concealment'

export interface PreviewedChanges {
  readonly changes: readonly ChangeRecord[]
  /** The states of the entries that the preview rests on. */
  readonly states: readonly EntryState[]
}

/** More are a job of their own (lib/plans). */
const MOST_CHANGES = 200

/** On globalThis, because a server bundle may load this module twice. */
const holder = globalThis as typeof globalThis & {
  postbookPreviewed?: LRUCache<string, PreviewedChanges>
}
const previewed = (holder.postbookPreviewed ??= new LRUCache<string, PreviewedChanges>({
  max: 500,
  ttl: 1_800_000,
}))

/** Keeps what this person has just previewed. */
export function keepPreviewed(authority: Authority, checksum: string, kept: PreviewedChanges): void {
  const { changes } = kept
  if (changes.length === 0 || changes.length > MOST_CHANGES) return
  if (changes.some((change) => concealedIn(change).length > 0)) return
  previewed.set(keyOf(authority, checksum), kept)
}

/** What this person has previewed under this checksum; null if it is not known any more. */
export function previewedChanges(authority: Authority, checksum: string): PreviewedChanges | null {
  return previewed.get(keyOf(authority, checksum)) ?? null
}

function keyOf({ person }: Authority, checksum: string): string {
  return `${checksum} ${person.dn.toLowerCase()}`
}
