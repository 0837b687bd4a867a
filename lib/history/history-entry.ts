/**
 * history-entry - one change that was made, as the server's log or the panel's own record has it.
 *
 * For the server alone: the values of passwords are in here, so that an undo can put them back unseen. What
 * goes to the browser is made from it by shown-change. Attributes that the server keeps by itself (entryCSN,
 * modifiersName) are split off: of them only what the panel reckons with is here.
 * Authority: slapo-accesslog(5).
 */
import type { CommitName } from '@/lib/changes/commit/record-entry'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { parseDn } from '@/lib/ldap/dn'
import type { Attribute } from '@/lib/ldap/entry'

export interface HistoryEntry {
  /** reqStart: unique in its log. */
  readonly id: string
  readonly type: ChangeRecord['type']
  /** The entry's name before the change. */
  readonly dn: string
  /** null in logs that do not keep it. */
  readonly entryUuid: string | null
  /** Who made the change, as the server knew them; empty for anonymous. */
  readonly authorizationDn: string
  /** The server's number of the connection. */
  readonly session: string
  readonly entryCsnBefore: string | null
  readonly entryCsnAfter: string | null
  /** For an added entry its attributes, each as an addition. Never operational attributes. */
  readonly modifications: readonly Modification[]
  /** Values before, of the attributes that changed, all for a deleted entry; null where the log keeps none. */
  readonly old: readonly Attribute[] | null
  /** Attributes that changed as well, whose values the log does not hold. */
  readonly unrecorded: readonly string[]
  /** For modifyDn. */
  readonly rename: Rename | null
  /** What it was made together with; null where only the server's log has it. */
  readonly commit: CommitName | null
}

export interface Rename {
  readonly newRdn: string
  readonly deleteOldRdn: boolean
  readonly newSuperior: string | null
}

/** The values of an attribute before the change; null if the log does not say. */
export function oldValuesOf({ old }: HistoryEntry, attribute: string): readonly string[] | null {
  if (old === null) return null
  const wanted = attribute.toLowerCase()
  return old.find(({ description }) => description.toLowerCase() === wanted)?.values ?? []
}

/** The attributes that the change names, each once, as first spelled. */
export function changedAttributesOf(entry: HistoryEntry): readonly string[] {
  const named =
    entry.type === 'delete'
      ? (entry.old ?? []).map(({ description }) => description)
      : entry.modifications.map(({ attribute }) => attribute)
  const seen = new Map<string, string>()
  for (const name of [...named, ...entry.unrecorded]) {
    if (!seen.has(name.toLowerCase())) seen.set(name.toLowerCase(), name)
  }
  return [...seen.values()]
}

/** The change as a change record, as far as the log holds its values. */
export function changeOf(entry: HistoryEntry): ChangeRecord {
  const { dn, rename, modifications } = entry
  switch (entry.type) {
    case 'add': {
      const attributes = modifications.map(({ attribute, values }) => ({ description: attribute, values }))
      return { type: 'add', dn, attributes }
    }
    case 'modify':
      return { type: 'modify', dn, modifications }
    case 'delete':
      return { type: 'delete', dn }
    case 'modifyDn':
      return { type: 'modifyDn', dn, ...(rename ?? { newRdn: '', deleteOldRdn: false, newSuperior: null }) }
  }
}

/** The value that an entry is named by, which is what to call it when nothing better is known. */
export function nameValueOf(dn: string): string {
  return (
    parseDn(dn)?.[0]
      ?.map(({ value }) => value)
      .join(' ') ?? dn
  )
}

/** Every value that an attribute had before or got by the change. */
export function mentionedValues(entry: HistoryEntry, attribute: string): readonly string[] {
  const wanted = attribute.toLowerCase()
  const given = entry.modifications.filter((made) => made.attribute.toLowerCase() === wanted)
  return [...(oldValuesOf(entry, attribute) ?? []), ...given.flatMap(({ values }) => values)]
}
