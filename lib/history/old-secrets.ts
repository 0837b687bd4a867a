/**
 * old-secrets - the passwords that a write has overwritten or deleted, put back from the server's log.
 *
 * No journal keeps them. The log does where it keeps old values (logold of slapo-accesslog(5)); the write is found
 * in it by the entryCSN that it took away. A password that was set again since is not overwritten. Without the log,
 * or with no trace of the write in it, the answer is an obstacle in words. Values go from the log to the directory
 * and nowhere else. LDAP round trips: two to find the log, one or two to read it.
 */
import 'server-only'
import { isConcealed } from '@/lib/changes/concealment'
import type { JournalStep } from '@/lib/changes/journal/journal-plan'
import type { Authority } from '@/lib/directory/authority'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { generalizedTimeOf } from '@/lib/ldap/generalized-time'
import type { Text } from '@/lib/words/text'
import { type HistoryEntry, oldValuesOf } from './history-entry'
import { attributesOf } from './obstacle'
import { openSource, readChanges } from './source'

/** The clocks of panel and directory may differ by so much. */
const CLOCKS = 600_000
const MOST_LATER = 200

export interface NoSecrets {
  readonly obstacle: Text
  /** Whether someone has set the password again. */
  readonly changedSince: boolean
}

/**
 * The way back with the passwords that there were.
 * @param back the way back without them; null if there is nothing else to take back
 * @param time of the commit, RFC 3339
 */
export async function withSecrets(
  authority: Authority,
  step: JournalStep,
  back: ChangeRecord | null,
  time: string,
): Promise<ChangeRecord | NoSecrets> {
  const { dn } = step.change
  // Whether a deleted entry had a password may be known to the log alone; one that cannot have any goes back as it was.
  const isComplete = back?.type === 'add' && step.concealed.length === 0 && !mayHavePassword(back)
  const lacking = isComplete ? back : unknown(dn)
  const changes = await readLogged(authority, step, time)
  if (changes === null) return lacking
  if ('obstacle' in changes) return changes
  const own = changes.find(
    ({ type, entryCsnBefore }) => type === step.change.type && entryCsnBefore === step.entryCsn,
  )
  if (own?.old === undefined || own.old === null || step.entryCsn === null) return lacking
  const later = attributesOf(changes.filter(({ id }) => id > own.id))
  if (step.concealed.some((attribute) => later.has(attribute.toLowerCase())))
    return { obstacle: { key: 'undo.passwordChanged', values: { dn } }, changedSince: true }
  if (own.unrecorded.some(isConcealed)) return unknown(dn)
  if (back?.type === 'add') {
    const secrets = own.old.filter(({ description }) => isConcealed(description))
    return { ...back, attributes: [...back.attributes, ...secrets] }
  }
  const modifications = step.concealed.map((attribute): Modification => ({
    operation: 'replace',
    attribute,
    values: oldValuesOf(own, attribute) ?? [],
  }))
  return {
    type: 'modify',
    dn: back?.dn ?? dn,
    modifications: [...(back?.type === 'modify' ? back.modifications : []), ...modifications],
  }
}

/** The object classes of RFC 4519, RFC 2307 and cosine that allow userPassword. */
const WITH_PASSWORD = new Set([
  'person',
  'organizationalperson',
  'inetorgperson',
  'posixaccount',
  'shadowaccount',
  'posixgroup',
  'account',
  'simplesecurityobject',
  'organization',
  'organizationalunit',
  'domain',
  'dmd',
  'postfixbookmailaccount',
])

function mayHavePassword({ attributes }: Extract<ChangeRecord, { type: 'add' }>): boolean {
  const classes = attributes.find(({ description }) => description.toLowerCase() === 'objectclass')
  return (classes?.values ?? []).some((name) => WITH_PASSWORD.has(name.toLowerCase()))
}

/** Null where there is no log. */
async function readLogged(
  authority: Authority,
  { after, entryUuid }: JournalStep,
  time: string,
): Promise<readonly HistoryEntry[] | NoSecrets | null> {
  const source = await openSource(authority)
  if (source.status === 'failed') return unread(source.diagnostic)
  if (source.log === null) return null
  const entries = [{ dn: after.dn, uuid: entryUuid }]
  const from = generalizedTimeOf(Date.parse(time.replace(/(\.\d{3})\d*Z$/, '$1Z')) - CLOCKS)
  const read = await readChanges(source, { people: null, entries, address: '' }, from, null, MOST_LATER)
  return read.status === 'failed' ? unread(read.diagnostic) : read.changes
}

function unread(diagnostic: string): NoSecrets {
  return { obstacle: { key: 'undo.unread', values: { reason: diagnostic } }, changedSince: false }
}

function unknown(dn: string): NoSecrets {
  return { obstacle: { key: 'undo.noPassword', values: { dn } }, changedSince: false }
}
