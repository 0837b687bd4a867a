/**
 * staged-plan - edits that were put aside to be made together: as data, and as LDIF in the panel's store.
 *
 * An edit is one cn=edit record with the states that it rests on, then its change records. Documents of the store
 * hold the text in pieces; an edit counts only when all of its pieces are there. Text that cannot be read is null,
 * never a part of an edit. Password values are never kept. Pure.
 * Authority: RFC 2849.
 */
import type { EntryState } from '@/lib/changes/checksum'
import { formatTitle, readTitle } from '@/lib/changes/journal/task-title'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { parseLdif } from '@/lib/ldap/ldif'
import { formatChanges, formatEntry } from '@/lib/ldap/ldif-text'
import type { Text } from '@/lib/words/text'

/** A form that was put aside. */
export interface StagedEdit {
  /** Names it within the plan; later ones come later in alphabetical order. */
  readonly name: string
  /** RFC 3339. */
  readonly time: string
  readonly changes: readonly ChangeRecord[]
  readonly basis: readonly EntryState[]
}

export const PLAN_STATES = ['open', 'shared', 'written', 'undone'] as const
export type PlanState = (typeof PLAN_STATES)[number]

export interface PlanHead {
  readonly id: string
  readonly state: PlanState
  /** DN of the maker. */
  readonly maker: string
  readonly makerName: string
  /** RFC 3339. */
  readonly made: string
  /** What it is called; null for the collected edits of forms. */
  readonly title: Text | null
  /** Who has written it, and when; empty before. */
  readonly writerName: string
  readonly written: string
  /** Names of the commits that wrote it. */
  readonly journals: readonly string[]
}

const PIECE = 32_000

/** The text of an edit, in pieces that a document can hold. */
export function piecesOfEdit({ time, changes, basis }: Omit<StagedEdit, 'name'>): readonly string[] {
  const head = formatEntry({
    dn: 'cn=edit',
    attributes: [
      { description: 'time', values: [time] },
      { description: 'basis', values: basis.map(({ dn, entryCsn }) => `${entryCsn} ${dn}`) },
    ],
  })
  const text = head + formatChanges(changes)
  const pieces: string[] = []
  for (let at = 0; at < text.length; at += PIECE) pieces.push(`#${text.slice(at, at + PIECE)}#`)
  return pieces
}

/** The edit of these pieces; null if they are not whole. */
export function editOfPieces(name: string, pieces: readonly string[]): StagedEdit | null {
  // Framed by #, so that no server takes blanks off the ends.
  const parsed = parseLdif(pieces.map((piece) => piece.slice(1, -1)).join(''))
  if (parsed.status === 'invalid') return null
  const [head, ...records] = parsed.records
  if (head?.type !== 'content' || head.entry.dn !== 'cn=edit') return null
  const changes = records.flatMap((record) => (record.type === 'change' ? [record.change] : []))
  if (changes.length < records.length) return null
  const basis = valuesOf(head.entry, 'basis').map((text) => {
    const at = text.indexOf(' ')
    return { entryCsn: text.slice(0, at), dn: text.slice(at + 1) }
  })
  return { name, time: valueOf(head.entry, 'time') ?? '', changes, basis }
}

/** The facts of a plan as text. */
export function formatHead(head: Omit<PlanHead, 'id' | 'state' | 'maker'>): string {
  const { makerName, made, title, writerName, written, journals } = head
  const facts = { makerName, made, title: title === null ? '' : formatTitle(title), writerName, written }
  return formatEntry({
    dn: 'cn=plan',
    attributes: [
      ...Object.entries(facts).map(([description, value]) => ({
        description,
        values: value === '' ? [] : [value],
      })),
      { description: 'journal', values: journals },
    ],
  }).trim()
}

/** The facts of a plan; null if the text is none. */
export function readHead(id: string, state: string, maker: string, text: string): PlanHead | null {
  const parsed = parseLdif(`${text}\n`)
  const [record] = parsed.status === 'parsed' ? parsed.records : []
  if (record?.type !== 'content' || record.entry.dn !== 'cn=plan') return null
  const fact = (name: string): string => valueOf(record.entry, name) ?? ''
  return {
    id,
    state: PLAN_STATES.find((known) => known === state) ?? 'open',
    maker,
    makerName: fact('makerName'),
    made: fact('made'),
    title: readTitle(fact('title')),
    writerName: fact('writerName'),
    written: fact('written'),
    journals: journalsOf(record.entry),
  }
}

function journalsOf(entry: Entry): readonly string[] {
  return valuesOf(entry, 'journal')
}

/** All changes of a plan, in the order in which they were put aside. */
export function changesOfPlan(edits: readonly StagedEdit[]): readonly ChangeRecord[] {
  return edits.flatMap(({ changes }) => changes)
}

/** The states that a plan rests on, each once. */
export function basisOfPlan(edits: readonly StagedEdit[]): readonly EntryState[] {
  const states = new Map(
    edits
      .flatMap(({ basis }) => basis)
      .map((state) => [`${state.entryCsn} ${state.dn.toLowerCase()}`, state]),
  )
  return [...states.values()]
}
