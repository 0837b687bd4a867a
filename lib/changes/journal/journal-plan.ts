/**
 * journal-plan - what the journal keeps of a commit: each write, what it leaves, and what leads back.
 *
 * Passwords are never kept, in clear or hashed: such a modification stands here by the attribute's name alone,
 * so that a continued or undone commit says that the password has to be set anew. Of a deleted entry everything
 * else that a person may write is kept. Pure.
 */
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { formatDn, formatRdn, parentDn, parseDn } from '@/lib/ldap/dn'
import { type Attribute, type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { isOperational, type Schema } from '@/lib/ldap/schema'
import { concealChange, concealedIn, isConcealed, shownAttributes } from '@/lib/changes/concealment'
import { changedAttributes } from '@/lib/changes/entry-image'
import type { WriteStep } from '@/lib/changes/commit/write-step'

/** One write, without password values. */
export interface JournalStep {
  readonly change: ChangeRecord
  /** What undoes it. A modify names whole attributes, so that it also holds the values that there were. */
  readonly inverse: ChangeRecord
  /** The name afterwards, with the attributes that the write touches as it leaves them; none of a deleted entry. */
  readonly after: Entry
  /** State before; null for an added entry, and where only an earlier write makes it. */
  readonly entryCsn: string | null
  readonly entryUuid: string | null
  /** Attributes that are written and whose values are not kept. */
  readonly concealed: readonly string[]
}

/** Who commits what. */
export interface JournalPlan {
  readonly person: { readonly dn: string; readonly name: string; readonly mail: string }
  /** From where the person did it (commit-origin). */
  readonly session: string
  /** RFC 3339 in UTC, with microseconds (commit-time). */
  readonly time: string
  readonly checksum: string
  /** The commit that this one continues or undoes. */
  readonly recovers: string | null
  /** The task that this commit is a part of (task-journal). */
  readonly task: string | null
  readonly steps: readonly JournalStep[]
}

/** What the journal keeps of these writes. */
export function journalSteps(steps: readonly WriteStep[], schema: Schema): readonly JournalStep[] {
  const written = new Set<string>()
  return steps.map((step) => {
    const { change, before, after } = step
    // The state that an earlier write of this commit leaves is not known beforehand.
    const uuid = before === null ? null : (valueOf(before, 'entryUUID') ?? null)
    const isFirst = uuid !== null && !written.has(uuid)
    if (uuid !== null) written.add(uuid)
    return {
      change: concealChange(change),
      inverse: inverseOf(step, schema),
      after: { dn: after?.dn ?? change.dn, attributes: leftBy(step, schema) },
      entryCsn: before === null || !isFirst ? null : (valueOf(before, 'entryCSN') ?? null),
      entryUuid: uuid,
      concealed: change.type === 'delete' && before !== null ? secretsOf(before) : concealedIn(change),
    }
  })
}

function secretsOf({ attributes }: Entry): readonly string[] {
  return attributes.map(({ description }) => description).filter(isConcealed)
}

function leftBy({ change, before, after }: WriteStep, schema: Schema): readonly Attribute[] {
  if (after === null || change.type === 'modifyDn') return []
  if (change.type === 'add') return writable(after.attributes, schema)
  return touched(before, after).map((attribute) => ({
    description: canonical(attribute, schema),
    values: valuesOf(after, attribute),
  }))
}

function inverseOf({ change, before, after }: WriteStep, schema: Schema): ChangeRecord {
  const { dn } = change
  if (change.type === 'add' || before === null) return { type: 'delete', dn: after?.dn ?? dn }
  if (change.type === 'delete' || after === null)
    return { type: 'add', dn: before.dn, attributes: writable(before.attributes, schema) }
  if (change.type === 'modify') {
    const modifications = touched(before, after).map((attribute): Modification => ({
      operation: 'replace',
      attribute: canonical(attribute, schema),
      values: valuesOf(before, attribute),
    }))
    return { type: 'modify', dn, modifications }
  }
  return renameBack(change, before, after)
}

type ModifyDn = Extract<ChangeRecord, { type: 'modifyDn' }>

function renameBack({ newSuperior }: ModifyDn, before: Entry, after: Entry): ChangeRecord {
  const [from, to] = [parseDn(before.dn) ?? [], parseDn(after.dn) ?? []]
  const wasThere = (to[0] ?? []).some(({ attribute, value }) => valuesOf(before, attribute).includes(value))
  return {
    type: 'modifyDn',
    dn: after.dn,
    newRdn: formatRdn(from[0] ?? []),
    deleteOldRdn: !wasThere,
    newSuperior: newSuperior === null ? null : formatDn(parentDn(from) ?? []),
  }
}

function touched(before: Entry | null, after: Entry): readonly string[] {
  return changedAttributes({ before, after }).filter((attribute) => !isConcealed(attribute))
}

/** What a person may write, passwords left out. */
function writable(attributes: readonly Attribute[], schema: Schema): readonly Attribute[] {
  return shownAttributes(attributes)
    .filter(({ description }) => {
      const type = schema.attributeType(description.split(';')[0] ?? description)
      return type === undefined || (!isOperational(type) && !type.noUserModification)
    })
    .map(({ description, values }) => ({ description: canonical(description, schema), values }))
}

/** The description as the server spells it in its answers. */
function canonical(description: string, schema: Schema): string {
  const [type = '', ...options] = description.split(';')
  return [schema.attributeType(type)?.name ?? type, ...options].join(';')
}
