/**
 * domain-removal-edit - plans that a domain is deleted, as a person: empty, or with everything in it.
 *
 * A domain that is not empty is refused, with its numbers, unless everything in it is to go too; where that is
 * much, the number of addresses has to be typed.
 */
import 'server-only'
import { z } from 'zod'
import type { Authority } from '@/lib/directory/authority'
import type { Domain } from '@/lib/entries/domain'
import { countAddresses } from '@/lib/entries/domain-addresses'
import { planRemoval } from '@/lib/entries/domain-removal'
import type { Problem } from '@/lib/entries/problem'
import {
  addressesIn,
  type DomainTaskField,
  numberToType,
  openDomain,
  taskOf,
  typedProblems,
} from './domain-task'
import type { Edit } from './edit'

/** What is submitted to delete a domain. */
export const domainRemovalSubmission = z.object({
  name: z.string().max(300),
  everything: z.boolean(),
  typed: z.string().max(40),
})

/** The changes of the whole domain; none where it is not empty and shall not be emptied. */
export async function planDomainRemoval(
  authority: Authority,
  { name, everything, typed }: z.infer<typeof domainRemovalSubmission>,
): Promise<Edit<DomainTaskField, Domain>> {
  const opened = await openDomain(authority, name)
  if (opened.status !== 'opened') return opened
  const counts = countAddresses(opened.entries, name)
  const { mailboxes, aliases, memberships } = counts
  const isKept = !everything && mailboxes + aliases + memberships > 0
  const kept: readonly Problem<DomainTaskField>[] = isKept
    ? [
        {
          field: 'everything',
          index: null,
          message: { key: 'domain.problem.notEmpty', values: { mailboxes, aliases, memberships } },
        },
      ]
    : []
  return taskOf(authority, name, {
    changes: isKept ? [] : planRemoval(opened.entry, name, opened.entries),
    problems: [...kept, ...typedProblems(numberToType(addressesIn(counts)), typed)],
  })
}
