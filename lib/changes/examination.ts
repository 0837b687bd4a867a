/**
 * examination - everything about a change that preview and commit both need.
 *
 * Two steps: prepare (read the entries, decide whether the person may) and examine (the site's tables before
 * on the live directory and after on the overlay, rehearsal, findings, checksum). Both states are asked by the
 * same lookup code with the tables' own accounts. Independent questions go out together.
 * LDAP round trips: prepare 1 (schema and configuration are kept); examine about 2 for the touched entries as
 * each account sees them, 1 or 2 for the rows, and a few more to follow addresses to their mailboxes.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { liveAccess } from '@/lib/directory/files'
import { discoverSchema } from '@/lib/directory/schema-discovery'
import { directoryEnvironment } from '@/lib/environment'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { Schema } from '@/lib/ldap/schema'
import type { LookupResult } from '@/lib/postfix/lookup-result'
import type { LookupFlags } from '@/lib/postfix/lookup-table'
import type { TableAccess } from '@/lib/postfix/table-access'
import { type SiteTable, siteTables } from '@/lib/site/postfix-configuration'
import { refusalOfAuthority } from './authorization'
import { checksumOf, type EntryState } from './checksum'
import { type AddressReport, deliver } from './delivery'
import { entryDifferences, type EntryImage } from './entry-image'
import { type ForeseenRefusal, readImages } from './entry-images'
import type { FindingFacts } from './finding-facts'
import {
  addedAddresses,
  caseExactAttributes,
  findDiverted,
  findHolders,
  findUnreadable,
} from './finding-searches'
import { findingsOf } from './findings'
import { impactOf, type TableImpact, takesDomains } from './impact'
import { ldifOfChanges } from './ldif-of-change'
import { answerOf, differenceBetween, postmapCommand } from './lookup-answer'
import type { PendingNames } from './pending-names'
import type { LookupChange, Preview, Rehearsal } from './preview-result'
import { refusedRehearsal, rehearse } from './rehearsal'
import { overlayAccess } from './site-overlay'
import { deliveryTables, TableAnswers } from './table-answers'

/** A change with the entries that it touches; the person may make it. */
export interface PreparedChange {
  readonly status: 'prepared'
  readonly changes: readonly ChangeRecord[]
  readonly names: PendingNames
  readonly images: readonly EntryImage[]
  readonly states: readonly EntryState[]
  readonly refusal: ForeseenRefusal | null
  readonly schema: Schema
  readonly tables: readonly SiteTable[]
  readonly flags: LookupFlags
}

export interface NotPrepared {
  readonly status: 'forbidden' | 'unavailable' | 'refused'
  readonly message: string
}

/** One row of the preview, with the whole result that was promised. */
export interface PromisedLookup {
  readonly lookup: LookupChange
  readonly table: SiteTable
  readonly promised: LookupResult
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
  if (known.status === 'failed')
    return { status: 'unavailable', message: `The directory does not answer: ${known.diagnostic}` }
  const read = await readImages(authority, changes, known.schema)
  if (read.status !== 'read') return read
  const { LDAP_DOMAINS_BASE: domains, LDAP_MAIL_BASE: mail } = directoryEnvironment()
  const sentence = refusalOfAuthority(authority, read.images, { domains, mail })
  if (sentence !== null) return { status: 'forbidden', message: sentence }
  return {
    ...read,
    status: 'prepared',
    changes,
    schema: known.schema,
    tables: site.tables,
    flags: site.flags,
  }
}

/** Asks everything before and after, and judges. */
export async function examineChange(authority: Authority, prepared: PreparedChange): Promise<Examination> {
  const { changes, refusal } = prepared
  if (refusal !== null) {
    // Without a state after the change there is nothing to look up; the server's own words are better than ours.
    const judged = await rehearse(authority, changes)
    return summarise(prepared, [], [], judged.status === 'refused' ? judged : refusedRehearsal(refusal))
  }
  if (changes.length === 0) return summarise(prepared, [], [], NOTHING_TO_DO)
  const impact = impactOf(prepared.tables, prepared.images, prepared.schema, prepared.flags)
  const before = openTables(prepared, liveAccess)
  const unpredictable = new Set<string>()
  const after = openTables(prepared, overlayAccess(changes, prepared.schema, unpredictable))
  const [rehearsal, promises, facts] = await Promise.all([
    rehearse(authority, changes),
    promise(prepared, impact.tables, before, after),
    gatherFacts(authority, prepared, impact.addresses, before, after),
  ])
  const openOnes = prepared.tables.flatMap(({ name }, at) => {
    const reason = impact.tables[at]?.open ?? null
    return reason === null ? [] : [{ map: name, reason }]
  })
  const lookups = promises.map(({ lookup }) => lookup)
  const findings = findingsOf({ ...facts, lookups, openTables: openOnes, unpredictable: [...unpredictable] })
  return summarise(prepared, promises, findings, rehearsal)
}

const NOTHING_TO_DO: Rehearsal = {
  status: 'accepted',
  resultCode: null,
  message: 'There is nothing to change.',
  attribute: null,
}

async function summarise(
  { changes, states, images }: PreparedChange,
  promises: readonly PromisedLookup[],
  findings: Preview['findings'],
  rehearsal: Rehearsal,
): Promise<Examination> {
  const lookups = promises.map(({ lookup }) => lookup)
  const checksum = await checksumOf({ changes, states, lookups, findings })
  const ldif = ldifOfChanges(changes)
  return {
    promises,
    preview: { checksum, ldif, entries: entryDifferences(images), lookups, findings, rehearsal },
  }
}

function openTables({ tables, flags }: PreparedChange, access: TableAccess): readonly TableAnswers[] {
  return tables.map((table) => new TableAnswers(table.parameter, table.open(access), flags))
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
      const [first, second] = await Promise.all([before[at]?.askAll(keys), after[at]?.askAll(keys)])
      return keys.flatMap((key, place) => {
        const [now, then] = [first?.[place], second?.[place]]
        if (now === undefined || then === undefined) return []
        const answers = { before: answerOf(now), after: answerOf(then) }
        const { parameter, name: map } = table
        const difference = differenceBetween(answers.before, answers.after)
        const command = postmapCommand(map, key)
        return [{ table, promised: then, lookup: { parameter, map, key, ...answers, difference, command } }]
      })
    }),
  )
  return each.flat()
}

type GatheredFacts = Omit<FindingFacts, 'lookups' | 'openTables' | 'unpredictable'>

async function gatherFacts(
  authority: Authority,
  { images, names, schema, tables }: PreparedChange,
  addresses: readonly string[],
  before: readonly TableAnswers[],
  after: readonly TableAnswers[],
): Promise<GatheredFacts> {
  const aliasesOf = (state: readonly TableAnswers[]): readonly TableAnswers[] =>
    state.filter(({ parameter }) => parameter === 'virtual_alias_maps')
  const [reports, unhosted, holders, diverted, unreadable] = await Promise.all([
    followAddresses(addresses, before, after),
    findUnhosted(images, after),
    findHolders(authority, images),
    findDiverted(authority, images, aliasesOf(before), aliasesOf(after)),
    findUnreadable(tables, names, schema),
  ])
  const unsearched = [holders.problem, diverted.problem].filter((problem) => problem !== null)
  return {
    images,
    reports,
    unhosted,
    holders: holders.found,
    diverted: diverted.found,
    unreadable,
    unsearched,
    caseExact: caseExactAttributes(schema),
  }
}

async function followAddresses(
  addresses: readonly string[],
  before: readonly TableAnswers[],
  after: readonly TableAnswers[],
): Promise<readonly AddressReport[]> {
  const keys = addresses.flatMap((address) => [address, address.slice(address.lastIndexOf('@'))])
  const states = [before, after].map((state) => state.filter(({ parameter }) => !takesDomains(parameter)))
  await Promise.all(states.flat().map((table) => table.askAll(keys)))
  const [first, second] = [deliveryTables(before), deliveryTables(after)]
  return Promise.all(
    addresses.map(async (address) => {
      const [now, then] = await Promise.all([deliver(address, first), deliver(address, second)])
      return { address, before: now, after: then }
    }),
  )
}

async function findUnhosted(
  images: readonly EntryImage[],
  after: readonly TableAnswers[],
): Promise<readonly string[]> {
  const domains = addedAddresses(images).flatMap((address) => {
    const at = address.lastIndexOf('@')
    return at < 0 ? [] : [address.slice(at + 1).toLowerCase()]
  })
  const tables = deliveryTables(after)
  const answers = await Promise.all(
    [...new Set(domains)].map(async (domain) => ({ domain, answer: await tables.domain(domain) })),
  )
  return answers
    .filter(({ answer }) => answer !== 'absent' && answer.status === 'notFound')
    .map(({ domain }) => domain)
}
