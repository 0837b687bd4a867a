/**
 * owner-authorization - whether a mailbox owner may make this change: to the own entry, as the site's policy says.
 *
 * Only aliases and forwarding of the own mailbox: mailAlias, mailForwardingAddress, and the object class of
 * forwarding. A new alias passes the policy (lib/entries/owner-policy) or is one that the person has paused. What
 * administrators give (reserved names, catch-alls) only they take. Whether an address is someone else's is judged
 * by owner-limits, which sees the directory. Pure. Out: null if allowed, else a sentence.
 */
import { isCatchAll } from '@/lib/entries/address'
import { FORWARD_CLASS } from '@/lib/entries/account-task'
import { awaitsRequest, isReserved, ownAliasProblem } from '@/lib/entries/owner-policy'
import { isSameDn, parseDn } from '@/lib/ldap/dn'
import { valueOf, valuesOf } from '@/lib/ldap/entry'
import type { OwnerPolicy } from '@/lib/owner-settings'
import type { Text } from '@/lib/words/text'
import { changedAttributes, type EntryImage, valueDifference } from './entry-image'

/** What holds for owners. */
export interface OwnerRules {
  readonly policy: OwnerPolicy
  /** Aliases that the person has paused, in lower case. */
  readonly kept: ReadonlySet<string>
}

const CHANGEABLE = new Set(['mailalias', 'mailforwardingaddress', 'objectclass'])

/** Why the owner of the entry with this DN may not make this change; null if they may. */
export function refusalOfOwner(
  person: string,
  { before, after }: EntryImage,
  rules: OwnerRules,
  isOperational: (attribute: string) => boolean,
): Text | null {
  if (before === null || after === null || !isNamed(before.dn, person) || !isNamed(after.dn, person))
    return { key: 'account.refusal.notOwn' }
  const image = { before, after }
  const foreign = changedAttributes(image)
    .map((attribute) => attribute.toLowerCase())
    .some((attribute) => !CHANGEABLE.has(attribute) && !isOperational(attribute))
  if (foreign || !changesOnlyForwardClass(image)) return { key: 'account.refusal.attribute' }
  return refusalOfAliases(image, rules) ?? refusalOfForwarding(image, rules.policy)
}

function changesOnlyForwardClass(image: EntryImage): boolean {
  const { added, removed } = valueDifference(image, 'objectClass')
  return [...added, ...removed].every((value) => value.toLowerCase() === FORWARD_CLASS.toLowerCase())
}

function refusalOfAliases(image: EntryImage, { policy, kept }: OwnerRules): Text | null {
  const { before, after } = image
  const { added, removed } = valueDifference(image, 'mailAlias')
  if (added.length + removed.length === 0) return null
  if (!policy.aliases) return { key: 'account.problem.aliasesOff' }
  const mail = before === null ? '' : (valueOf(before, 'mail') ?? '')
  for (const alias of added) {
    if (kept.has(alias.toLowerCase()) && !isCatchAll(alias)) continue
    const problem = ownAliasProblem(policy, mail, alias)
    if (problem !== null) return problem
    if (awaitsRequest(policy, alias)) return { key: 'account.refusal.awaitsRequest' }
  }
  const staff = removed.find((alias) => isCatchAll(alias) || isReserved(policy, alias))
  if (staff !== undefined) return { key: 'account.refusal.reservedAlias', values: { alias: staff } }
  const count = after === null ? 0 : valuesOf(after, 'mailAlias').length
  return added.length > 0 && count > policy.limit
    ? { key: 'account.problem.limit', values: { limit: policy.limit } }
    : null
}

function refusalOfForwarding(image: EntryImage, { forwarding }: OwnerPolicy): Text | null {
  const { added } = valueDifference(image, 'mailForwardingAddress')
  return added.length > 0 && forwarding === 'no' ? { key: 'account.problem.forwardingOff' } : null
}

function isNamed(one: string, other: string): boolean {
  const [first, second] = [parseDn(one), parseDn(other)]
  return first !== null && second !== null && isSameDn(first, second)
}
