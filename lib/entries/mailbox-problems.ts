/**
 * mailbox-problems - what is wrong with a mailbox form, beside its fields.
 *
 * Only what was typed is judged: a value that the entry has already may stay, however odd it is. The directory's
 * schema judges again in the rehearsal. Authority: the syntaxes of RFC 4517, and of the Postfix Book schema, whose
 * class PostfixBookMailForward demands an alias. Pure.
 */
import type { Text } from '@/lib/words/text'
import { addressProblem, aliasProblem } from './address'
import type { MailboxForm } from './mailbox'
import {
  LIST_FIELDS,
  type ListField,
  type MailboxField,
  TEXT_FIELDS,
  type TextField,
} from './mailbox-attributes'
import { type FieldProblem, sameAddress } from './mailbox-fields'
import { parseQuota } from './quota'

/** What the form is judged against. */
export interface JudgedAgainst {
  /** What the entry has now; empty for a new one. */
  readonly form: MailboxForm
  /** The mailbox's own address. */
  readonly mail: string
}

/** Problems of a tidy form, each with its field; none means that it can be planned. */
export function formProblems(form: MailboxForm, current: JudgedAgainst): readonly FieldProblem[] {
  const texts = TEXT_FIELDS.flatMap((field) => {
    if (form[field] === current.form[field] && form[field] !== '') return []
    const message = textProblem(field, form[field])
    return message === null ? [] : [{ field, index: null, message }]
  })
  const lists = LIST_FIELDS.flatMap((field) =>
    form[field].flatMap((value, index) => {
      const message = problemInList(field, form[field], index, value, current)
      return message === null ? [] : [{ field, index, message }]
    }),
  )
  return [...texts, ...lists, ...forwardProblems(form, current.form)]
}

/** PostfixBookMailForward MUST mailAlias: without an alias the directory takes no forwarding address. */
function forwardProblems(form: MailboxForm, before: MailboxForm): readonly FieldProblem[] {
  if (form.mailForwardingAddress.length === 0 || form.aliases.length > 0) return []
  const field = before.aliases.length > 0 ? 'aliases' : 'mailForwardingAddress'
  return [{ field, index: null, message: { key: 'mailbox.problem.forwardNeedsAlias' } }]
}

const ASCII = /^[\n\r\t\x20-\x7e]*$/
const PRINTABLE = /^[A-Za-z0-9'()+,\-./:? ]*$/
const NUMBER = /^[1-9][0-9]{0,9}$/
const LANGUAGE = /^[A-Za-z0-9*;=.,\- ]*$/
const PATH = /^(?:[a-z]+:)?(?:\/|~|%)/i

/** What is wrong with a text that is new; null if nothing is. */
function textProblem(field: TextField, value: string): Text | null {
  if (value === '') return isRequired(field) ? { key: `mailbox.problem.${field}` } : null
  return JUDGES[field]?.(value) ?? null
}

function isRequired(field: TextField): field is 'cn' | 'sn' {
  return field === 'cn' || field === 'sn'
}

type Judge = (value: string) => Text | null

/** Texts that are not just any text. */
const JUDGES: Readonly<Partial<Record<TextField, Judge>>> = {
  mailQuota: (value) => (parseQuota(value) === null ? { key: 'mailbox.problem.quota' } : null),
  mailUidNumber: numberProblem,
  mailGidNumber: numberProblem,
  mailHomeDirectory: pathProblem,
  mailStorageDirectory: pathProblem,
  mailSieveRuleSource: asciiProblem,
  mailEnabled: (value) => (['TRUE', 'FALSE'].includes(value) ? null : { key: 'mailbox.problem.enabled' }),
  preferredLanguage: (value) => (LANGUAGE.test(value) ? null : { key: 'mailbox.problem.language' }),
}

function numberProblem(value: string): Text | null {
  return NUMBER.test(value) ? null : { key: 'mailbox.problem.number' }
}

function pathProblem(value: string): Text | null {
  if (!PATH.test(value) || value.split('/').includes('..')) return { key: 'mailbox.problem.path' }
  return asciiProblem(value)
}

function asciiProblem(value: string): Text | null {
  return ASCII.test(value) ? null : { key: 'mailbox.problem.ascii' }
}

const ADDRESSES: readonly MailboxField[] = ['aliases', 'mailForwardingAddress', 'mailGroupMember']
const PHONES: readonly MailboxField[] = ['telephoneNumber', 'mobile', 'homePhone', 'facsimileTelephoneNumber']

function problemInList(
  field: ListField,
  list: readonly string[],
  index: number,
  value: string,
  current: JudgedAgainst,
): Text | null {
  const isAgain = list.slice(0, index).some((earlier) => sameAddress(earlier, value))
  if (isAgain) return { key: field === 'aliases' ? 'mailbox.problem.aliasTwice' : 'mailbox.problem.twice' }
  if (current.form[field].includes(value)) return null
  if (value === '') return { key: 'mailbox.problem.blank' }
  if (field === 'aliases' && sameAddress(value, current.mail)) return { key: 'mailbox.problem.ownAddress' }
  if (field === 'aliases') return aliasProblem(value)
  if (ADDRESSES.includes(field)) return addressProblem(value)
  return PHONES.includes(field) && !PRINTABLE.test(value) ? { key: 'mailbox.problem.telephone' } : null
}
