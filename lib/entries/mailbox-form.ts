/**
 * mailbox-form - from what was typed to change records: shape (zod), the part that can be planned, modifications.
 *
 * The modifications name the old values they take away, and only what differs from the entry, so that two
 * people who edit different attributes do not undo each other even without the entryCSN assertion. The class
 * PostfixBookMailForward comes with the first forwarding address and goes with the last. Pure.
 */
import { z } from 'zod'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { listsOf, type MailboxForm, readForm, textsOf } from './mailbox'
import {
  attributeOf,
  hasEquality,
  isListField,
  LIST_FIELDS,
  type ListField,
  type MailboxField,
  TEXT_FIELDS,
  type TextField,
} from './mailbox-attributes'
import type { FieldProblem } from './mailbox-fields'
import { postalAddressOfLines } from './postal-address'
import { parseQuota } from './quota'

export { formProblems } from './mailbox-problems'

const text = z.string().max(256)
const longText = z.string().max(8192)
const list = z.array(z.string().max(512)).max(1000)

const LONG_TEXTS: readonly TextField[] = [
  'postalAddress',
  'mailSieveRuleSource',
  'mailHomeDirectory',
  'mailStorageDirectory',
]

const texts = Object.fromEntries(
  TEXT_FIELDS.map((field) => [field, LONG_TEXTS.includes(field) ? longText : text]),
) as Record<TextField, z.ZodString>
const lists = Object.fromEntries(LIST_FIELDS.map((field) => [field, list])) as Record<ListField, typeof list>

/** Shape of a submitted form; anything else is refused whole. */
export const mailboxForm = z.object({ ...texts, ...lists })

/** A submitted mailbox form: which entry, the state it was opened in, and what was typed. */
export const mailboxSubmission = z.object({
  id: z.uuid(),
  entryCsn: z.string().max(64),
  form: mailboxForm,
})

/** The form as it is stored: without blanks around values. */
export function tidyForm(form: MailboxForm): MailboxForm {
  return {
    ...textsOf(TEXT_FIELDS.map((field) => [field, form[field].replaceAll('\r\n', '\n').trim()])),
    ...listsOf(LIST_FIELDS.map((field) => [field, form[field].map((value) => value.trim())])),
  }
}

/**
 * The part of a form that can be previewed while typing goes on: a faulty value of a list is left out, a text or
 * list that is faulty as a whole stays as it is in the directory.
 */
export function soundPart(
  form: MailboxForm,
  problems: readonly FieldProblem[],
  current: MailboxForm,
): MailboxForm {
  const faulty = (field: MailboxField, index: number | null): boolean =>
    problems.some((problem) => problem.field === field && problem.index === index)
  return {
    ...textsOf(TEXT_FIELDS.map((field) => [field, faulty(field, null) ? current[field] : form[field]])),
    ...listsOf(
      LIST_FIELDS.map((field) => [
        field,
        faulty(field, null) ? current[field] : form[field].filter((_, index) => !faulty(field, index)),
      ]),
    ),
  }
}

/** The change records that turn the entry into what the form says; none if it says so already. */
export function planMailbox(entry: Entry, form: MailboxForm): readonly ChangeRecord[] {
  const before = readForm(entry)
  const modifications = [
    ...forwardClass(entry, before, form),
    ...TEXT_FIELDS.flatMap((field) =>
      before[field] === form[field] ? [] : planText(entry, field, storedText(field, form[field])),
    ),
    ...LIST_FIELDS.flatMap((field) => planList(field, before[field], form[field])),
  ]
  return modifications.length === 0 ? [] : [{ type: 'modify', dn: entry.dn, modifications }]
}

/** What the directory holds for a text of the form. */
export function storedText(field: TextField, shown: string): string {
  if (field === 'mailQuota') return parseQuota(shown) ?? shown
  return field === 'postalAddress' ? postalAddressOfLines(shown) : shown
}

/** The object class with which an entry may have forwarding addresses. */
export const FORWARD_CLASS = 'PostfixBookMailForward'

function forwardClass(entry: Entry, before: MailboxForm, after: MailboxForm): readonly Modification[] {
  const there = valuesOf(entry, 'objectClass').find(
    (name) => name.toLowerCase() === FORWARD_CLASS.toLowerCase(),
  )
  const [had, has] = [before, after].map((form) => form.mailForwardingAddress.length > 0)
  if (has === true && there === undefined)
    return [{ operation: 'add', attribute: 'objectClass', values: [FORWARD_CLASS] }]
  if (has === false && had === true && there !== undefined)
    return [{ operation: 'delete', attribute: 'objectClass', values: [there] }]
  return []
}

/** Replaces the first value, which is the one that the form shows; further values stay. */
function planText(entry: Entry, field: TextField, wanted: string): readonly Modification[] {
  const [current = '', ...others] = valuesOf(entry, field)
  if (current === wanted) return []
  const known = others.includes(wanted)
  const fresh = wanted === '' || known ? [] : [wanted]
  if (!hasEquality(field)) return [{ operation: 'replace', attribute: field, values: [...fresh, ...others] }]
  return [
    ...modification('delete', field, current === '' ? [] : [current]),
    ...modification('add', field, fresh),
  ]
}

function planList(
  field: ListField,
  current: readonly string[],
  wanted: readonly string[],
): readonly Modification[] {
  const removed = current.filter((value) => !wanted.includes(value))
  const added = wanted.filter((value) => !current.includes(value))
  const attribute = attributeOf(field)
  if (!hasEquality(field) && removed.length + added.length > 0)
    return [{ operation: 'replace', attribute, values: wanted }]
  return [...modification('delete', attribute, removed), ...modification('add', attribute, added)]
}

function modification(
  operation: 'add' | 'delete',
  attribute: string,
  values: readonly string[],
): readonly Modification[] {
  return values.length === 0 ? [] : [{ operation, attribute, values }]
}

/** The attributes of a new entry that the form gives. */
export function attributesOfForm(
  form: MailboxForm,
): readonly { readonly description: string; readonly values: readonly string[] }[] {
  return [...TEXT_FIELDS, ...LIST_FIELDS].flatMap((field) => {
    const values = isListField(field)
      ? form[field]
      : [storedText(field, form[field])].filter((value) => value !== '')
    return values.length === 0 ? [] : [{ description: attributeOf(field), values }]
  })
}
