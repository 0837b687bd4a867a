/**
 * write - carries out prepared changes one after the other, and stops at the first that fails.
 *
 * The first write to an entry asserts the entryCSN that the preview rests on; each later one the entryCSN
 * that the write before it left. A server whose uniqueness overlay rejects every assertion (122 although the
 * entry is unchanged) gets the modification without it, with all old values of the attributes named, so that
 * a change made meanwhile still fails (16). After a lost connection the entry is read again.
 * Authority: RFC 4528; RFC 4511 section 4.6 for modifications as one atomic step; slapo-unique(5).
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import type { WriteResult } from '@/lib/directory/outcome'
import { readEntry, write } from '@/lib/directory/service'
import { applyChange } from '@/lib/ldap/change-application'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { formatDn, parseDn } from '@/lib/ldap/dn'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import { shownAttributes } from './concealment'
import type { PreparedChange } from './examination'
import type { CommitResult } from './preview-result'
import { attributeOfRefusal } from './refusal'
import { refusalMessage } from './rehearsal'

const NO_SUCH_ATTRIBUTE = 16
const ASSERTION_FAILED = 122
const KEPT_BY_SERVER = new Set(['entrycsn', 'modifytimestamp', 'modifiersname', 'entrydn', 'contextcsn'])

/** An entry was not as previewed when its turn came. */
export interface Stopped {
  readonly status: 'stale'
  readonly message: string
}

export type Written =
  | { readonly status: 'written' }
  | Stopped
  | Extract<CommitResult, { status: 'refused' }>
  | { readonly status: 'unavailable'; readonly message: string }

/** Writes the changes in order. */
export async function writeChanges(authority: Authority, prepared: PreparedChange): Promise<Written> {
  const { changes, schema } = prepared
  for (const [at, change] of changes.entries()) {
    const done = at === 0 ? 'Nothing was written.' : `${at} of ${changes.length} changes were written before.`
    const before = await currentState(authority, prepared, at)
    if (before !== null && 'status' in before)
      return {
        status: 'unavailable',
        message: `The directory does not answer: ${before.diagnostic}. ${done}`,
      }
    const result = await writeOne(authority, change, before, schema)
    if (result.status === 'refused') return stopped(result, done)
    if (result.status === 'connectionLost') {
      const broken = await afterLostConnection(authority, change, before, schema, result)
      if (broken !== null) return { status: 'unavailable', message: `${broken} ${done}` }
    }
  }
  return { status: 'written' }
}

/** The entry that a change starts from: the previewed one, or for a second change of an entry the one left. */
async function currentState(
  authority: Authority,
  { changes, images }: PreparedChange,
  at: number,
): Promise<Entry | SearchFailure | null> {
  const change = changes[at]
  if (change === undefined || change.type === 'add') return null
  const name = keyOf(change.dn)
  const image = images.find(({ before }) => before !== null && keyOf(before.dn) === name)
  const isFirst = changes.slice(0, at).every((earlier) => keyOf(earlier.dn) !== name)
  if (image !== undefined && isFirst) return image.before
  const read = await readEntry(authority, change.dn)
  if (read.status === 'failed') return read
  return read.status === 'found' ? read.entry : null
}

async function writeOne(
  authority: Authority,
  change: ChangeRecord,
  before: Entry | null,
  schema: Schema,
): Promise<WriteResult> {
  const assertEntryCsn = before === null ? undefined : valueOf(before, 'entryCSN')
  if (before === null || assertEntryCsn === undefined) return write(authority, change)
  const result = await write(authority, change, { assertEntryCsn })
  const asserted = result.status === 'refused' && result.resultCode === ASSERTION_FAILED
  if (!asserted || change.type !== 'modify') return result
  const read = await readEntry(authority, change.dn)
  if (read.status !== 'found' || valueOf(read.entry, 'entryCSN') !== assertEntryCsn) return result
  const guarded = guardByValues(change.modifications, before, change.dn, schema)
  return guarded === null ? result : write(authority, guarded)
}

/** The same modification, which fails unless every attribute that it touches has the values it had. */
function guardByValues(
  modifications: readonly Modification[],
  before: Entry,
  dn: string,
  schema: Schema,
): ChangeRecord | null {
  const applied = applyChange({ type: 'modify', dn, modifications }, before, schema)
  if (applied.status === 'refused' || applied.entry === null) return null
  const { entry } = applied
  const touched = [...new Set(modifications.map(({ attribute }) => attribute))]
  const guarded = touched.flatMap((attribute): Modification[] => {
    const [old, wanted] = [valuesOf(before, attribute), valuesOf(entry, attribute)]
    const removal: Modification[] = old.length === 0 ? [] : [{ operation: 'delete', attribute, values: old }]
    return wanted.length === 0 ? removal : [...removal, { operation: 'add', attribute, values: wanted }]
  })
  return { type: 'modify', dn, modifications: guarded }
}

function stopped(result: Extract<WriteResult, { status: 'refused' }>, done: string): Written {
  const { resultCode, diagnostic } = result
  const message = `${refusalMessage(result)}. ${done}`
  if (resultCode === ASSERTION_FAILED || resultCode === NO_SUCH_ATTRIBUTE) return { status: 'stale', message }
  return { status: 'refused', resultCode, message, attribute: attributeOfRefusal(diagnostic) }
}

/** Nobody knows what became of the write: the entry tells. Null if the change was made, else what holds. */
async function afterLostConnection(
  authority: Authority,
  change: ChangeRecord,
  before: Entry | null,
  schema: Schema,
  result: Extract<WriteResult, { status: 'connectionLost' }>,
): Promise<string | null> {
  const lost = `The connection to the directory was lost (${result.diagnostic}).`
  if (!result.sent) return lost
  const applied = applyChange(change, before, schema)
  const after = applied.status === 'applied' ? applied.entry : null
  const read = await readEntry(authority, after?.dn ?? change.dn)
  if (read.status === 'failed')
    return `${lost} Whether the change of ${change.dn} was made is not known: the entry cannot be read now.`
  const now = read.status === 'found' ? read.entry : null
  const csn = now === null ? undefined : valueOf(now, 'entryCSN')
  if (before !== null && csn === valueOf(before, 'entryCSN')) return `${lost} ${change.dn} is unchanged.`
  if (isAsWritten(after, now)) return null
  return before === null && now === null
    ? `${lost} ${change.dn} was not added.`
    : `${lost} ${change.dn} is neither as before nor as this change would leave it: someone else changed it.`
}

/** Whether the entry is what the change makes of it; values that the server keeps or hashes do not count. */
function isAsWritten(after: Entry | null, now: Entry | null): boolean {
  if (after === null || now === null) return after === now
  return shownAttributes(after.attributes)
    .filter(({ description }) => !KEPT_BY_SERVER.has(description.toLowerCase()))
    .every(({ description, values }) => {
      const current = valuesOf(now, description)
      return current.length === values.length && values.every((value) => current.includes(value))
    })
}

function keyOf(text: string): string {
  const dn = parseDn(text)
  return dn === null ? text : formatDn(dn).toLowerCase()
}
