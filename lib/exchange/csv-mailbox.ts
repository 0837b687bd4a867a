/**
 * csv-mailbox - one row of an imported table as a new mailbox, with what is wrong with it. Pure.
 *
 * Where a row says nothing, the usual values of its domain are taken, and names are made of each other. Addresses in
 * one cell are set apart by blanks, commas or semicolons. A password is taken only as a hash: a clear one would have
 * to be shown to nobody, and it stands in a file.
 * Authority: RFC 2307 section 5.3 for the form of hashes.
 */
import { EMPTY_FORM, type MailboxForm } from '@/lib/entries/mailbox'
import { isListField, type MailboxField } from '@/lib/entries/mailbox-attributes'
import { fillTemplate, type MailboxDefaults } from '@/lib/entries/mailbox-defaults'
import { newMailboxProblems, planNewMailbox, dnOfNewMailbox } from '@/lib/entries/new-mailbox'
import type { NewMailbox } from '@/lib/entries/new-mailbox-fields'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { Text } from '@/lib/words/text'
import { type ColumnField, type ColumnMapping, isColumnField } from './csv-columns'

export interface CsvMailbox {
  readonly mail: string
  readonly uid: string
  /** null when something is wrong. */
  readonly change: ChangeRecord | null
  /** In lower case. */
  readonly addresses: readonly string[]
  readonly problems: readonly Text[]
}

type Cells = Readonly<Partial<Record<ColumnField, string>>>

/** The lower-case domain of the row's address; empty if it has none. */
export function domainOfRow(values: readonly string[], mapping: ColumnMapping): string {
  const mail = (cellsOf(values, mapping).mail ?? '').toLowerCase()
  return mail.includes('@') ? mail.slice(mail.lastIndexOf('@') + 1) : ''
}

/** The mailbox that a row describes. */
export function mailboxOfRow(
  values: readonly string[],
  mapping: ColumnMapping,
  defaults: MailboxDefaults,
): CsvMailbox {
  const cells = cellsOf(values, mapping)
  const mail = cells.mail ?? ''
  const at = mail.lastIndexOf('@')
  const localpart = mail.slice(0, Math.max(at, 0)).toLowerCase()
  const domain = at < 0 ? '' : mail.slice(at + 1).toLowerCase()
  const uid = cells.uid ?? fillTemplate(defaults.uid, { localpart, domain, uid: '' })
  const parts = { localpart, domain, uid }
  const form = formOf(cells, defaults, (template) => fillTemplate(template, parts), localpart)
  const mailbox: NewMailbox = { uid, mail, parent: defaults.parent, form }
  const password = cells.userPassword ?? ''
  const problems: readonly Text[] = [
    ...newMailboxProblems(mailbox).map(({ field, message }): Text => ({
      key: 'exchange.fieldProblem',
      values: { field: isColumnField(field) ? { key: `exchange.field.${field}` } : field, problem: message },
    })),
    ...(password === '' || /^\{[A-Za-z0-9-]+\}./.test(password)
      ? []
      : [{ key: 'exchange.clearPassword' } as const]),
  ]
  const dn = dnOfNewMailbox(mailbox)
  return {
    mail,
    uid,
    change: problems.length > 0 || dn === null ? null : withPassword(planNewMailbox(dn, mailbox), password),
    addresses: [mail, ...form.aliases].map((address) => address.toLowerCase()),
    problems,
  }
}

function cellsOf(values: readonly string[], mapping: ColumnMapping): Cells {
  const cells: Partial<Record<ColumnField, string>> = {}
  for (const [at, field] of mapping.entries()) {
    const value = (values[at] ?? '').trim()
    if (field !== null && value !== '') cells[field] = value
  }
  return cells
}

const USUAL = ['mailQuota', 'mailEnabled', 'mailUidNumber', 'mailGidNumber'] as const
const PATHS = ['mailHomeDirectory', 'mailStorageDirectory'] as const

function formOf(
  cells: Cells,
  defaults: MailboxDefaults,
  fill: (template: string) => string,
  localpart: string,
): MailboxForm {
  const given: Partial<Record<MailboxField, string | readonly string[]>> = {}
  for (const [field, value] of Object.entries(cells) as [ColumnField, string][]) {
    if (field === 'mail' || field === 'uid' || field === 'userPassword') continue
    given[field] = isListField(field) ? listOf(field, value) : value
  }
  for (const field of USUAL) given[field] ??= defaults[field]
  for (const field of PATHS) given[field] ??= fill(defaults[field])
  const whole = `${cells.givenName ?? ''} ${cells.sn ?? ''}`.trim()
  const cn = cells.cn ?? (whole || cells.displayName) ?? localpart
  given.cn = cn === '' ? localpart : cn
  given.sn = cells.sn ?? (cn.split(/\s+/).at(-1) || localpart)
  if (cells.mailEnabled !== undefined) given.mailEnabled = yesOrNo(cells.mailEnabled)
  return { ...EMPTY_FORM, ...given } as MailboxForm
}

/** A telephone number and a remark may hold blanks. */
const WITH_BLANKS: readonly MailboxField[] = ['telephoneNumber', 'description']

function listOf(field: MailboxField, value: string): readonly string[] {
  if (WITH_BLANKS.includes(field)) return [value]
  return value.split(/[\s,;|]+/).filter((one) => one !== '')
}

function yesOrNo(value: string): string {
  if (/^(?:1|y|yes|true|on|enabled|active|j|ja|wahr|aktiv)$/i.test(value)) return 'TRUE'
  return /^(?:0|n|no|false|off|disabled|inactive|nein|falsch|inaktiv)$/i.test(value) ? 'FALSE' : value
}

function withPassword(change: ChangeRecord, password: string): ChangeRecord {
  if (password === '' || change.type !== 'add') return change
  return {
    ...change,
    attributes: [...change.attributes, { description: 'userPassword', values: [password] }],
  }
}
