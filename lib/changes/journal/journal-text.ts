/**
 * journal-text - a commit's journal as LDIF (RFC 2849), written and read.
 *
 * Records: cn=commit (person, time, checksum), then for every write cn=step, the change, its inverse and the entry
 * as it is left; later one cn=result for each write, and cn=closed. Facts are content records, changes are change
 * records, so that any LDIF tool shows them. A last record that is not whole was cut off while it was written and
 * does not count. Anything else that does not fit makes the journal damaged, and why is said. Pure.
 */
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { type LdifRecord, parseLdif } from '@/lib/ldap/ldif'
import { formatChange, formatEntry } from '@/lib/ldap/ldif-text'
import { sessionOfOrigin } from '@/lib/changes/commit/commit-origin'
import type { Text } from '@/lib/words/text'
import type { JournalPlan, JournalStep } from './journal-plan'

/** What became of one write, as far as the writer knew. */
export interface JournalResult {
  /** Place of the write in the plan, from 1. */
  readonly number: number
  readonly status: 'written' | 'refused' | 'unknown'
  readonly message: string
}

/** How a commit ended. */
export type Outcome = 'complete' | 'nothingWritten' | 'continued' | 'undone'

export interface JournalEnd {
  readonly outcome: Outcome
  readonly time: string
  /** Who ended it. */
  readonly person: string
}

export interface Journal extends JournalPlan {
  readonly results: readonly JournalResult[]
  /** null: the commit is not finished. */
  readonly closed: JournalEnd | null
}

export type JournalReading =
  | { readonly status: 'read'; readonly journal: Journal }
  | { readonly status: 'damaged'; readonly message: Text }

/** The plan, before the first write. */
export function formatPlan(plan: JournalPlan): string {
  const { person, session, time, checksum, recovers, task, steps } = plan
  const head = facts('commit', {
    personDn: person.dn,
    personName: person.name,
    personMail: person.mail,
    session,
    time,
    checksum,
    recovers,
    task,
    steps: String(steps.length),
  })
  return ['version: 1\n\n# A commit of Postbook: plan, results, end.\n', head, ...steps.map(formatStep)].join(
    '',
  )
}

/** One result, after its write. */
export function formatResult({ number, status, message }: JournalResult, time: string): string {
  return facts('result', { number: String(number), status, message, time })
}

/** The closing record. */
export function formatEnd({ outcome, time, person }: JournalEnd): string {
  return facts('closed', { outcome, time, person })
}

function formatStep({ change, inverse, after, entryCsn, entryUuid, concealed }: JournalStep): string {
  return [
    facts('step', { entryCSN: entryCsn, entryUUID: entryUuid, concealed }),
    formatChange(change),
    '# Its inverse:\n',
    formatChange(inverse),
    '# What it leaves:\n',
    formatEntry(after),
  ].join('')
}

function facts(kind: string, values: Readonly<Record<string, string | readonly string[] | null>>): string {
  const attributes = Object.entries(values).map(([description, value]) => ({
    description,
    values: value === null ? [] : typeof value === 'string' ? [value] : value,
  }))
  return formatEntry({ dn: `cn=${kind}`, attributes })
}

/** The text up to the end of its last whole record: records end with a blank line. */
export function wholePart(text: string): string {
  return text.slice(0, text.lastIndexOf('\n\n') + 2)
}

/** Reads a journal. */
export function readJournal(text: string): JournalReading {
  const parsed = parseLdif(wholePart(text))
  if (parsed.status === 'invalid')
    return damaged({ key: 'refusals.journalLine', values: { line: parsed.line, reason: parsed.message } })
  const [first, ...rest] = parsed.records
  const head = first === undefined ? null : factsOf(first, 'commit')
  if (head === null) return damaged({ key: 'refusals.journalBegin' })
  const number = Number(valueOf(head, 'steps'))
  const steps: JournalStep[] = []
  for (let at = 0; at < number; at += 1) {
    const step = readStep(rest.slice(at * 4, at * 4 + 4))
    if (step === null) return damaged({ key: 'refusals.journalStep', values: { number: at + 1 } })
    steps.push(step)
  }
  const results: JournalResult[] = []
  let closed: JournalEnd | null = null
  for (const record of rest.slice(number * 4)) {
    const [result, end] = [factsOf(record, 'result'), factsOf(record, 'closed')]
    if (result !== null) results.push(resultOf(result))
    else if (end !== null) closed = endOf(end)
    else return damaged({ key: 'refusals.journalRecord', values: { line: record.line } })
  }
  return { status: 'read', journal: { ...planOf(head), steps, results, closed } }
}

function damaged(message: Text): JournalReading {
  return { status: 'damaged', message }
}

function factsOf(record: LdifRecord, kind: string): Entry | null {
  return record.type === 'content' && record.entry.dn === `cn=${kind}` ? record.entry : null
}

function planOf(head: Entry): Omit<JournalPlan, 'steps'> {
  const text = (name: string): string => valueOf(head, name) ?? ''
  return {
    person: { dn: text('personDn'), name: text('personName'), mail: text('personMail') },
    session: valueOf(head, 'session') ?? sessionOfOrigin({ program: 'panel', address: null }),
    time: text('time'),
    checksum: text('checksum'),
    recovers: valueOf(head, 'recovers') ?? null,
    task: valueOf(head, 'task') ?? null,
  }
}

function readStep([head, change, inverse, after]: readonly LdifRecord[]): JournalStep | null {
  const known = head === undefined ? null : factsOf(head, 'step')
  const [forth, back] = [changeOf(change), changeOf(inverse)]
  if (known === null || forth === null || back === null || after?.type !== 'content') return null
  return {
    change: forth,
    inverse: back,
    after: after.entry,
    entryCsn: valueOf(known, 'entryCSN') ?? null,
    entryUuid: valueOf(known, 'entryUUID') ?? null,
    concealed: valuesOf(known, 'concealed'),
  }
}

function changeOf(record: LdifRecord | undefined): ChangeRecord | null {
  return record?.type === 'change' ? record.change : null
}

function resultOf(record: Entry): JournalResult {
  const status = valueOf(record, 'status')
  return {
    number: Number(valueOf(record, 'number')),
    status: status === 'written' || status === 'refused' ? status : 'unknown',
    message: valueOf(record, 'message') ?? '',
  }
}

const OUTCOMES: readonly Outcome[] = ['complete', 'nothingWritten', 'continued', 'undone']

function endOf(record: Entry): JournalEnd {
  const outcome = OUTCOMES.find((name) => name === valueOf(record, 'outcome')) ?? 'complete'
  return { outcome, time: valueOf(record, 'time') ?? '', person: valueOf(record, 'person') ?? '' }
}
