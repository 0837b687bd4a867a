/**
 * domain-rename-edit - plans that a domain gets another name, as a person, with every address in it.
 *
 * One list of changes for the domain and all entries with an address in it. A name that is hosted already is
 * refused: two domains cannot be told apart again afterwards. Where old addresses end, and they are many, their
 * number has to be typed.
 */
import 'server-only'
import { z } from 'zod'
import type { Authority } from '@/lib/directory/authority'
import type { Domain } from '@/lib/entries/domain'
import { type AddressCounts, countAddresses } from '@/lib/entries/domain-addresses'
import { domainNameProblem, tidyDomainName } from '@/lib/entries/domain-name'
import {
  type DomainRename,
  KEPT_ADDRESSES,
  type KeptAddresses,
  planRenamedDomain,
  planRenamedEntry,
} from '@/lib/entries/domain-rename'
import type { Problem } from '@/lib/entries/problem'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { Entry } from '@/lib/ldap/entry'
import { readDomainNamed } from '@/lib/lists/domains'
import { type DomainTaskField, numberToType, openDomain, taskOf, typedProblems } from './domain-task'
import { type Edit, unansweredEdit } from './edit'
import { inTurns } from './portions'

/** What is submitted to rename a domain. */
export const domainRenameSubmission = z.object({
  name: z.string().max(300),
  to: z.string().max(300),
  keep: z.enum(KEPT_ADDRESSES),
  typed: z.string().max(40),
})

/**
 * The changes of the whole domain; none while the new name is faulty.
 * @param inParts whether they will be written in several commits
 */
export async function planDomainRename(
  authority: Authority,
  submission: z.infer<typeof domainRenameSubmission>,
  inParts = false,
): Promise<Edit<DomainTaskField, Domain>> {
  const { name, keep, typed } = submission
  const opened = await openDomain(authority, name)
  if (opened.status !== 'opened') return opened
  const to = tidyDomainName(submission.to)
  const problems = await nameProblems(authority, name, to)
  if ('status' in problems) return problems
  const number = numberToType(lostByRename(countAddresses(opened.entries, name), keep))
  return taskOf(authority, name, {
    changes: problems.length > 0 ? [] : await renaming(opened, { from: name, to, keep, inParts }),
    problems: [...problems, ...typedProblems(number, typed)],
  })
}

async function renaming(
  { entry, entries }: { readonly entry: Entry; readonly entries: readonly Entry[] },
  rename: DomainRename,
): Promise<readonly ChangeRecord[]> {
  const { first, last } = planRenamedDomain(entry, rename)
  const each = await inTurns(entries, (one) => planRenamedEntry(one, rename))
  return [...first, ...each.flat(), ...last]
}

/** How many addresses end. */
export function lostByRename({ mailboxes, aliases }: AddressCounts, keep: KeptAddresses): number {
  if (keep === 'all') return 0
  return keep === 'mailboxes' ? aliases : mailboxes + aliases
}

async function nameProblems(
  authority: Authority,
  name: string,
  to: string,
): Promise<readonly Problem<DomainTaskField>[] | ReturnType<typeof unansweredEdit>> {
  const problem = (message: Problem['message']): readonly Problem<DomainTaskField>[] => [
    { field: 'to', index: null, message },
  ]
  const faulty = domainNameProblem(to)
  if (faulty !== null) return problem(faulty)
  if (to === name) return problem({ key: 'domain.problem.sameName' })
  const taken = await readDomainNamed(authority, to)
  if (taken.status === 'failed') return unansweredEdit(taken)
  return taken.status === 'found' ? problem({ key: 'domain.problem.nameTaken', values: { name: to } }) : []
}
