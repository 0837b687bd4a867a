/**
 * task-problems - what stands in the way of an owner's task, beside the field that it belongs to. Pure.
 *
 * Judged from the own entry, the own notes and the policy. Whether an address is someone else's is not judged here:
 * that is the preview's to find, and the commit's once more (lib/changes/owner-limits).
 */
import {
  type AccountField,
  type AccountTask,
  addressOfTask,
  forwardTargets,
  heldAlias,
} from '@/lib/entries/account-task'
import { addressProblem, isCatchAll } from '@/lib/entries/address'
import { sameAddress } from '@/lib/entries/mailbox-fields'
import { awaitsRequest, isReserved, ownAliasProblem } from '@/lib/entries/owner-policy'
import type { Problem } from '@/lib/entries/problem'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import type { OwnerPolicy } from '@/lib/owner-settings'
import type { Text } from '@/lib/words/text'

/** What the task is judged from. */
export interface TaskFacts {
  readonly entry: Entry
  readonly policy: OwnerPolicy
  /** Paused aliases of this mailbox, in lower case. */
  readonly paused: readonly string[]
  /** Whether notes can be kept at all. */
  readonly hasStore: boolean
  /** Whether another entry has the address of the task too. */
  readonly isShared: boolean
  /** Whether Postfix reads forwarding addresses. */
  readonly readsForwarding: boolean
  /** Targets in domains that are not hosted here. */
  readonly outside: readonly string[]
  /** Today, as 2026-12-31. */
  readonly today: string
}

type AccountProblem = Problem<AccountField>

/** Everything that stands in the way of a tidy task; empty when nothing does. */
export function taskProblems(task: AccountTask, facts: TaskFacts): readonly AccountProblem[] {
  switch (task.task) {
    case 'add':
      return additionProblems(task, facts)
    case 'resume':
      return listed('address', resumeProblem(task.address, facts))
    case 'remove':
    case 'pause':
      return listed('address', removalProblem(task, facts))
    case 'forward':
      return forwardProblems(task, facts)
  }
}

function listed(
  field: AccountField,
  message: Text | null,
  index: number | null = null,
): readonly AccountProblem[] {
  return message === null ? [] : [{ field, index, message }]
}

function additionProblems(
  task: Extract<AccountTask, { task: 'add' }>,
  facts: TaskFacts,
): readonly AccountProblem[] {
  const { entry, policy, paused, hasStore, today } = facts
  const address = addressOfTask(task) ?? ''
  const mail = valueOf(entry, 'mail') ?? ''
  const problem = ownAliasProblem(policy, mail, address) ?? ownAddressProblem(address, facts)
  if (problem !== null) {
    const isAboutDomain = typeof problem !== 'string' && problem.key === 'account.problem.domain'
    return listed(isAboutDomain ? 'domain' : 'localpart', problem)
  }
  if (awaitsRequest(policy, address)) return listed('domain', { key: 'account.refusal.awaitsRequest' })
  if (valuesOf(entry, 'mailAlias').length + paused.length >= policy.limit)
    return listed('localpart', { key: 'account.problem.limit', values: { limit: policy.limit } })
  if (task.until === '') return []
  if (!hasStore) return listed('until', { key: 'account.problem.store' })
  return listed('until', task.until < today ? { key: 'account.problem.past' } : null)
}

function ownAddressProblem(address: string, { entry, paused }: TaskFacts): Text | null {
  if (valuesOf(entry, 'mail').some((mail) => sameAddress(mail, address)))
    return { key: 'account.problem.ownMail' }
  if (heldAlias(entry, address) !== null) return { key: 'account.problem.yours' }
  return paused.includes(address) ? { key: 'account.problem.yoursPaused' } : null
}

function resumeProblem(address: string, { policy, paused }: TaskFacts): Text | null {
  if (!policy.aliases) return { key: 'account.problem.aliasesOff' }
  return paused.includes(address.toLowerCase()) ? null : { key: 'account.problem.notPaused' }
}

function removalProblem(
  { task, address }: Extract<AccountTask, { task: 'remove' | 'pause' }>,
  { entry, policy, paused, hasStore, isShared }: TaskFacts,
): Text | null {
  if (!policy.aliases) return { key: 'account.problem.aliasesOff' }
  const held = heldAlias(entry, address)
  const isPaused = paused.includes(address.toLowerCase())
  if (held === null) return task === 'remove' && isPaused ? null : { key: 'account.problem.notYours' }
  if (isCatchAll(held) || isReserved(policy, held)) return { key: 'account.problem.catchAll' }
  const isLast = valuesOf(entry, 'mailAlias').length === 1
  if (isLast && valuesOf(entry, 'mailForwardingAddress').length > 0)
    return { key: 'account.problem.forwardKeepsAlias' }
  if (task === 'remove') return null
  if (!hasStore) return { key: 'account.problem.store' }
  return isShared ? { key: 'account.problem.shared' } : null
}

function forwardProblems(
  { targets }: Extract<AccountTask, { task: 'forward' }>,
  { entry, policy, readsForwarding, outside }: TaskFacts,
): readonly AccountProblem[] {
  if (policy.forwarding === 'no') return listed('targets', { key: 'account.problem.forwardingOff' })
  if (!readsForwarding) return listed('targets', { key: 'account.problem.forwardUnused' })
  if (targets.length > 0 && valuesOf(entry, 'mailAlias').length === 0)
    return listed('targets', { key: 'account.problem.forwardNeedsAlias' })
  const own = [...valuesOf(entry, 'mail'), ...valuesOf(entry, 'mailAlias')]
  const known = forwardTargets(entry)
  return targets.flatMap((target, index) => {
    const values = { target }
    if (addressProblem(target) !== null)
      return listed('targets', { key: 'account.problem.target', values }, index)
    if (own.some((address) => sameAddress(address, target)))
      return listed('targets', { key: 'account.problem.targetOwn', values }, index)
    const isNew = !known.some((address) => sameAddress(address, target))
    return isNew && policy.forwarding === 'internal' && outside.includes(target)
      ? listed('targets', { key: 'account.problem.targetOutside', values }, index)
      : []
  })
}
