/**
 * mailbox-findings - a page of the mailboxes with findings, and the findings of one mailbox as it is now.
 *
 * The page rests on the survey, which may be a little older than the directory; one mailbox is judged anew,
 * by the same examiner, from the entries that have to do with its addresses. LDAP round trips: for a page those of
 * found-mailboxes; for one mailbox two side by side, and with a catch-all or a forward some more.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { walkEntries } from '@/lib/directory/entry-walk'
import { discoverSchema } from '@/lib/directory/schema-discovery'
import { search } from '@/lib/directory/service'
import { domainOf, isCatchAll } from '@/lib/entries/address'
import { rowsOfPage } from '@/lib/entries/list-page'
import { MAILBOX_ROW_ATTRIBUTES, readMailboxRow } from '@/lib/entries/mailbox-row'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure, SearchRequest } from '@/lib/ldap/directory-view'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { EXAMINED_ATTRIBUTES, MailboxExaminer } from '@/lib/survey/mailbox-examiner'
import type { MailboxFinding } from '@/lib/survey/mailbox-finding'
import { caseExactAttributes } from '@/lib/survey/never-found'
import {
  findMailboxes,
  type FoundMailboxes,
  readFoundEntries,
  shownFindings,
  sortedFound,
} from './found-mailboxes'
import { hostedDomains } from './hosted-domains'
import type { MailboxPage, MailboxQuery } from './mailboxes'
import { MOST_FOUND } from './survey'

const ADDRESSES_PER_SEARCH = 100
/** Of a domain with a catch-all, so many mailboxes are looked at for one page. */
const MOST_DIVERTED = 1000

export type FoundPage =
  | (Extract<MailboxPage, { status: 'page' }> &
      Pick<FoundMailboxes, 'counts' | 'time'> & {
        readonly findings: ReadonlyMap<string, readonly MailboxFinding[]>
        /** Where the directory has more of them than are listed, how many are; else null. */
        readonly most: number | null
      })
  | SearchFailure

/** One page of the mailboxes with findings that this person may see. */
export async function listFound(authority: Authority, query: MailboxQuery): Promise<FoundPage> {
  const found = await findMailboxes(authority, query)
  if (found.status === 'failed') return found
  const { counts, time, isCut } = found
  const sorted = sortedFound(found.mailboxes, query.sortBy, query.descending === true)
  const shown = rowsOfPage(sorted, query.page)
  const entries = await readFoundEntries(authority, shown, MAILBOX_ROW_ATTRIBUTES)
  if ('status' in entries) return entries
  return {
    status: 'page',
    mailboxes: entries.map(readMailboxRow),
    findings: new Map(shown.map(({ id, findings }) => [id, shownFindings(authority, findings)])),
    total: sorted.length,
    counts,
    time,
    most: isCut ? MOST_FOUND : null,
  }
}

/** The findings of the mailbox in this entry, as the directory is now. */
export async function findingsOfMailbox(
  authority: Authority,
  entry: Entry,
): Promise<{ readonly status: 'judged'; readonly findings: readonly MailboxFinding[] } | SearchFailure> {
  const [hosted, schema, others] = await Promise.all([
    hostedDomains(authority),
    discoverSchema(),
    concernedEntries(authority, entry),
  ])
  if (hosted.status === 'failed') return hosted
  if (schema.status === 'failed') return schema
  if ('status' in others) return others
  const examiner = new MailboxExaminer({
    hosted: hosted.domains,
    caseExact: caseExactAttributes(schema.schema),
  })
  for (const other of others) examiner.add(other)
  const findings = examiner.findings().get(valueOf(entry, 'entryUUID') ?? '') ?? []
  return { status: 'judged', findings: shownFindings(authority, findings) }
}

/** The entry itself and all that its findings can depend on, each once. */
async function concernedEntries(
  authority: Authority,
  entry: Entry,
): Promise<readonly Entry[] | SearchFailure> {
  const found = new Map<string, Entry>([[entry.dn, entry]])
  const keep = (entries: readonly Entry[]): void => {
    for (const one of entries) found.set(one.dn, one)
  }
  const forwards = valuesOf(entry, 'mailForwardingAddress')
  const own = [...valuesOf(entry, 'mail'), ...valuesOf(entry, 'mailAlias')]
  const failure = await gather(authority, keysOf([...own, ...forwards]), keep)
  if (failure !== null) return failure
  // Whether a forward comes back depends on where those lead that take its mail.
  const further = [...found.values()].flatMap((one) => valuesOf(one, 'mailForwardingAddress'))
  if (forwards.length > 0) {
    const failed = await gather(authority, keysOf(further), keep)
    if (failed !== null) return failed
  }
  for (const catchAll of own.filter(isCatchAll)) {
    const failed = await gatherDomain(authority, catchAll, keep)
    if (failed !== null) return failed
  }
  return [...found.values()]
}

/** The addresses themselves, without extension, and the catch-alls of their domains. */
function keysOf(addresses: readonly string[]): readonly string[] {
  const keys = addresses.flatMap((address) => [
    address,
    address.replace(/\+[^@]*@/, '@'),
    `@${domainOf(address) ?? ''}`,
  ])
  return [...new Set(keys.map((key) => key.toLowerCase()))]
}

async function gather(
  authority: Authority,
  keys: readonly string[],
  keep: (entries: readonly Entry[]) => void,
): Promise<SearchFailure | null> {
  for (let at = 0; at < keys.length; at += ADDRESSES_PER_SEARCH) {
    const filters = keys
      .slice(at, at + ADDRESSES_PER_SEARCH)
      .flatMap((value) =>
        ['mail', 'mailAlias'].map((attribute): Filter => ({ type: 'equality', attribute, value })),
      )
    const result = await search(authority, searchFor({ type: 'or', filters }))
    if (result.status === 'failed') return result
    keep(result.entries)
  }
  return null
}

async function gatherDomain(
  authority: Authority,
  catchAll: string,
  keep: (entries: readonly Entry[]) => void,
): Promise<SearchFailure | null> {
  const ends = (attribute: string): Filter => ({
    type: 'substrings',
    attribute,
    initial: null,
    any: [],
    final: catchAll,
  })
  let seen = 0
  return walkEntries(
    authority,
    searchFor({ type: 'or', filters: [ends('mail'), ends('mailAlias')] }),
    MOST_DIVERTED,
    (entries) => {
      keep(entries)
      seen += entries.length
      return seen < MOST_DIVERTED
    },
  )
}

function searchFor(asked: Filter): SearchRequest {
  const mailbox: Filter = { type: 'equality', attribute: 'objectClass', value: 'PostfixBookMailAccount' }
  return {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    scope: 'sub',
    filter: { type: 'and', filters: [mailbox, asked] },
    attributes: [...EXAMINED_ATTRIBUTES],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  }
}
