/**
 * ldif-import - an LDIF file as the rows of a job.
 *
 * Entries are added, change records taken as they are. What the server keeps by itself is left out of entries, so
 * that a dump of slapcat(8) can be read; an entry that is there already is left alone. Records that build on each
 * other (one name twice, an entry below another, a rename) are previewed and written as one part, of which there is
 * a limit. LDAP round trips: one for each 200 records.
 * Authority: RFC 2849; RFC 4512 section 3.4 for operational attributes.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { readEntry } from '@/lib/directory/service'
import { discoverSchema } from '@/lib/directory/schema-discovery'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { normalizeDn, parseDn } from '@/lib/ldap/dn'
import { type Attribute, valueOf } from '@/lib/ldap/entry'
import type { LdifRecord } from '@/lib/ldap/ldif'
import { giveWay, type JobItem } from '@/lib/plans/job'
import type { Prepared } from '@/lib/plans/job-check'
import type { Text } from '@/lib/words/text'

const READ_AT_A_TIME = 200
/** Records that build on each other. */
export const MOST_TOGETHER = 1_000

/** The rows of the job. A text says why they cannot be judged. */
export async function prepareLdif(
  authority: Authority,
  records: readonly LdifRecord[],
  report: (done: number, total: number) => void,
): Promise<Prepared | Text> {
  const known = await discoverSchema()
  if (known.status === 'failed') return { key: 'edit.noAnswer', values: { diagnostic: known.diagnostic } }
  const isKept = ({ description }: Attribute): boolean => {
    const type = known.schema.attributeType(description.split(';')[0] ?? '')
    return type === undefined || type.usage === 'userApplications'
  }
  const wanted = records.map((record) => ({
    line: record.line,
    isContent: record.type === 'content',
    change:
      record.type === 'change'
        ? record.change
        : ({ type: 'add', dn: record.entry.dn, attributes: record.entry.attributes.filter(isKept) } as const),
  }))
  const together = buildOnEachOther(wanted.map(({ change }) => change))
  if (together && wanted.length > MOST_TOGETHER)
    return { key: 'exchange.tooManyTogether', values: { most: MOST_TOGETHER } }
  const items: JobItem[] = []
  for (let at = 0; at < wanted.length; at += READ_AT_A_TIME) {
    const some = wanted.slice(at, at + READ_AT_A_TIME)
    const read = await Promise.all(some.map(({ change }) => readEntry(authority, change.dn, ['entryCSN'])))
    for (const [place, one] of some.entries()) {
      const found = read[place]
      if (found?.status === 'failed')
        return { key: 'edit.noAnswer', values: { diagnostic: found.diagnostic } }
      items.push(
        itemOf(one, found?.status === 'found' ? (valueOf(found.entry, 'entryCSN') ?? '') : null, together),
      )
    }
    report(items.length, wanted.length)
    await giveWay()
  }
  return { items, together }
}

interface Wanted {
  readonly line: number
  readonly isContent: boolean
  readonly change: ChangeRecord
}

/** @param entryCsn of the entry as it is; null if it is not there */
function itemOf({ line, isContent, change }: Wanted, entryCsn: string | null, together: boolean): JobItem {
  const row = { number: line, name: change.dn, addresses: addressesIn(change) }
  if (isContent && entryCsn !== null)
    return { ...row, state: 'exists', notes: [{ key: 'exchange.entryExists' }], changes: [], basis: [] }
  if (change.type !== 'add' && entryCsn === null && !together)
    return { ...row, state: 'problem', notes: [{ key: 'exchange.notThere' }], changes: [], basis: [] }
  const basis = change.type === 'add' || entryCsn === null ? [] : [{ dn: change.dn, entryCsn }]
  return { ...row, state: 'valid', notes: [], changes: [change], basis }
}

/** Whether the order of these changes matters. */
export function buildOnEachOther(changes: readonly ChangeRecord[]): boolean {
  const names = new Set<string>()
  for (const { dn } of changes) {
    const parsed = parseDn(dn)
    const name = parsed === null ? dn : normalizeDn(parsed)
    if (names.has(name)) return true
    names.add(name)
  }
  return changes.some(({ dn, type }) => {
    if (type === 'modifyDn') return true
    const parsed = parseDn(dn) ?? []
    return parsed.some((_, depth) => depth > 0 && names.has(normalizeDn(parsed.slice(depth))))
  })
}

const ADDRESSES = new Set(['mail', 'mailalias', 'mailforwardingaddress', 'mailgroupmember'])

function addressesIn(change: ChangeRecord): readonly string[] {
  const isAddress = (name: string): boolean => ADDRESSES.has(name.toLowerCase())
  const values =
    change.type === 'add'
      ? change.attributes.filter(({ description }) => isAddress(description)).flatMap((one) => one.values)
      : change.type === 'modify'
        ? change.modifications.filter(({ attribute }) => isAddress(attribute)).flatMap((one) => one.values)
        : []
  return values.map((value) => value.toLowerCase())
}
