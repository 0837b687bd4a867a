/**
 * survey - one look at every mailbox: how many there are, and what is wrong with which.
 *
 * LDAP cannot count or compare entries with each other, so the mailboxes are walked once in parts, with their
 * addresses alone; kept are sums, and of mailboxes with findings what lists sort and search by. All mailboxes are
 * looked at, whoever asks, because the fault of one may lie in another; who may see what is decided by found-mailboxes.
 * LDAP round trips when nothing is kept: one for each 1,000 mailboxes, one for each 500 with findings, three more.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { walkEntries } from '@/lib/directory/entry-walk'
import { discoverSchema } from '@/lib/directory/schema-discovery'
import { search } from '@/lib/directory/service'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure, SearchRequest } from '@/lib/ldap/directory-view'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import type { AliasList } from '@/lib/survey/address-holders'
import { EXAMINED_ATTRIBUTES, MailboxExaminer } from '@/lib/survey/mailbox-examiner'
import type { MailboxFinding } from '@/lib/survey/mailbox-finding'
import { caseExactAttributes } from '@/lib/survey/never-found'
import { type Sums, TallySheet } from '@/lib/survey/tally-sheet'
import { hostedDomains } from './hosted-domains'
import { PatientCache } from './patient-cache'

const PART = 1000
const IDS_PER_SEARCH = 500
/** LDAP_USER_CANCELLED of OpenLDAP's client library. */
export const USER_CANCELLED = -8
/** Of more, the first are kept; a directory with more has one fault that all of them share. */
export const MOST_FOUND = 20_000

/** A mailbox with findings, with what lists sort and search by. */
export interface FoundMailbox {
  readonly id: string
  /** Values in lower case, as they are compared. */
  readonly mails: readonly string[]
  readonly aliases: readonly string[]
  readonly cn: string
  readonly uid: string
  readonly findings: readonly MailboxFinding[]
}

export interface Survey {
  readonly status: 'surveyed'
  /** Milliseconds since 1970. */
  readonly time: number
  /** Milliseconds that the look took. */
  readonly took: number
  readonly sums: Sums
  /** Hosted domains, in lower case; none of the lists below says anything where this is null. */
  readonly hosted: ReadonlySet<string> | null
  readonly withoutPostmaster: readonly string[]
  readonly withoutAbuse: readonly string[]
  /** Hosted domains with neither a mailbox nor an alias. */
  readonly withoutAddress: readonly string[]
  /** The alias that most mailboxes have. */
  readonly longestList: AliasList | null
  readonly found: readonly FoundMailbox[]
  /** Mailboxes with findings, also beyond those that are kept. */
  readonly foundInAll: number
}

const holder = globalThis as typeof globalThis & { postbookSurveys?: PatientCache<Survey> }

function surveys(): PatientCache<Survey> {
  return (holder.postbookSurveys ??= new PatientCache<Survey>())
}

/** The survey of the whole mail directory. Not narrowed to what the person may see. */
export function survey(authority: Authority): Promise<Survey | SearchFailure> {
  return surveys().get(surveyKey(), directoryEnvironment().LDAP_MAIL_BASE, () => look(authority))
}

/** Is told how many mailboxes were looked at so far; false ends the look. */
export type SurveyWatch = (mailboxes: number) => boolean

/** A new survey, whatever is kept; who asks for the kept one meanwhile does not wait for it. */
export function renewSurvey(authority: Authority, watch: SurveyWatch): Promise<Survey | SearchFailure> {
  return surveys().renew(surveyKey(), directoryEnvironment().LDAP_MAIL_BASE, () => look(authority, watch))
}

/** How many mailboxes there were at the last survey; null before the first. */
export function mailboxesAtLastSurvey(): number | null {
  return surveys().last(surveyKey())?.sums.mailboxes ?? null
}

function surveyKey(): string {
  const { LDAP_URL, LDAP_MAIL_BASE } = directoryEnvironment()
  return JSON.stringify([LDAP_URL, LDAP_MAIL_BASE])
}

async function look(authority: Authority, watch: SurveyWatch = () => true): Promise<Survey | SearchFailure> {
  const started = performance.now()
  const [hosted, known] = await Promise.all([hostedDomains(authority), discoverSchema()])
  if (hosted.status === 'failed') return hosted
  if (known.status === 'failed') return known
  const sheet = new TallySheet([...(hosted.domains ?? [])])
  const examiner = new MailboxExaminer({
    hosted: hosted.domains,
    caseExact: caseExactAttributes(known.schema),
  })
  const mailbox: Filter = { type: 'equality', attribute: 'objectClass', value: 'PostfixBookMailAccount' }
  const watched = { mailboxes: 0, isStopped: false }
  const failure = await walkEntries(authority, searchFor(mailbox, EXAMINED_ATTRIBUTES), PART, (entries) => {
    for (const entry of entries) {
      sheet.add(entry)
      examiner.add(entry)
    }
    watched.mailboxes += entries.length
    watched.isStopped = !watch(watched.mailboxes)
    return !watched.isStopped
  })
  if (failure !== null) return failure
  if (watched.isStopped)
    return { status: 'failed', stage: 'search', resultCode: USER_CANCELLED, diagnostic: 'stopped' }
  const findings = examiner.findings()
  const found = await readFound(authority, findings)
  if ('status' in found) return found
  return {
    status: 'surveyed',
    time: Date.now(),
    took: performance.now() - started,
    sums: sheet.sums(),
    hosted: hosted.domains,
    withoutPostmaster: examiner.domainsWithout('postmaster'),
    withoutAbuse: examiner.domainsWithout('abuse'),
    withoutAddress: examiner.domainsWithoutAddress(),
    longestList: examiner.longestList(),
    found,
    foundInAll: findings.size,
  }
}

/** Reads what the mailboxes with findings are sorted and searched by. */
async function readFound(
  authority: Authority,
  findings: ReadonlyMap<string, readonly MailboxFinding[]>,
): Promise<readonly FoundMailbox[] | SearchFailure> {
  const ids = [...findings.keys()].slice(0, MOST_FOUND)
  const found: FoundMailbox[] = []
  for (const filter of filtersOfIds(ids)) {
    const attributes = ['mail', 'mailAlias', 'cn', 'uid', 'entryUUID']
    const result = await search(authority, searchFor(filter, attributes))
    if (result.status === 'failed') return result
    for (const entry of result.entries) found.push(foundMailbox(entry, findings))
  }
  // As lists mostly are, so that they have little left to sort.
  return found.sort((one, other) => ((one.mails[0] ?? '') < (other.mails[0] ?? '') ? -1 : 1))
}

/** Filters that together find the mailboxes with these ids: a long `or` is slow, as each entry is compared with it. */
export function filtersOfIds(ids: readonly string[]): readonly Filter[] {
  const filters: Filter[] = []
  for (let at = 0; at < ids.length; at += IDS_PER_SEARCH) {
    const some = ids.slice(at, at + IDS_PER_SEARCH)
    const equal = some.map((value): Filter => ({ type: 'equality', attribute: 'entryUUID', value }))
    filters.push({ type: 'or', filters: equal })
  }
  return filters
}

function foundMailbox(entry: Entry, findings: ReadonlyMap<string, readonly MailboxFinding[]>): FoundMailbox {
  const id = valueOf(entry, 'entryUUID') ?? ''
  return {
    id,
    mails: valuesOf(entry, 'mail').map((value) => value.toLowerCase()),
    aliases: valuesOf(entry, 'mailAlias').map((value) => value.toLowerCase()),
    cn: (valueOf(entry, 'cn') ?? '').toLowerCase(),
    uid: (valueOf(entry, 'uid') ?? '').toLowerCase(),
    findings: findings.get(id) ?? [],
  }
}

function searchFor(filter: Filter, attributes: readonly string[]): SearchRequest {
  return {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    scope: 'sub',
    filter,
    attributes: [...attributes],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  }
}
