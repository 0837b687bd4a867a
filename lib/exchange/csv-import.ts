/**
 * csv-import - an imported table as the rows of a job: planned, and compared with what is there already.
 *
 * A row whose address is a mailbox already is left alone. A user name or address that stands twice in the file, or a
 * user name that someone else has, is a problem; an address that is someone's alias is for the preview to judge.
 * LDAP round trips: one for each 100 rows, one or two for each domain (its usual values).
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { search } from '@/lib/directory/service'
import type { MailboxDefaults } from '@/lib/entries/mailbox-defaults'
import { directoryEnvironment } from '@/lib/environment'
import { valuesOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { mailboxDefaults } from '@/lib/lists/mailbox-defaults'
import { giveWay, type JobItem } from '@/lib/plans/job'
import type { Prepared } from '@/lib/plans/job-check'
import type { Text } from '@/lib/words/text'
import type { ColumnMapping } from './csv-columns'
import { type CsvMailbox, domainOfRow, mailboxOfRow } from './csv-mailbox'
import type { CsvRow } from './csv-text'

const ROWS_PER_SEARCH = 100

/** The rows of the job. A text says why they cannot be judged. */
export async function prepareCsv(
  authority: Authority,
  rows: readonly CsvRow[],
  mapping: ColumnMapping,
  report: (done: number, total: number) => void,
): Promise<Prepared | Text> {
  const defaults = await defaultsOfDomains(authority, rows, mapping)
  if ('key' in defaults) return defaults
  const items: JobItem[] = []
  const seen = new Seen()
  for (let at = 0; at < rows.length; at += ROWS_PER_SEARCH) {
    const some = rows.slice(at, at + ROWS_PER_SEARCH).flatMap(({ line, values }) => {
      const usual = defaults.byDomain.get(domainOfRow(values, mapping)) ?? defaults.fallback
      return [{ line, mailbox: mailboxOfRow(values, mapping, usual) }]
    })
    const there = await findThere(
      authority,
      some.map(({ mailbox }) => mailbox),
    )
    if ('key' in there) return there
    for (const { line, mailbox } of some) items.push(itemOf(line, mailbox, there, seen))
    report(items.length, rows.length)
    await giveWay()
  }
  return { items, together: false }
}

/** User names and addresses of earlier rows. */
class Seen {
  private readonly lines = new Map<string, number>()

  /** The line of an earlier row with the same; null if this is the first. */
  before(kind: 'uid' | 'mail', value: string, line: number): number | null {
    const key = `${kind} ${value.toLowerCase()}`
    const earlier = this.lines.get(key)
    if (earlier === undefined) this.lines.set(key, line)
    return earlier ?? null
  }
}

function itemOf(line: number, mailbox: CsvMailbox, there: There, seen: Seen): JobItem {
  const { mail, uid, change, addresses, problems } = mailbox
  const row = { number: line, name: mail === '' ? uid : mail, basis: [], addresses }
  const twice = mail === '' ? null : seen.before('mail', mail, line)
  if (twice !== null) return problemRow(row, [{ key: 'exchange.mailTwice', values: { line: twice } }])
  const holder = there.mails.get(mail.toLowerCase())
  if (holder !== undefined)
    return {
      ...row,
      state: 'exists',
      notes: [{ key: 'exchange.existsAt', values: { dn: holder } }],
      changes: [],
    }
  if (problems.length > 0 || change === null) return problemRow(row, problems)
  const same = seen.before('uid', uid, line)
  if (same !== null) return problemRow(row, [{ key: 'exchange.uidTwice', values: { uid, line: same } }])
  const owner = there.uids.get(uid.toLowerCase())
  if (owner !== undefined) return problemRow(row, [{ key: 'exchange.uidTaken', values: { uid, dn: owner } }])
  return { ...row, state: 'valid', notes: [], changes: [change] }
}

function problemRow(
  row: Pick<JobItem, 'number' | 'name' | 'basis' | 'addresses'>,
  notes: readonly Text[],
): JobItem {
  return { ...row, state: 'problem', notes, changes: [] }
}

interface Defaults {
  readonly byDomain: ReadonlyMap<string, MailboxDefaults>
  readonly fallback: MailboxDefaults
}

type Said = Exclude<Text, string>

async function defaultsOfDomains(
  authority: Authority,
  rows: readonly CsvRow[],
  mapping: ColumnMapping,
): Promise<Defaults | Said> {
  const byDomain = new Map<string, MailboxDefaults>()
  let fallback: MailboxDefaults | null = null
  for (const domain of new Set(['', ...rows.map(({ values }) => domainOfRow(values, mapping))])) {
    const read = await mailboxDefaults(authority, domain)
    if (read.status === 'failed') return { key: 'edit.noAnswer', values: { diagnostic: read.diagnostic } }
    fallback ??= read.defaults
    byDomain.set(domain, read.defaults)
    // What a file of thousands of domains would ask for is not worth the wait.
    if (byDomain.size > MOST_DOMAINS) break
  }
  return fallback === null ? { key: 'bulk.job.nothing' } : { byDomain, fallback }
}

const MOST_DOMAINS = 100

/** DNs of the entries that have these addresses as mailboxes, and these user names; keys in lower case. */
interface There {
  readonly mails: ReadonlyMap<string, string>
  readonly uids: ReadonlyMap<string, string>
}

async function findThere(authority: Authority, mailboxes: readonly CsvMailbox[]): Promise<There | Said> {
  const equal = (attribute: string, value: string): readonly Filter[] =>
    value === '' ? [] : [{ type: 'equality', attribute, value }]
  const filters = mailboxes.flatMap(({ mail, uid }) => [...equal('mail', mail), ...equal('uid', uid)])
  const [mails, uids] = [new Map<string, string>(), new Map<string, string>()]
  if (filters.length === 0) return { mails, uids }
  const result = await search(authority, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    scope: 'sub',
    filter: { type: 'or', filters },
    attributes: ['mail', 'uid'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'failed') return { key: 'edit.noAnswer', values: { diagnostic: result.diagnostic } }
  for (const entry of result.entries) {
    for (const mail of valuesOf(entry, 'mail')) mails.set(mail.toLowerCase(), entry.dn)
    for (const uid of valuesOf(entry, 'uid')) uids.set(uid.toLowerCase(), entry.dn)
  }
  return { mails, uids }
}
