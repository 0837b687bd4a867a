/**
 * export - a list as CSV or LDIF, as a stream: what the list shows and the person may see, and never a password.
 *
 * Read in parts (RFC 2696), each sent before the next is read, so that neither side holds a whole directory. A
 * failure on the way breaks the stream off; a file that was cut is shorter than it says nowhere, so the browser
 * reports a failed download. LDAP round trips: one for each 500 entries.
 * Authority: RFC 4180, RFC 2849.
 */
import 'server-only'
import { isConcealed } from '@/lib/changes/concealment'
import type { Authority } from '@/lib/directory/authority'
import { walkEntries } from '@/lib/directory/entry-walk'
import { readMailbox } from '@/lib/entries/mailbox'
import { isListField } from '@/lib/entries/mailbox-attributes'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { formatEntry } from '@/lib/ldap/ldif-text'
import { aliasFilter, type AliasQuery } from '@/lib/lists/aliases'
import { walkMailboxes } from '@/lib/lists/mailbox-walk'
import type { MailboxQuery } from '@/lib/lists/mailboxes'
import { visibleDomains } from '@/lib/lists/visibility'
import { COLUMN_FIELDS, type ColumnField } from './csv-columns'
import { csvLine } from './csv-text'

const PART = 500

export type ExportFormat = 'csv' | 'ldif'

export type ExportedList =
  | { readonly list: 'mailboxes'; readonly query: MailboxQuery }
  | { readonly list: 'aliases'; readonly query: AliasQuery }
  /** `text`: what the name or the description contains; empty for all. */
  | { readonly list: 'domains'; readonly text: string }

/** The list as octets of UTF-8. */
export function exportList(
  authority: Authority,
  wanted: ExportedList,
  format: ExportFormat,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const { head, textOf } = writerOf(wanted, format)
  const pipe = new TransformStream<Uint8Array, Uint8Array>()
  const sink = pipe.writable.getWriter()
  const work = async (): Promise<void> => {
    await sink.write(encoder.encode(head))
    const failure = await walk(authority, wanted, async (entries) => {
      await sink.write(encoder.encode(entries.map(textOf).join('')))
      return true
    })
    if (failure === null) await sink.close()
    else await sink.abort(new Error(failure.diagnostic))
  }
  // A reader that went away ends the walk; there is nobody left to tell.
  void work().catch(() => sink.abort().catch(() => undefined))
  return pipe.readable
}

function walk(
  authority: Authority,
  wanted: ExportedList,
  take: (entries: readonly Entry[]) => Promise<boolean>,
): Promise<SearchFailure | null> {
  if (wanted.list === 'mailboxes') return walkMailboxes(authority, wanted.query, ['*'], take)
  const { LDAP_DOMAINS_BASE, LDAP_MAIL_BASE } = directoryEnvironment()
  const search = {
    base: wanted.list === 'domains' ? LDAP_DOMAINS_BASE : LDAP_MAIL_BASE,
    scope: 'sub',
    filter: filterOf(authority, wanted),
    attributes: ['*'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  } as const
  return walkEntries(authority, search, PART, take)
}

function filterOf(authority: Authority, wanted: Exclude<ExportedList, { list: 'mailboxes' }>): Filter {
  switch (wanted.list) {
    case 'domains': {
      const named = ['dc', 'description'].map((attribute): Filter => contains(attribute, wanted.text))
      const visible = visibleDomains(authority)
      return wanted.text === ''
        ? visible
        : { type: 'and', filters: [visible, { type: 'or', filters: named }] }
    }
    case 'aliases':
      return aliasFilter(authority, wanted.query)
  }
}

function contains(attribute: string, text: string): Filter {
  return { type: 'substrings', attribute, initial: null, any: [text], final: null }
}

interface Writer {
  readonly head: string
  readonly textOf: (entry: Entry) => string
}

function writerOf({ list }: ExportedList, format: ExportFormat): Writer {
  if (format === 'ldif')
    return { head: 'version: 1\n\n', textOf: (entry) => formatEntry(withoutSecrets(entry)) }
  switch (list) {
    case 'mailboxes':
      return {
        head: csvLine(EXPORTED_FIELDS),
        textOf: (entry) => csvLine(EXPORTED_FIELDS.map((field) => cellOf(entry, field))),
      }
    case 'aliases':
      return {
        head: csvLine(['alias', 'mail', 'mailForwardingAddress']),
        textOf: (entry) =>
          valuesOf(entry, 'mailAlias')
            .map((alias) => csvLine([alias, joined(entry, 'mail'), joined(entry, 'mailForwardingAddress')]))
            .join(''),
      }
    case 'domains':
      return {
        head: csvLine(['domain', 'description', 'administrators']),
        textOf: (entry) =>
          csvLine([
            joined(entry, 'dc'),
            joined(entry, 'description'),
            valuesOf(entry, 'associatedName').join(' | '),
          ]),
      }
  }
}

const EXPORTED_FIELDS = COLUMN_FIELDS.filter((field) => field !== 'userPassword')

function cellOf(entry: Entry, field: Exclude<ColumnField, 'userPassword'>): string {
  const { form, mail, uid } = readMailbox(entry)
  if (field === 'mail') return mail
  if (field === 'uid') return uid
  return isListField(field) ? form[field].join(' ') : form[field]
}

function joined(entry: Entry, attribute: string): string {
  return valuesOf(entry, attribute).join(' ')
}

function withoutSecrets(entry: Entry): Entry {
  return { ...entry, attributes: entry.attributes.filter(({ description }) => !isConcealed(description)) }
}
