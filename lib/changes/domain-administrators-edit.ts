/**
 * domain-administrators-edit - plans that a person becomes an administrator of a domain, or is one no more.
 *
 * The names stand in the site's attribute (DOMAIN_ADMINISTRATOR_ATTRIBUTE) of the domain's entry. A person is
 * added by the entryUUID of a mailbox, and removed by the name that stands there, so that names of people who are
 * gone can be removed too.
 */
import 'server-only'
import { z } from 'zod'
import type { Authority } from '@/lib/directory/authority'
import type { Domain } from '@/lib/entries/domain'
import { panelEnvironment } from '@/lib/environment'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { isSameDn, parseDn } from '@/lib/ldap/dn'
import { domainOfEntry, readDomainNamed } from '@/lib/lists/domains'
import { readMailboxEntry } from '@/lib/lists/mailboxes'
import type { Text } from '@/lib/words/text'
import { type DomainTaskField, taskOf } from './domain-task'
import { type Edit, unansweredEdit } from './edit'

/** What is submitted to add a person (entryUUID) or to remove one (DN as it stands in the domain). */
export const administratorSubmission = z.object({
  name: z.string().max(300),
  add: z.uuid().nullable(),
  remove: z.string().max(1000).nullable(),
})

/** The change of the domain's entry; none where nothing would change. */
export async function planAdministratorEdit(
  authority: Authority,
  { name, add, remove }: z.infer<typeof administratorSubmission>,
): Promise<Edit<DomainTaskField, Domain>> {
  const read = await readDomainNamed(authority, name)
  if (read.status === 'failed') return unansweredEdit(read)
  if (read.status === 'notFound') return { status: 'stale', current: null }
  const domain = domainOfEntry(read.entry)
  const change = (operation: 'add' | 'delete', dn: string): readonly ChangeRecord[] => {
    const attribute = panelEnvironment().DOMAIN_ADMINISTRATOR_ATTRIBUTE
    return [{ type: 'modify', dn: domain.dn, modifications: [{ operation, attribute, values: [dn] }] }]
  }
  const problem = (message: Text): Edit<DomainTaskField, Domain> =>
    taskOf(authority, name, { changes: [], problems: [{ field: 'person', index: null, message }] })
  if (remove !== null) {
    const standing = domain.administrators.find((dn) => dn === remove)
    if (standing === undefined) return problem({ key: 'domain.problem.noAdministrator' })
    return taskOf(authority, name, { changes: change('delete', standing), problems: [] })
  }
  if (add === null) return taskOf(authority, name, { changes: [], problems: [] })
  const person = await readMailboxEntry(authority, add)
  if (person.status === 'failed') return unansweredEdit(person)
  if (person.status === 'notFound') return problem({ key: 'domain.problem.mailboxGone' })
  const { dn } = person.entry
  if (domain.administrators.some((other) => isSame(other, dn)))
    return problem({ key: 'domain.problem.administratorAlready' })
  return taskOf(authority, name, { changes: change('add', dn), problems: [] })
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [parseDn(one), parseDn(other)]
  return first !== null && second !== null && isSameDn(first, second)
}
