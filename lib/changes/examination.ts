/**
 * examination - everything about a change that preview and commit both need.
 *
 * Two steps: prepare (read the entries, decide whether the person may) and examine (the site's tables before
 * on the live directory and after on the overlay, rehearsal, findings, checksum). Both states are asked by the
 * same lookup code with the tables' own accounts. Independent questions go out together.
 * LDAP round trips: prepare 1 (schema and configuration are kept); examine about 2 for the touched entries as
 * each account sees them, and those of address-reach, the rows and the traces, which run side by side.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { capabilities } from '@/lib/directory/capabilities'
import { discoverSchema } from '@/lib/directory/schema-discovery'
import { directoryEnvironment } from '@/lib/environment'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { isWithin, parseDn } from '@/lib/ldap/dn'
import type { Entry } from '@/lib/ldap/entry'
import type { Schema } from '@/lib/ldap/schema'
import type { LookupResult } from '@/lib/postfix/lookup-result'
import type { LookupFlags } from '@/lib/postfix/lookup-table'
import { type SiteTable, siteTables } from '@/lib/site/postfix-configuration'
import type { Text } from '@/lib/words/text'
import { refusalOfAuthority } from './authorization'
import { checksumOf, type EntryState } from './checksum'
import { entryDifferences, type EntryImage } from './entry-image'
import { type ForeseenRefusal, readCarried, readImages } from './entry-images'
import { followAll, gatherFacts, openStates } from './examination-facts'
import { expectSteps, isStillWanted, tellSteps } from './examination-watch'
import { findingsOf } from '@/lib/changes/findings/findings'
import { findReferrers, type Referrers } from '@/lib/changes/impact/group-references'
import { type Impact, impactOf, type TableImpact } from '@/lib/changes/impact/impact'
import { ldifOfChanges } from './ldif-of-change'
import { answerOf, differenceBetween, isOverLimit, postmapCommand } from '@/lib/changes/impact/lookup-answer'
import { limitOwner } from './owner-limits'
import { ownerRules } from './owner-rules'
import { inTurns, restWhenLong } from './portions'
import type { PendingNames } from '@/lib/changes/overlay/pending-names'
import type { AddressChange, LookupChange, Preview, Rehearsal } from './preview-result'
import { refusedRehearsal, rehearse } from './rehearsal'
import type { TableAnswers } from '@/lib/changes/impact/table-answers'

/** A change with the entries that it touches; the person may make it. */
export interface PreparedChange {
  readonly status: 'prepared'
  readonly changes: readonly ChangeRecord[]
  readonly names: PendingNames
  readonly images: readonly EntryImage[]
  /** Entries that no change names but a rename above them carries along. */
  readonly carried: readonly EntryImage[]
  readonly states: readonly EntryState[]
  readonly refusal: ForeseenRefusal | null
  readonly schema: Schema
  readonly tables: readonly SiteTable[]
  readonly flags: LookupFlags
}

export interface NotPrepared {
  readonly status: 'forbidden' | 'unavailable' | 'refused'
  readonly message: Text
}

/** One row of the preview, with the whole result that was promised. */
export interface PromisedLookup {
  readonly lookup: LookupChange
  readonly table: SiteTable
  readonly promised: LookupResult
  /** The result is over a limit of the table, and was not before. */
  readonly overLimit: boolean
}

export interface Examination {
  readonly preview: Preview
  readonly promises: readonly PromisedLookup[]
}

/** Reads what the change touches, and decides whether the person may make it. */
export async function prepareChange(
  authority: Authority,
  changes: readonly ChangeRecord[],
): Promise<PreparedChange | NotPrepared> {
  const site = siteTables()
  if (site.status === 'broken') return { status: 'unavailable', message: site.message }
  const known = await discoverSchema()
  if (known.status === 'failed') return unanswered(known.diagnostic)
  const read = await readImages(authority, changes, known.schema)
  if (read.status !== 'read') return read
  const { LDAP_DOMAINS_BASE: domains, LDAP_MAIL_BASE: mail } = directoryEnvironment()
  const rules = await ownerRules(authority, read.images)
  if (typeof rules === 'string') return unanswered(rules)
  const refusal = refusalOfAuthority(authority, read.images, { domains, mail }, rules)
  if (refusal !== null) return { status: 'forbidden', message: refusal }
  const carried = await readCarried(authority, read.names)
  if ('status' in carried) return carried
  return {
    ...read,
    status: 'prepared',
    changes,
    carried,
    schema: known.schema,
    tables: site.tables,
    flags: site.flags,
  }
}

function unanswered(diagnostic: string): NotPrepared {
  return { status: 'unavailable', message: { key: 'refusals.noAnswer', values: { diagnostic } } }
}

/** Asks everything before and after, and judges. */
export async function examineChange(authority: Authority, prepared: PreparedChange): Promise<Examination> {
  const { changes, refusal, schema } = prepared
  const entries = entriesBefore(prepared)
  if (refusal !== null) {
    // Without a state after the change there is nothing to look up; the server's own words are better than ours.
    const judged = await rehearse(authority, changes, entries, schema)
    return summarise(
      prepared,
      NOTHING_ASKED,
      judged.status === 'refused' ? judged : refusedRehearsal(refusal),
    )
  }
  if (changes.length === 0) return summarise(prepared, NOTHING_ASKED, NOTHING_TO_DO)
  const rehearsing = rehearse(authority, changes, entries, schema)
  const base = await groupBase()
  const impact = await findImpact(authority, prepared, base)
  const states = openStates(prepared, impact)
  const [rehearsal, promises, followed, facts] = await Promise.all([
    rehearsing,
    promise(prepared, impact.tables, states.before.tables, states.after.tables),
    followAll(authority, prepared, impact, states, base),
    gatherFacts(authority, prepared, states),
  ])
  if (!isStillWanted()) return summarise(prepared, NOTHING_ASKED, rehearsal)
  await restWhenLong()
  const findings = findingsOf({
    ...facts,
    reports: followed.reports,
    unsearched: [...facts.unsearched, ...followed.problems],
    lookups: promises.map(({ lookup }) => lookup),
    overLimit: promises.filter(({ overLimit }) => overLimit).map(({ lookup }) => lookup),
    openTables: prepared.tables.flatMap(({ name }, at) => {
      const reason = impact.tables[at]?.open ?? null
      return reason === null ? [] : [{ map: name, reason }]
    }),
    unpredictable: [...states.unpredictable.values()],
  })
  const judged =
    authority.role === 'owner'
      ? await limitOwner({ ...followed, images: prepared.images, site: states.before.site, findings })
      : findings
  return summarise(prepared, { promises, addresses: followed.addresses, findings: judged }, rehearsal)
}

/** The touched entries as they are; those that the change adds are not there. */
export function entriesBefore({ images }: PreparedChange): readonly Entry[] {
  return images.flatMap(({ before }) => (before === null ? [] : [before]))
}

/** Below it are all entries that a group may name: the suffix that holds the mail base. */
export async function groupBase(): Promise<string> {
  const { LDAP_MAIL_BASE } = directoryEnvironment()
  const known = await capabilities()
  const mail = parseDn(LDAP_MAIL_BASE)
  if (known.status === 'failed' || mail === null) return LDAP_MAIL_BASE
  const suffix = known.namingContexts.find((context) => {
    const dn = parseDn(context)
    return dn !== null && dn.length > 0 && isWithin(mail, dn)
  })
  return suffix ?? LDAP_MAIL_BASE
}

async function findImpact(
  authority: Authority,
  { tables, images, carried, schema, flags }: PreparedChange,
  base: string,
): Promise<Impact> {
  const all = [...images, ...carried]
  const targets = all.flatMap(({ before, after }) => [before, after].filter((entry) => entry !== null))
  const scope = { authority, base, schema }
  const referrers = await Promise.all(
    tables.map(async ({ configuration }): Promise<Referrers> =>
      configuration === null ? { entries: [], problem: null } : findReferrers(scope, configuration, targets),
    ),
  )
  return impactOf(tables, all, referrers, schema, flags)
}

interface Asked {
  readonly promises: readonly PromisedLookup[]
  readonly addresses: readonly AddressChange[]
  readonly findings: Preview['findings']
}

const NOTHING_ASKED: Asked = { promises: [], addresses: [], findings: [] }

const NOTHING_TO_DO: Rehearsal = {
  status: 'accepted',
  resultCode: null,
  message: { key: 'preview.rehearsal.nothingToDo' },
  attribute: null,
}

async function summarise(
  { changes, states, images }: PreparedChange,
  { promises, addresses, findings }: Asked,
  rehearsal: Rehearsal,
): Promise<Examination> {
  const lookups = promises.map(({ lookup }) => lookup)
  await restWhenLong()
  const checksum = await checksumOf({ changes, states, lookups, addresses, findings })
  const ldif = (await inTurns(changes, (change) => ldifOfChanges([change]))).join('')
  const entries = (await inTurns(images, (image) => entryDifferences([image]))).flat()
  return { promises, preview: { checksum, ldif, entries, lookups, addresses, findings, rehearsal } }
}

async function promise(
  { tables }: PreparedChange,
  impacts: readonly TableImpact[],
  before: readonly TableAnswers[],
  after: readonly TableAnswers[],
): Promise<readonly PromisedLookup[]> {
  const each = await Promise.all(
    tables.map(async (table, at): Promise<readonly PromisedLookup[]> => {
      const keys = impacts[at]?.keys ?? []
      await restWhenLong()
      expectSteps(keys.length)
      const [first, second] = await Promise.all([before[at]?.askAll(keys), after[at]?.askAll(keys)])
      tellSteps(keys.length)
      const rows = await inTurns(keys, (key, place): readonly PromisedLookup[] => {
        const [now, then] = [first?.[place], second?.[place]]
        if (now === undefined || then === undefined) return []
        const answers = { before: answerOf(now), after: answerOf(then) }
        const { parameter, name: map } = table
        const difference = differenceBetween(answers.before, answers.after)
        const command = postmapCommand(map, key)
        const lookup = { parameter, map, key, ...answers, difference, command }
        return [{ table, promised: then, overLimit: isOverLimit(then) && !isOverLimit(now), lookup }]
      })
      return rows.flat()
    }),
  )
  return each.flat()
}
