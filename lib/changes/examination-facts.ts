/**
 * examination-facts - the site opened before and after a change, every affected address followed through both,
 * and what else the findings are judged from.
 *
 * Each state has its tables once (shared-lookups), for the rows of the preview and for all traces. An address
 * that the change names is always listed; one that is only reached through others is listed when what becomes
 * of its mail differs. A site that cannot be opened, or a search that fails, is a problem in words.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { liveAccess } from '@/lib/directory/files'
import { foldCase } from '@/lib/postfix/case-folding'
import type { MailSite } from '@/lib/postfix/resolution-site'
import type { TableAccess } from '@/lib/postfix/table-access'
import { openSite } from '@/lib/site/mail-site'
import { type AddressReport, followAddress } from '@/lib/changes/impact/address-outcome'
import { findReached } from '@/lib/changes/impact/address-reach'
import { followEach, followMany, type Sites } from '@/lib/changes/impact/many-addresses'
import type { PreparedChange } from './examination'
import type { FindingFacts } from '@/lib/changes/findings/finding-facts'
import { addedAddresses, findHolders, findUnreadable } from '@/lib/changes/findings/finding-searches'
import type { Impact } from '@/lib/changes/impact/impact'
import { findKept } from './kept-addresses'
import { findLockedOut } from '@/lib/changes/findings/postmaster-access'
import type { AddressChange } from './preview-result'
import { SharedLookups } from '@/lib/changes/overlay/shared-lookups'
import type { KnownAnswer } from '@/lib/changes/impact/similar-traces'
import { SeenByAccount } from '@/lib/changes/overlay/seen-by-account'
import { overlayAccess } from '@/lib/changes/overlay/site-overlay'
import { TableAnswers } from '@/lib/changes/impact/table-answers'
import { caseExactAttributes } from '@/lib/survey/never-found'
import type { Text } from '@/lib/words/text'

/** One state of the directory as the site's Postfix sees it. */
export interface SiteState {
  /** In the order of the prepared tables. */
  readonly tables: readonly TableAnswers[]
  /** The sentence says why it cannot be opened. */
  readonly site: MailSite | string
  readonly known: KnownAnswer
}

export interface SiteStates {
  readonly before: SiteState
  readonly after: SiteState
  /** Whether a table's answer is surely the same before and after. */
  readonly isSame: (table: string, key: string) => boolean
  /** Why answers after the change could not be predicted; fills while they are asked. */
  readonly unpredictable: ReadonlyMap<string, Text>
  readonly seen: SeenByAccount
}

/** Opens both states; nothing is asked yet. */
export function openStates(prepared: PreparedChange, impact: Impact): SiteStates {
  const unpredictable = new Map<string, Text>()
  const seen = new SeenByAccount(prepared.names, prepared.schema)
  const overlay = overlayAccess(prepared.changes, prepared.schema, unpredictable, seen)
  const isSame = untouchedAnswers(prepared, impact)
  const former = new SharedLookups()
  return {
    before: openState(prepared, former, (access) => access),
    after: openState(prepared, new SharedLookups({ lookups: former, isSame }), overlay),
    isSame,
    unpredictable,
    seen,
  }
}

function openState(
  { tables, flags }: PreparedChange,
  shared: SharedLookups,
  wrap: (access: TableAccess) => TableAccess,
): SiteState {
  const opened = openSite(wrap)
  const access = wrap(liveAccess)
  return {
    site: opened.status === 'open' ? shared.shareSite(opened.site) : opened.message,
    known: (table, key) => shared.known(table, key),
    tables: tables.map((table) => new TableAnswers(table.parameter, shared.share(table.open(access)), flags)),
  }
}

/** Blanks and other scripts can make two spellings one to the server. */
const PLAIN_KEY = /^[a-z0-9@._+=-]*$/

/** By impact: a table whose keys are all listed answers every other key as before. */
function untouchedAnswers({ tables }: PreparedChange, impact: Impact): SiteStates['isSame'] {
  const touched = new Map<string, ReadonlySet<string> | null>()
  for (const [at, { name }] of tables.entries()) {
    const { keys = [], open = null } = impact.tables[at] ?? {}
    const known = touched.get(name)
    touched.set(name, open !== null || known === null ? null : new Set([...keys, ...(known ?? [])]))
  }
  return (table, key) => {
    const keys = touched.get(table.replace(/^proxy:/, ''))
    return keys !== undefined && keys !== null && PLAIN_KEY.test(key) && !keys.has(key)
  }
}

export interface Followed {
  readonly reports: readonly AddressReport[]
  readonly addresses: readonly AddressChange[]
  readonly problems: readonly Text[]
}

/** Follows every address that the change may concern. */
export async function followAll(
  authority: Authority,
  { tables, schema, flags }: PreparedChange,
  impact: Impact,
  { before, after, isSame }: SiteStates,
  base: string,
): Promise<Followed> {
  if (typeof before.site === 'string' || typeof after.site === 'string') {
    const problem = [before.site, after.site].find((site) => typeof site === 'string') ?? ''
    return { reports: [], addresses: [], problems: [problem] }
  }
  const sites: Sites = {
    before: before.site,
    after: after.site,
    known: { before: before.known, after: after.known },
    isSame,
  }
  const named = impact.addresses.filter((address) => !address.startsWith('@'))
  const catchAlls = impact.addresses.filter((address) => address.startsWith('@'))
  const following = followEach(sites, named)
  const probing = Promise.all(catchAlls.map((key) => probe(sites, key)))
  const fold = (key: string): string => (flags.fold ? foldCase(key, flags.utf8) : key)
  const delimiters = sites.before.settings.recipientDelimiter
  const scope = { authority, tables, schema, fold, base, delimiters }
  const reach = await findReached(scope, named, impact.domains)
  const changed = await followMany(sites, reach.addresses)
  const direct = await following
  const listed = [...direct, ...changed]
  return {
    reports: [...listed, ...(await probing)],
    addresses: listed.map((report) => ({
      address: report.address,
      before: report.before.summary,
      after: report.after.summary,
    })),
    problems: reach.problems,
  }
}

async function follow(sites: Sites, address: string): Promise<AddressReport> {
  const [before, after] = await Promise.all([
    followAddress(sites.before, address),
    followAddress(sites.after, address),
  ])
  return { address, before, after }
}

/** No entry is likely to have it, so it goes where the catch-all goes. */
const ANY_LOCAL_PART = 'anyotheraddressofthisdomain'

/** What becomes of mail to an address that only the catch-all knows. */
async function probe(sites: Sites, key: string): Promise<AddressReport> {
  return { ...(await follow(sites, `${ANY_LOCAL_PART}${key}`)), address: key }
}

export type GatheredFacts = Omit<
  FindingFacts,
  'lookups' | 'openTables' | 'unpredictable' | 'reports' | 'overLimit'
>

/** What the findings need beside rows and traces. */
export async function gatherFacts(
  authority: Authority,
  { images, schema, tables }: PreparedChange,
  { after, seen }: SiteStates,
): Promise<GatheredFacts> {
  const [unhosted, holders, kept, lockedOut, unreadable] = await Promise.all([
    typeof after.site === 'string' ? [] : findUnhosted(addedAddresses(images), after.site),
    findHolders(authority, images),
    findKept(authority, images),
    findLockedOut(authority, images),
    findUnreadable(tables, seen, schema),
  ])
  const unsearched = [holders.problem, kept.problem, lockedOut.problem].filter((problem) => problem !== null)
  return {
    images,
    unhosted,
    holders: holders.found,
    kept: kept.found,
    lockedOut: lockedOut.found,
    unreadable,
    unsearched,
    caseExact: caseExactAttributes(schema),
  }
}

/** The domains of these addresses that Postfix does not take mail for. */
async function findUnhosted(addresses: readonly string[], site: MailSite): Promise<readonly string[]> {
  const domains = addresses.flatMap((address) => {
    const at = address.lastIndexOf('@')
    return at < 0 ? [] : [address.slice(at + 1).toLowerCase()]
  })
  const classes = await Promise.all(
    [...new Set(domains)].map(async (domain) => {
      const { summary } = await followAddress(site, `postmaster@${domain}`)
      return { domain, domainClass: summary.domainClass }
    }),
  )
  return classes.filter(({ domainClass }) => domainClass === 'other').map(({ domain }) => domain)
}
