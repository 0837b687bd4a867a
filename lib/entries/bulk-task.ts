/**
 * bulk-task - one task for many mailboxes: its shape, and the change records it makes of each entry.
 *
 * An entry that is so already is left alone. An alias in another domain keeps the localpart of the mailbox's
 * address. Pure.
 */
import { z } from 'zod'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import type { Text } from '@/lib/words/text'
import { addressProblem } from './address'
import { sameAddress } from './mailbox-fields'
import { planDeletion, planEnabled } from './mailbox-removal'
import { parseQuota } from './quota'

/** Shape of what is asked; anything else is refused whole. */
export const bulkTask = z.discriminatedUnion('task', [
  z.object({ task: z.literal('enable') }),
  z.object({ task: z.literal('disable') }),
  z.object({ task: z.literal('quota'), quota: z.string().trim().max(32) }),
  z.object({ task: z.literal('alias'), domain: z.string().trim().toLowerCase().max(253) }),
  z.object({ task: z.literal('delete') }),
])

export type BulkTask = z.infer<typeof bulkTask>

/** What is wrong with the task whatever the mailbox; null if nothing is. */
export function bulkProblem(task: BulkTask): Text | null {
  if (task.task === 'quota')
    return task.quota === '' || parseQuota(task.quota) !== null ? null : { key: 'mailbox.problem.quota' }
  return task.task === 'alias' ? addressProblem(`name@${task.domain}`) : null
}

/** The changes that the task makes of this entry; none if it is so already. */
export function planBulk(entry: Entry, task: BulkTask): readonly ChangeRecord[] {
  switch (task.task) {
    case 'enable':
      return planEnabled(entry, true)
    case 'disable':
      return planEnabled(entry, false)
    case 'quota':
      return planQuota(entry, task.quota === '' ? null : parseQuota(task.quota))
    case 'alias':
      return planAlias(entry, task.domain)
    case 'delete':
      return planDeletion(entry, null)
  }
}

function planQuota(entry: Entry, quota: string | null): readonly ChangeRecord[] {
  const current = valuesOf(entry, 'mailQuota')
  if (quota === null ? current.length === 0 : current.length === 1 && current[0] === quota) return []
  const values = quota === null ? [] : [quota]
  return [
    {
      type: 'modify',
      dn: entry.dn,
      modifications: [{ operation: 'replace', attribute: 'mailQuota', values }],
    },
  ]
}

function planAlias(entry: Entry, domain: string): readonly ChangeRecord[] {
  const mail = valueOf(entry, 'mail') ?? ''
  const at = mail.lastIndexOf('@')
  if (at < 1) return []
  const alias = `${mail.slice(0, at).toLowerCase()}@${domain}`
  const known = [...valuesOf(entry, 'mail'), ...valuesOf(entry, 'mailAlias')]
  if (known.some((address) => sameAddress(address, alias))) return []
  const modifications = [{ operation: 'add', attribute: 'mailAlias', values: [alias] }] as const
  return [{ type: 'modify', dn: entry.dn, modifications }]
}
