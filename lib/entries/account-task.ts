/**
 * account-task - what a mailbox owner asks for on the account page: its shape, and the change records it makes.
 *
 * One task at a time, each about one address or about forwarding; the shape is refused whole if it is longer or
 * other than the page sends. Planning is pure and names the values that it takes away and adds. What the policy
 * says about it is owner-policy's, what others have is for lib/account.
 * Authority: postfix-book.schema (PostfixBookMailForward: MUST mail and mailAlias, MAY mailForwardingAddress).
 */
import { z } from 'zod'
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { sameAddress } from './mailbox-fields'
import { foldAscii } from './owner-policy'

/** Most addresses that one mailbox may forward to. */
export const MOST_TARGETS = 5

export const FORWARD_CLASS = 'PostfixBookMailForward'

const address = z.string().max(320)
const note = z.string().max(200)
/** A day, or empty for no end. */
const until = z.string().regex(/^(?:\d{4}-\d{2}-\d{2})?$/)

/** Shape of a submitted task; anything else is refused whole. */
export const accountTask = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('add'), localpart: z.string().max(256), domain: address, note, until }),
  z.strictObject({ task: z.literal('remove'), address }),
  z.strictObject({ task: z.literal('pause'), address }),
  z.strictObject({ task: z.literal('resume'), address }),
  z.strictObject({
    task: z.literal('forward'),
    entryCsn: z.string().max(64),
    targets: z.array(address).max(MOST_TARGETS),
    keepCopy: z.boolean(),
  }),
])

export type AccountTask = z.infer<typeof accountTask>

/** Shape of a note that is to be kept for an alias. */
export const aliasNote = z.strictObject({ address, note, until })

/** Shape of a wish for a random alias. */
export const randomWish = z.strictObject({ kind: z.enum(['words', 'characters']), domain: address, note })

export type AccountField = 'localpart' | 'domain' | 'until' | 'address' | 'targets'

/** What the page shows of the entry, read again after each task. */
export interface OwnState {
  readonly entryCsn: string
  readonly aliases: readonly string[]
  /** After a save: the alias is as it should be, but its note or last day could not be kept. */
  readonly noteLost?: boolean
}

/** The task as it is planned: blanks taken off, ASCII letters of new addresses in lower case. */
export function tidyTask(task: AccountTask): AccountTask {
  switch (task.task) {
    case 'add':
      return {
        ...task,
        localpart: foldAscii(task.localpart.trim()),
        domain: foldAscii(task.domain.trim()),
        note: task.note.trim(),
      }
    case 'forward': {
      const targets = task.targets.map((target) => foldAscii(target.trim())).filter((target) => target !== '')
      return { ...task, targets: [...new Set(targets)] }
    }
    case 'remove':
    case 'pause':
    case 'resume':
      return task
  }
}

/** The address that the task is about; null for forwarding. */
export function addressOfTask(task: AccountTask): string | null {
  switch (task.task) {
    case 'add':
      return `${task.localpart}@${task.domain}`
    case 'forward':
      return null
    case 'remove':
    case 'pause':
    case 'resume':
      return task.address
  }
}

/** The alias of the entry that this address is, as the entry spells it; null if it has none. */
export function heldAlias(entry: Entry, wanted: string): string | null {
  return valuesOf(entry, 'mailAlias').find((alias) => sameAddress(alias, wanted)) ?? null
}

/** The targets of the entry's forwarding, without the mailbox itself. */
export function forwardTargets(entry: Entry): readonly string[] {
  const mail = valueOf(entry, 'mail') ?? ''
  return valuesOf(entry, 'mailForwardingAddress').filter((target) => !sameAddress(target, mail))
}

/** What turns the entry into what the task asks for; empty when it is so already. */
export function planTask(entry: Entry, task: AccountTask): readonly ChangeRecord[] {
  const modifications = modificationsOf(entry, task)
  return modifications.length === 0 ? [] : [{ type: 'modify', dn: entry.dn, modifications }]
}

function modificationsOf(entry: Entry, task: AccountTask): readonly Modification[] {
  const wanted = addressOfTask(task) ?? ''
  const held = heldAlias(entry, wanted)
  switch (task.task) {
    case 'add':
    case 'resume':
      return held === null ? [modification('add', 'mailAlias', wanted)] : []
    case 'remove':
    case 'pause':
      return held === null ? [] : removal(entry, held)
    case 'forward':
      return forwarding(entry, task)
  }
}

/** The class of forwarding demands an alias: it goes with the last one if nothing is forwarded. */
function removal(entry: Entry, alias: string): readonly Modification[] {
  const isLast = valuesOf(entry, 'mailAlias').length === 1
  const isIdle = valuesOf(entry, 'mailForwardingAddress').length === 0
  const held = forwardClass(entry)
  const gone = modification('delete', 'mailAlias', alias)
  return isLast && isIdle && held !== null ? [modification('delete', 'objectClass', held), gone] : [gone]
}

function forwarding(
  entry: Entry,
  { targets, keepCopy }: Extract<AccountTask, { task: 'forward' }>,
): readonly Modification[] {
  const mail = valueOf(entry, 'mail') ?? ''
  const wanted = targets.length > 0 && keepCopy ? [mail, ...targets] : targets
  const current = valuesOf(entry, 'mailForwardingAddress')
  const has = (list: readonly string[], one: string): boolean => list.some((other) => sameAddress(one, other))
  const gone = current.filter((target) => !has(wanted, target))
  const fresh = wanted.filter((target) => !has(current, target))
  const held = forwardClass(entry)
  return [
    ...(wanted.length > 0 && held === null ? [modification('add', 'objectClass', FORWARD_CLASS)] : []),
    ...(gone.length > 0 ? [modification('delete', 'mailForwardingAddress', ...gone)] : []),
    ...(fresh.length > 0 ? [modification('add', 'mailForwardingAddress', ...fresh)] : []),
    ...(wanted.length === 0 && held !== null && gone.length > 0
      ? [modification('delete', 'objectClass', held)]
      : []),
  ]
}

function forwardClass(entry: Entry): string | null {
  const name = FORWARD_CLASS.toLowerCase()
  return valuesOf(entry, 'objectClass').find((value) => value.toLowerCase() === name) ?? null
}

function modification(
  operation: 'add' | 'delete',
  attribute: string,
  ...values: readonly string[]
): Modification {
  return { operation, attribute, values }
}
