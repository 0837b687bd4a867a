/**
 * domain-edit - plans the forms of a domain, as a person: the domain's own attributes, and a new domain.
 *
 * The entry is read anew each time; when it is not in the state in which the form was opened (its entryCSN),
 * nothing is planned and the person is shown the new state. With a new domain a mailbox may get its postmaster@
 * and abuse@, which every mail domain must accept (RFC 2142 section 5).
 */
import 'server-only'
import type { z } from 'zod'
import type { Authority } from '@/lib/directory/authority'
import { type Domain, EMPTY_DOMAIN_FORM, RECORD_ATTRIBUTES } from '@/lib/entries/domain'
import { planAddresses } from '@/lib/entries/domain-addresses'
import {
  type DomainField,
  domainProblems,
  type domainSubmission,
  newNameProblems,
  type newDomainSubmission,
  planDomain,
  planNewDomain,
  soundDomainForm,
  tidyDomainForm,
} from '@/lib/entries/domain-form'
import { tidyDomainName } from '@/lib/entries/domain-name'
import type { Problem } from '@/lib/entries/problem'
import { directoryEnvironment } from '@/lib/environment'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { parseDn } from '@/lib/ldap/dn'
import { valuesOf } from '@/lib/ldap/entry'
import { domainOfEntry, readDomainEntry, readDomainNamed } from '@/lib/lists/domains'
import { findMailboxEntry } from '@/lib/lists/domain-people'
import { readDomainNow } from './domain-task'
import { type Edit, unansweredEdit } from './edit'

/** What the form makes of the domain; faulty values are left out and named. */
export async function planDomainEdit(
  authority: Authority,
  submission: z.infer<typeof domainSubmission>,
): Promise<Edit<DomainField, Domain>> {
  const read = await readDomainEntry(authority, submission.id)
  if (read.status === 'notFound') return { status: 'stale', current: null }
  if (read.status === 'failed') return unansweredEdit(read)
  const domain = domainOfEntry(read.entry)
  if (domain.entryCsn !== submission.entryCsn) return { status: 'stale', current: domain }
  const form = tidyDomainForm(submission.form)
  const problems = domainProblems(form, domain.form)
  return {
    status: 'planned',
    changes: planDomain(read.entry, soundDomainForm(form, problems)),
    basis: [{ dn: domain.dn, entryCsn: domain.entryCsn }],
    problems,
    fieldOf,
    read: () => readById(authority, submission.id),
  }
}

/** What the form of a new domain adds; nothing while its name is faulty or taken. */
export async function planDomainCreation(
  authority: Authority,
  submission: z.infer<typeof newDomainSubmission>,
): Promise<Edit<DomainField, Domain>> {
  const name = tidyDomainName(submission.name)
  const form = tidyDomainForm(submission.form)
  const named = newNameProblems(name)
  const taken = named.length > 0 ? null : await readDomainNamed(authority, name)
  if (taken?.status === 'failed') return unansweredEdit(taken)
  const exists: readonly Problem<'name'>[] =
    taken?.status === 'found'
      ? [{ field: 'name', index: null, message: { key: 'domain.problem.nameTaken', values: { name } } }]
      : []
  const addressed = await planPostmaster(authority, name, submission.postmaster)
  if ('status' in addressed) return unansweredEdit(addressed)
  const records = domainProblems(form, EMPTY_DOMAIN_FORM)
  const base = parseDn(directoryEnvironment().LDAP_DOMAINS_BASE) ?? []
  const nameProblems = [...named, ...exists]
  const changes =
    nameProblems.length > 0
      ? []
      : [planNewDomain(base, name, soundDomainForm(form, records)), ...addressed.changes]
  return {
    status: 'planned',
    changes,
    basis: [],
    problems: [...nameProblems, ...records, ...addressed.problems],
    fieldOf,
    read: () => readDomainNow(authority, name),
  }
}

interface PlannedPostmaster {
  readonly changes: readonly ChangeRecord[]
  readonly problems: readonly Problem<'postmaster'>[]
}

/** Gives the required addresses of a domain to a mailbox, if one is named. */
async function planPostmaster(
  authority: Authority,
  name: string,
  typed: string,
): Promise<PlannedPostmaster | SearchFailure> {
  const mail = typed.trim()
  if (mail === '') return { changes: [], problems: [] }
  const found = await findMailboxEntry(authority, mail)
  if (found.status === 'failed') return found
  if (found.status === 'notFound') {
    const message = { key: 'domain.problem.noMailbox', values: { mail } } as const
    return { changes: [], problems: [{ field: 'postmaster', index: null, message }] }
  }
  const mailAlias = [...valuesOf(found.entry, 'mailAlias'), `postmaster@${name}`, `abuse@${name}`]
  return { changes: planAddresses(found.entry, { mailAlias }), problems: [] }
}

async function readById(authority: Authority, id: string): Promise<Domain | SearchFailure | null> {
  const read = await readDomainEntry(authority, id)
  if (read.status === 'failed') return read
  return read.status === 'found' ? domainOfEntry(read.entry) : null
}

function fieldOf(attribute: string): DomainField | null {
  const name = attribute.toLowerCase()
  if (name === 'dc') return 'name'
  if (name === 'description') return 'description'
  return RECORD_ATTRIBUTES.find((field) => field.toLowerCase() === name) ?? null
}
