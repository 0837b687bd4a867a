/**
 * mailbox-form - from what was typed to change records: shape (zod), problems beside fields, modifications.
 *
 * The modifications name the old values they take away, and only what differs from the entry, so that two
 * people who edit different attributes do not undo each other even without the entryCSN assertion.
 */
import { z } from 'zod'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { aliasProblem } from './address'
import { type FieldProblem, type MailboxField, sameAddress } from './mailbox-fields'
import type { Mailbox, MailboxForm } from './mailbox'

const text = z.string().max(256)

/** Shape of a submitted form; anything else is refused whole. */
export const mailboxForm = z.object({
  givenName: text,
  sn: text,
  cn: text,
  displayName: text,
  aliases: z.array(z.string().max(320)).max(1000),
})

/** A submitted mailbox form: which entry, the state it was opened in, and what was typed. */
export const mailboxSubmission = z.object({
  id: z.uuid(),
  entryCsn: z.string().max(64),
  form: mailboxForm,
})

const NAMES = ['givenName', 'sn', 'cn', 'displayName'] as const

/** The form as it is stored: without blanks around values. */
export function tidyForm(form: MailboxForm): MailboxForm {
  return {
    givenName: form.givenName.trim(),
    sn: form.sn.trim(),
    cn: form.cn.trim(),
    displayName: form.displayName.trim(),
    aliases: form.aliases.map((alias) => alias.trim()),
  }
}

/**
 * Problems of a tidy form, each with its field; none means that it can be planned.
 * @param current the mailbox as it is: aliases that it has already may stay, however odd they are.
 */
export function formProblems(form: MailboxForm, current: Mailbox): readonly FieldProblem[] {
  const names = [
    ...(form.cn === '' ? [{ field: 'cn' as const, message: 'A full name (cn) is required.' }] : []),
    ...(form.sn === '' ? [{ field: 'sn' as const, message: 'A family name (sn) is required.' }] : []),
  ]
  const aliases = form.aliases.flatMap((alias, index) => {
    const message = problemInList(form.aliases, alias, index, current)
    return message === null ? [] : [{ field: 'aliases' as const, index, message }]
  })
  return [...names.map((problem) => ({ ...problem, index: null })), ...aliases]
}

function problemInList(
  aliases: readonly string[],
  alias: string,
  index: number,
  current: Mailbox,
): string | null {
  if (aliases.slice(0, index).some((earlier) => sameAddress(earlier, alias)))
    return 'This alias exists already: it stands in this list twice.'
  if (current.form.aliases.includes(alias)) return null
  if (sameAddress(alias, current.mail)) return 'This is the mailbox’s own address: it needs no alias.'
  return aliasProblem(alias)
}

/**
 * The part of a form that can be previewed while typing goes on: faulty aliases are left out, a faulty name
 * stays as it is in the directory.
 */
export function soundPart(
  form: MailboxForm,
  problems: readonly FieldProblem[],
  current: Mailbox,
): MailboxForm {
  const faulty = (field: MailboxField, index: number | null): boolean =>
    problems.some((problem) => problem.field === field && problem.index === index)
  return {
    ...form,
    cn: faulty('cn', null) ? current.form.cn : form.cn,
    sn: faulty('sn', null) ? current.form.sn : form.sn,
    aliases: form.aliases.filter((_, index) => !faulty('aliases', index)),
  }
}

/** The change records that turn the entry into what the form says; none if it says so already. */
export function planMailbox(entry: Entry, form: MailboxForm): readonly ChangeRecord[] {
  const modifications = [
    ...NAMES.flatMap((attribute) => planText(entry, attribute, form[attribute])),
    ...planAliases(valuesOf(entry, 'mailAlias'), form.aliases),
  ]
  return modifications.length === 0 ? [] : [{ type: 'modify', dn: entry.dn, modifications }]
}

/** Replaces the first value, which is the one that the form shows; further values stay. */
function planText(
  entry: Entry,
  attribute: Exclude<MailboxField, 'aliases'>,
  wanted: string,
): readonly Modification[] {
  const values = valuesOf(entry, attribute)
  const [current = ''] = values
  if (current === wanted) return []
  const removal: Modification[] =
    current === '' ? [] : [{ operation: 'delete', attribute, values: [current] }]
  const known = values.slice(1).includes(wanted)
  const addition: Modification[] =
    wanted === '' || known ? [] : [{ operation: 'add', attribute, values: [wanted] }]
  return [...removal, ...addition]
}

function planAliases(current: readonly string[], wanted: readonly string[]): readonly Modification[] {
  const removed = current.filter((alias) => !wanted.includes(alias))
  const added = wanted.filter((alias) => !current.includes(alias))
  const modification = (operation: 'add' | 'delete', values: readonly string[]): Modification[] =>
    values.length === 0 ? [] : [{ operation, attribute: 'mailAlias', values }]
  return [...modification('delete', removed), ...modification('add', added)]
}
