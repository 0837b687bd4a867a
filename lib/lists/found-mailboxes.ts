/**
 * found-mailboxes - the mailboxes with findings: which a person may see, narrowed, sorted and paged.
 *
 * No filter can ask for them, as a finding compares entries with each other. The survey keeps what they are narrowed
 * and sorted by; only the entries of a page are read, by their ids. An `or` of all ids, sorted by the server, would
 * cost as the square of their number: each entry is compared with each id. LDAP round trips: those of the
 * survey when none is kept, one to see whether it may be used again, one for a page.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { search } from '@/lib/directory/service'
import { domainOf } from '@/lib/entries/address'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { type Entry, valueOf } from '@/lib/ldap/entry'
import { FINDING_CODES, type FindingCode, type MailboxFinding } from '@/lib/survey/mailbox-finding'
import { mayShow } from './alias-facts'
import { filtersOfIds, type FoundMailbox, survey } from './survey'
import { visibleMailboxes } from './visibility'

/** What narrows the list; everything empty for all. */
export interface FoundQuery {
  readonly text: string
  readonly domain: string
  readonly finding?: FindingCode | null
}

export interface FoundMailboxes {
  readonly status: 'found'
  /** When the directory was looked at, in milliseconds since 1970. */
  readonly time: number
  readonly mailboxes: readonly FoundMailbox[]
  /** How many mailboxes have each finding, before the list is narrowed to one. */
  readonly counts: readonly { readonly code: FindingCode; readonly count: number }[]
  /** Whether the directory has more mailboxes with findings than are listed. */
  readonly isCut: boolean
}

/** The mailboxes with findings that this person may see; their findings are not to be shown but by shownFindings. */
export async function findMailboxes(
  authority: Authority,
  { text, domain, finding = null }: FoundQuery,
): Promise<FoundMailboxes | SearchFailure> {
  const known = await survey(authority)
  if (known.status === 'failed') return known
  const wanted = text.toLowerCase()
  const mailboxes = known.found.filter((mailbox) => {
    const isVisible = mailbox.mails.some((mail) => mayShow(authority, mail))
    const isInDomain = domain === '' || mailbox.mails.some((mail) => domainOf(mail) === domain)
    return (isVisible || authority.role === 'postmaster') && isInDomain && contains(mailbox, wanted)
  })
  return {
    status: 'found',
    time: known.time,
    mailboxes:
      finding === null
        ? mailboxes
        : mailboxes.filter(({ findings }) => findings.some(({ code }) => code === finding)),
    counts: countsOf(mailboxes),
    isCut: known.foundInAll > known.found.length,
  }
}

function countsOf(mailboxes: readonly FoundMailbox[]): FoundMailboxes['counts'] {
  const counts = new Map<FindingCode, number>()
  for (const { findings } of mailboxes)
    for (const code of new Set(findings.map((finding) => finding.code)))
      counts.set(code, (counts.get(code) ?? 0) + 1)
  return FINDING_CODES.flatMap((code) => {
    const count = counts.get(code)
    return count === undefined ? [] : [{ code, count }]
  })
}

/** The findings without the addresses that this person may not see. */
export function shownFindings(
  authority: Authority,
  findings: readonly MailboxFinding[],
): readonly MailboxFinding[] {
  return findings.map((finding) =>
    finding.other === '' || mayShow(authority, finding.other) ? finding : { ...finding, other: '' },
  )
}

/** In the order of the list; without the attribute last, as the server puts them. */
export function sortedFound(
  mailboxes: readonly FoundMailbox[],
  sortBy: 'mail' | 'cn' | 'uid',
  descending: boolean,
): readonly FoundMailbox[] {
  const keyOf = (mailbox: FoundMailbox): string =>
    sortBy === 'mail' ? (mailbox.mails[0] ?? '') : mailbox[sortBy]
  const direction = descending ? -1 : 1
  return [...mailboxes].sort((one, other) => {
    const [first, second] = [keyOf(one), keyOf(other)]
    if (first === '' || second === '') return Number(first === '') - Number(second === '')
    return first === second ? 0 : (first < second ? -1 : 1) * direction
  })
}

/** The entries of these mailboxes in their order, as far as they are there and the person may see them. */
export async function readFoundEntries(
  authority: Authority,
  mailboxes: readonly FoundMailbox[],
  attributes: readonly string[],
): Promise<readonly Entry[] | SearchFailure> {
  const entries = new Map<string, Entry>()
  for (const filter of filtersOfIds(mailboxes.map(({ id }) => id))) {
    const result = await search(authority, {
      base: directoryEnvironment().LDAP_MAIL_BASE,
      scope: 'sub',
      filter: { type: 'and', filters: [filter, visibleMailboxes(authority)] },
      attributes,
      sizeLimit: 0,
      timeLimit: 0,
      dereference: 0,
    })
    if (result.status === 'failed') return result
    for (const entry of result.entries) entries.set(valueOf(entry, 'entryUUID') ?? '', entry)
  }
  return mailboxes.flatMap(({ id }) => entries.get(id) ?? [])
}

function contains({ mails, aliases, cn, uid }: FoundMailbox, text: string): boolean {
  if (text === '' || cn.includes(text) || uid.includes(text)) return true
  return mails.some((mail) => mail.includes(text)) || aliases.some((alias) => alias.includes(text))
}
