/**
 * domain-alias-edit - plans aliases of a whole domain, as a person: its catch-all, and an alias domain.
 *
 * Both change mailboxes only, so that they are a domain administrator's too, as far as all addresses are in the
 * own domains. An alias domain that is not hosted yet is made with it, which is for postmasters.
 */
import 'server-only'
import { z } from 'zod'
import type { Authority } from '@/lib/directory/authority'
import { type Domain, EMPTY_DOMAIN_FORM } from '@/lib/entries/domain'
import { planAliasDomain, planCatchAll } from '@/lib/entries/domain-aliases'
import { planNewDomain } from '@/lib/entries/domain-form'
import { domainNameProblem, tidyDomainName } from '@/lib/entries/domain-name'
import type { Problem } from '@/lib/entries/problem'
import { directoryEnvironment } from '@/lib/environment'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { parseDn } from '@/lib/ldap/dn'
import { readEntriesOfDomain } from '@/lib/lists/domain-entries'
import { readDomainNamed } from '@/lib/lists/domains'
import { readMailboxEntry } from '@/lib/lists/mailboxes'
import type { Text } from '@/lib/words/text'
import { type DomainTaskField, openDomain, taskOf } from './domain-task'
import { type Edit, unansweredEdit } from './edit'

/** What is submitted to turn a catch-all on, to move it or to turn it off. */
export const catchAllSubmission = z.object({
  name: z.string().max(300),
  /** entryUUID of the mailbox that gets the mail; null turns it off. */
  mailbox: z.uuid().nullable(),
  /** Whether mailboxes of the domain keep their mail. */
  protect: z.boolean(),
})

/** What is submitted to give each address of a domain in another domain too. */
export const aliasDomainSubmission = z.object({ name: z.string().max(300), to: z.string().max(300) })

/** The changes that put the catch-all where it is to be. */
export async function planCatchAllEdit(
  authority: Authority,
  { name, mailbox, protect }: z.infer<typeof catchAllSubmission>,
): Promise<Edit<DomainTaskField, Domain>> {
  const opened = await openDomain(authority, name)
  if (opened.status !== 'opened') return opened
  const chosen = mailbox === null ? null : await readMailboxEntry(authority, mailbox)
  if (chosen?.status === 'failed') return unansweredEdit(chosen)
  if (chosen?.status === 'notFound')
    return taskOf(authority, name, {
      changes: [],
      problems: problemAt('mailbox', { key: 'domain.problem.mailboxGone' }),
    })
  const to = chosen?.entry ?? null
  const others = opened.entries.filter(({ dn }) => dn !== to?.dn)
  return taskOf(authority, name, {
    changes: planCatchAll([...others, ...(to === null ? [] : [to])], {
      domain: name,
      to: to?.dn ?? null,
      protect: protect && to !== null,
    }),
    problems: [],
  })
}

/** An alias domain as planned, with what there is to say about it. */
export interface AliasDomainEdit {
  readonly edit: Edit<DomainTaskField, Domain>
  readonly added: number
  /** Addresses that somebody else has in the other domain. */
  readonly taken: readonly string[]
  /** Whether the other domain is made with it. */
  readonly isNew: boolean
}

/** The changes that make another domain an alias of this one; none while its name is faulty. */
export async function planAliasDomainEdit(
  authority: Authority,
  submission: z.infer<typeof aliasDomainSubmission>,
): Promise<AliasDomainEdit> {
  const { name } = submission
  const to = tidyDomainName(submission.to)
  const nothing = { added: 0, taken: [], isNew: false }
  const faulty = domainNameProblem(to) ?? (to === name ? SAME_NAME : null)
  const opened = await openDomain(authority, name)
  if (opened.status !== 'opened') return { ...nothing, edit: opened }
  const problem = (message: Text): AliasDomainEdit => ({
    ...nothing,
    edit: taskOf(authority, name, { changes: [], problems: problemAt('to', message) }),
  })
  if (faulty !== null) return problem(faulty)
  const [target, others] = await Promise.all([
    readDomainNamed(authority, to),
    readEntriesOfDomain(authority, to),
  ])
  if (target.status === 'failed') return { ...nothing, edit: unansweredEdit(target) }
  if (others.status === 'failed') return { ...nothing, edit: unansweredEdit(others) }
  const isPostmaster = authority.role === 'postmaster'
  if (target.status === 'notFound' && !isPostmaster)
    return problem({ key: 'domain.problem.notYours', values: { name: to } })
  const isNew = target.status === 'notFound'
  const { changes, added, taken } = planAliasDomain(opened.entries, others.entries, {
    from: name,
    to,
    lists: isPostmaster,
  })
  const made: readonly ChangeRecord[] = isNew ? [newAliasDomain(to, opened.domain)] : []
  return {
    edit: taskOf(authority, name, { changes: [...made, ...changes], problems: [] }),
    added,
    taken,
    isNew,
  }
}

const SAME_NAME: Text = { key: 'domain.problem.sameName' }

/** Described as the domain that it is an alias of. */
function newAliasDomain(name: string, { description }: Domain): ChangeRecord {
  const base = parseDn(directoryEnvironment().LDAP_DOMAINS_BASE) ?? []
  return planNewDomain(base, name, { ...EMPTY_DOMAIN_FORM, description })
}

function problemAt(field: DomainTaskField, message: Text): readonly Problem<DomainTaskField>[] {
  return [{ field, index: null, message }]
}
