/**
 * domain-form - from what was typed about a domain to change records: shape (zod), problems, modifications.
 *
 * The modifications name the old values they take away, and only what differs from the entry. A new domain gets
 * the attributes that are filled in, and nothing else. Authority: RFC 4524 section 3.4, RFC 1274 section 9.3.
 */
import { z } from 'zod'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { buildDn, type Dn, formatDn } from '@/lib/ldap/dn'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import type { Text } from '@/lib/words/text'
import { type DomainForm, RECORD_ATTRIBUTES, type RecordAttribute } from './domain'
import { domainNameProblem, tidyDomainName } from './domain-name'
import type { Problem } from './problem'

export type DomainField = 'name' | 'description' | 'postmaster' | RecordAttribute
type DomainProblem = Problem<DomainField>

const values = z.array(z.string().max(512)).max(100)

const domainForm = z.object({
  description: z.string().max(1024),
  records: z.object({
    mXRecord: values,
    aRecord: values,
    nSRecord: values,
    cNAMERecord: values,
    sOARecord: values,
    mDRecord: values,
  }),
})

/** A submitted form of a domain: which entry, the state it was opened in, and what was typed. */
export const domainSubmission = z.object({
  id: z.uuid(),
  entryCsn: z.string().max(64),
  form: domainForm,
})

/** A submitted form of a new domain; `postmaster` is the mailbox that gets its required addresses, if any. */
export const newDomainSubmission = z.object({
  name: z.string().max(300),
  postmaster: z.string().max(320),
  form: domainForm,
})

/** The form as it is stored: without blanks around values, empty lines and values that stand twice. */
export function tidyDomainForm(form: DomainForm): DomainForm {
  const tidy = (list: readonly string[]): readonly string[] => {
    const trimmed = list.map((value) => value.trim()).filter((value) => value !== '')
    return trimmed.filter((value, at) => trimmed.findIndex((other) => isSame(value, other)) === at)
  }
  const { records } = form
  return {
    description: form.description.trim(),
    records: {
      mXRecord: tidy(records.mXRecord),
      aRecord: tidy(records.aRecord),
      nSRecord: tidy(records.nSRecord),
      cNAMERecord: tidy(records.cNAMERecord),
      sOARecord: tidy(records.sOARecord),
      mDRecord: tidy(records.mDRecord),
    },
  }
}

/**
 * Problems of a tidy form, each with its field; `index` is the place in the list of records.
 * @param current the form as it is: values that are there already may stay, however odd they are.
 */
export function domainProblems(form: DomainForm, current: DomainForm): readonly DomainProblem[] {
  return RECORD_ATTRIBUTES.flatMap((field) =>
    form.records[field].flatMap((value, index) => {
      const message = current.records[field].includes(value) ? null : recordProblem(field, value)
      return message === null ? [] : [{ field, index, message }]
    }),
  )
}

/** What is wrong with the name of a new domain, as the one problem of its field. */
export function newNameProblems(typed: string): readonly Problem<'name'>[] {
  const message = domainNameProblem(tidyDomainName(typed))
  return message === null ? [] : [{ field: 'name', index: null, message }]
}

/** The form without the values that have problems. */
export function soundDomainForm(form: DomainForm, problems: readonly DomainProblem[]): DomainForm {
  const sound = (field: RecordAttribute): readonly string[] =>
    form.records[field].filter(
      (_, index) => !problems.some((problem) => problem.field === field && problem.index === index),
    )
  return {
    ...form,
    records: {
      mXRecord: sound('mXRecord'),
      aRecord: sound('aRecord'),
      nSRecord: sound('nSRecord'),
      cNAMERecord: sound('cNAMERecord'),
      sOARecord: sound('sOARecord'),
      mDRecord: sound('mDRecord'),
    },
  }
}

const HOST = /^(?=.{1,254}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.?)+$/i
const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const IP4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`)

/** The attributes are IA5 and take anything; what cannot be such a record is most likely a slip. */
function recordProblem(field: RecordAttribute, value: string): Text | null {
  if (!/^[\x20-\x7e]*$/.test(value)) return { key: 'domain.problem.recordNotAscii', values: { value } }
  switch (field) {
    case 'aRecord':
      return IP4.test(value) ? null : { key: 'domain.problem.aRecord', values: { value } }
    case 'mXRecord': {
      const [preference = '', host = '', ...more] = value.split(/\s+/)
      const isRecord = /^\d{1,5}$/.test(preference) && HOST.test(host) && more.length === 0
      return isRecord ? null : { key: 'domain.problem.mXRecord', values: { value } }
    }
    case 'nSRecord':
    case 'cNAMERecord':
    case 'mDRecord':
      return HOST.test(value) ? null : { key: 'domain.problem.hostRecord', values: { value } }
    case 'sOARecord':
      return null
  }
}

/** The change records that turn the entry into what the form says; none if it says so already. */
export function planDomain(entry: Entry, form: DomainForm): readonly ChangeRecord[] {
  const modifications = [
    ...planDescription(valuesOf(entry, 'description'), form.description),
    ...RECORD_ATTRIBUTES.flatMap((attribute) =>
      planValues(attribute, valuesOf(entry, attribute), form.records[attribute]),
    ),
  ]
  return modifications.length === 0 ? [] : [{ type: 'modify', dn: entry.dn, modifications }]
}

/** The change record that adds a domain below the base. */
export function planNewDomain(base: Dn, name: string, form: DomainForm): ChangeRecord {
  const filled = [
    { description: 'description', values: form.description === '' ? [] : [form.description] },
    ...RECORD_ATTRIBUTES.map((description) => ({ description, values: form.records[description] })),
  ].filter((attribute) => attribute.values.length > 0)
  return {
    type: 'add',
    dn: formatDn(buildDn([{ attribute: 'dc', value: name }], base)),
    attributes: [
      { description: 'objectClass', values: ['dNSDomain'] },
      { description: 'dc', values: [name] },
      ...filled,
    ],
  }
}

/** Replaces the first value, which is the one that the form shows; further values stay. */
function planDescription(current: readonly string[], wanted: string): readonly Modification[] {
  const [shown = ''] = current
  if (shown === wanted) return []
  const kept = current.slice(1)
  return planValues('description', current, wanted === '' ? kept : [...new Set([wanted, ...kept])])
}

function planValues(
  attribute: string,
  current: readonly string[],
  wanted: readonly string[],
): readonly Modification[] {
  const removed = current.filter((value) => !wanted.includes(value))
  const added = wanted.filter((value) => !current.includes(value))
  const modification = (operation: 'add' | 'delete', some: readonly string[]): readonly Modification[] =>
    some.length === 0 ? [] : [{ operation, attribute, values: some }]
  return [...modification('delete', removed), ...modification('add', added)]
}

/** The record attributes compare without case (caseIgnoreIA5Match). */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
