/**
 * mailbox-fields - the fields of the mailbox form: their names, problems beside them, and how two versions merge.
 *
 * Free of zod, so that the browser can use it at no cost.
 */
import type { MailboxForm } from './mailbox'
import type { Problem } from './problem'

export type MailboxField = keyof MailboxForm

/** A problem of this form; for aliases, `index` is the place in the list. */
export type FieldProblem = Problem<MailboxField>

/** What someone else changed in a field while the form was open. */
export interface FieldDifference {
  readonly field: MailboxField
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

const TEXTS = ['cn', 'givenName', 'sn', 'displayName'] as const

/** Addresses in the directory compare without case (caseIgnoreIA5Match). */
export function sameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** Field by field, what `after` has and `before` has not, and the reverse. */
export function differencesBetween(before: MailboxForm, after: MailboxForm): readonly FieldDifference[] {
  const texts = TEXTS.filter((field) => before[field] !== after[field]).map((field) => ({
    field,
    removed: before[field] === '' ? [] : [before[field]],
    added: after[field] === '' ? [] : [after[field]],
  }))
  const removed = before.aliases.filter((alias) => !after.aliases.includes(alias))
  const added = after.aliases.filter((alias) => !before.aliases.includes(alias))
  return removed.length + added.length === 0 ? texts : [...texts, { field: 'aliases', removed, added }]
}

/**
 * Lays what a person typed over a newer state of the entry: a field that the person did not touch takes the
 * newer value, and aliases added and removed by either stay added and removed.
 * @param opened what the form was filled with  @param typed the form now  @param current the entry now
 */
export function mergeForms(opened: MailboxForm, typed: MailboxForm, current: MailboxForm): MailboxForm {
  const text = (field: (typeof TEXTS)[number]): string =>
    typed[field] === opened[field] ? current[field] : typed[field]
  const removed = opened.aliases.filter((alias) => !typed.aliases.includes(alias))
  const added = typed.aliases.filter((alias) => !opened.aliases.includes(alias))
  const kept = current.aliases.filter((alias) => !removed.includes(alias))
  const fresh = added.filter((alias) => !kept.some((other) => sameAddress(other, alias)))
  return {
    givenName: text('givenName'),
    sn: text('sn'),
    cn: text('cn'),
    displayName: text('displayName'),
    aliases: [...kept, ...fresh],
  }
}
