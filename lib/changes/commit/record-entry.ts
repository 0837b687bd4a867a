/**
 * record-entry - a change as an entry of the panel's own record, in the form of slapo-accesslog(5). Pure.
 *
 * reqMod and reqOld as the server would log them; reqAuthzID is the person, reqSession where they were. Beside these `description` names
 * the attributes whose values are not recorded, because they are passwords, postbookCommit the commit with the number
 * of its writes, and postbookTask the task that the commit is a part of. These two lines are never folded.
 */
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import type { Attribute, Entry } from '@/lib/ldap/entry'
import { generalizedTimeOfMicroseconds } from '@/lib/ldap/generalized-time'
import { concealChange, concealedIn, isConcealed } from '@/lib/changes/concealment'

/** In the panel's own record alone. */
export const COMMIT_ATTRIBUTE = 'postbookCommit'
export const TASK_ATTRIBUTE = 'postbookTask'

/** The base of the record's entry names. No server has it. */
const RECORD_BASE = 'cn=postbook-commits'

/** What a change was made together with. */
export interface CommitName {
  /** As the journal calls it. */
  readonly id: string
  /** How many entries it writes. */
  readonly writes: number
  /** The task that it is a part of (task-journal). */
  readonly task: string | null
}

export interface Made {
  readonly change: ChangeRecord
  /** Attributes that were written and whose values are not in `change`; null: as `change` says. */
  readonly concealed: readonly string[] | null
  /** null where it is not known. */
  readonly entryUuid: string | null
  /** The entry before; null if it was added. */
  readonly before: Entry | null
  /** null where it is not known: of an added entry, or when the commit changed it before. */
  readonly entryCsnBefore: string | null
  /** null where it is not known: of a deleted entry, or when the commit changed it again. */
  readonly entryCsnAfter: string | null
  /** Since 1970, with a fraction for the microseconds. */
  readonly microseconds: number
  readonly personDn: string
  /** From where (commit-origin). */
  readonly session: string
  /** null where it is not known. */
  readonly commit: CommitName | null
}

const TYPES = { add: 'add', modify: 'modify', delete: 'delete', modifyDn: 'modrdn' } as const
const CLASSES = {
  add: 'auditAdd',
  modify: 'auditModify',
  delete: 'auditDelete',
  modifyDn: 'auditModRDN',
} as const
const SIGNS = { add: '+', delete: '-', replace: '=', increment: '#' } as const

/** The record of one change that was made. */
export function recordOf(made: Made): Entry {
  const { change, before, personDn, session, commit } = made
  const start = generalizedTimeOfMicroseconds(made.microseconds)
  const shown = concealChange(change)
  const hidden =
    made.concealed ?? (change.type === 'delete' ? concealedAttributes(before) : concealedIn(change))
  const attributes: readonly (readonly [string, readonly string[]])[] = [
    ['objectClass', [CLASSES[change.type]]],
    ['reqStart', [start]],
    ['reqType', [TYPES[change.type]]],
    ['reqSession', [session]],
    ['reqAuthzID', [personDn]],
    ['reqDN', [change.dn]],
    ['reqMod', [...modLines(shown), ...csnLine('entryCSN:= ', made.entryCsnAfter)]],
    ['reqOld', oldLines(shown, before, made.entryCsnBefore)],
    ...(shown.type === 'modifyDn' ? renameLines(shown) : []),
    ['reqEntryUUID', made.entryUuid === null ? [] : [made.entryUuid]],
    ['description', hidden],
    [COMMIT_ATTRIBUTE, commit === null ? [] : [`${commit.id} ${commit.writes}`]],
    [TASK_ATTRIBUTE, commit?.task == null ? [] : [commit.task]],
    // Last: a record that was cut off while it was written does not have it.
    ['reqResult', ['0']],
  ]
  return {
    dn: `reqStart=${start},${RECORD_BASE}`,
    attributes: attributes
      .filter(([, values]) => values.length > 0)
      .map(([description, values]) => ({ description, values })),
  }
}

function modLines(change: ChangeRecord): readonly string[] {
  switch (change.type) {
    case 'add':
      return change.attributes.flatMap(({ description, values }) =>
        values.map((value) => `${description}:+ ${value}`),
      )
    case 'modify':
      return change.modifications.flatMap((modification, at) => [
        ...(runsTogether(change.modifications[at - 1], modification) ? [':'] : []),
        ...modificationLines(modification),
      ])
    case 'delete':
    case 'modifyDn':
      return []
  }
}

function runsTogether(one: Modification | undefined, other: Modification): boolean {
  return one?.attribute === other.attribute && one.operation === other.operation
}

function modificationLines({ operation, attribute, values }: Modification): readonly string[] {
  const start = `${attribute}:${SIGNS[operation]}`
  return values.length === 0 ? [start] : values.map((value) => `${start} ${value}`)
}

function oldLines(change: ChangeRecord, before: Entry | null, entryCsn: string | null): readonly string[] {
  if (before === null) return []
  const csn = csnLine('entryCSN: ', entryCsn)
  const lines = (attributes: readonly Attribute[]): readonly string[] => [
    ...attributes.flatMap(({ description, values }) => values.map((value) => `${description}: ${value}`)),
    ...csn,
  ]
  const old = before.attributes.filter(
    ({ description }) => !isConcealed(description) && description.toLowerCase() !== 'entrycsn',
  )
  switch (change.type) {
    case 'add':
      return []
    // A rename may take values away or bring them: all are kept, so that it can be taken back exactly.
    case 'delete':
    case 'modifyDn':
      return lines(old)
    case 'modify': {
      const touched = new Set(change.modifications.map(({ attribute }) => attribute.toLowerCase()))
      return lines(old.filter(({ description }) => touched.has(description.toLowerCase())))
    }
  }
}

function csnLine(start: string, csn: string | null): readonly string[] {
  return csn === null ? [] : [`${start}${csn}`]
}

function renameLines(
  change: Extract<ChangeRecord, { type: 'modifyDn' }>,
): readonly (readonly [string, readonly string[]])[] {
  return [
    ['reqNewRDN', [change.newRdn]],
    ['reqDeleteOldRDN', [change.deleteOldRdn ? 'TRUE' : 'FALSE']],
    ['reqNewSuperior', change.newSuperior === null ? [] : [change.newSuperior]],
  ]
}

/** A deleted entry's password attributes; where the panel's account may not read them, userPassword at least. */
function concealedAttributes(before: Entry | null): readonly string[] {
  const seen = (before?.attributes ?? []).map(({ description }) => description).filter(isConcealed)
  return seen.length > 0 ? seen : ['userPassword']
}
