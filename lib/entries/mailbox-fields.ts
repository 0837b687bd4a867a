/**
 * mailbox-fields - the mailbox form as fields: problems beside them, what differs, and how two versions merge.
 *
 * Free of zod, so that the browser can use it at no cost.
 */
import {
  LIST_FIELDS,
  type ListField,
  type MailboxField,
  TEXT_FIELDS,
  type TextField,
} from './mailbox-attributes'
import { listsOf, type MailboxForm, textsOf } from './mailbox'
import type { Problem } from './problem'

export type { MailboxField } from './mailbox-attributes'

/** A problem of this form; for a list, `index` is the place in it. */
export type FieldProblem = Problem<MailboxField>

/** What someone else changed in a field while the form was open. */
export interface FieldDifference {
  readonly field: MailboxField
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

/** Addresses in the directory compare without case (caseIgnoreIA5Match). */
export function sameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** Field by field, what `after` has and `before` has not, and the reverse. */
export function differencesBetween(before: MailboxForm, after: MailboxForm): readonly FieldDifference[] {
  const texts = TEXT_FIELDS.filter((field) => before[field] !== after[field]).map((field) => ({
    field,
    removed: before[field] === '' ? [] : [before[field]],
    added: after[field] === '' ? [] : [after[field]],
  }))
  const lists = LIST_FIELDS.map((field) => ({
    field,
    removed: before[field].filter((value) => !after[field].includes(value)),
    added: after[field].filter((value) => !before[field].includes(value)),
  })).filter(({ removed, added }) => removed.length + added.length > 0)
  return [...texts, ...lists]
}

/**
 * Lays what a person typed over a newer state of the entry: a text that the person did not touch takes the
 * newer value, and values added to a list or removed from it by either stay added and removed.
 * @param opened what the form was filled with  @param typed the form now  @param current the entry now
 */
export function mergeForms(opened: MailboxForm, typed: MailboxForm, current: MailboxForm): MailboxForm {
  const text = (field: TextField): string => (typed[field] === opened[field] ? current[field] : typed[field])
  const list = (field: ListField): readonly string[] => {
    const removed = opened[field].filter((value) => !typed[field].includes(value))
    const added = typed[field].filter((value) => !opened[field].includes(value))
    const kept = current[field].filter((value) => !removed.includes(value))
    return [...kept, ...added.filter((value) => !kept.some((other) => sameAddress(other, value)))]
  }
  return {
    ...textsOf(TEXT_FIELDS.map((field) => [field, text(field)])),
    ...listsOf(LIST_FIELDS.map((field) => [field, list(field)])),
  }
}
