/**
 * alias-form - from an alias address and the mailboxes it is to lead to, to change records. Pure.
 *
 * One form makes an alias, adds and removes destinations, moves it and takes it away: each is a set of mailboxes
 * that hold the address in mailAlias. Only this one value is touched, so that other aliases of the same entries
 * stay as somebody else may be changing them. Values are removed as the entry spells them.
 */
import { z } from 'zod'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { Entry } from '@/lib/ldap/entry'
import { aliasProblem } from './address'
import { spellingOf } from './alias'
import type { Problem } from './problem'

export type AliasField = 'address' | 'destinations'

export type AliasProblem = Problem<AliasField>

/** A submitted form: the address, the state it was opened in, and the mailboxes that it is to lead to. */
export const aliasSubmission = z.object({
  address: z.string().max(320),
  /** Whether the alias is to be made, and so may not be there yet. */
  isNew: z.boolean(),
  opened: z.array(z.object({ id: z.uuid(), entryCsn: z.string().max(64) })).max(200),
  destinations: z.array(z.uuid()).max(200),
})

export type AliasSubmission = z.infer<typeof aliasSubmission>

/** Whether the mailboxes that hold the alias now are those of the opened form, in the same state. */
export function isAsOpened(
  opened: AliasSubmission['opened'],
  holders: readonly { readonly id: string; readonly entryCsn: string }[],
): boolean {
  return (
    opened.length === holders.length &&
    holders.every(({ id, entryCsn }) =>
      opened.some((other) => other.id === id && other.entryCsn === entryCsn),
    )
  )
}

/**
 * What is wrong with the form; none means that it can be planned.
 * @param taken the address that a mailbox which holds a new alias already has, null if none does
 */
export function aliasProblems(
  { address, isNew, destinations }: AliasSubmission,
  taken: string | null,
): readonly AliasProblem[] {
  if (!isNew) return []
  const problem = (field: AliasField, message: AliasProblem['message']): AliasProblem => ({
    field,
    index: null,
    message,
  })
  const faulty = aliasProblem(address.trim())
  if (faulty !== null) return [problem('address', faulty)]
  if (taken !== null)
    return [problem('address', { key: 'aliases.problem.taken', values: { address: taken } })]
  if (destinations.length === 0) return [problem('destinations', { key: 'aliases.problem.noDestination' })]
  return []
}

/**
 * The change records that make exactly these entries hold the alias. Additions come first.
 * @param holders the entries that hold it now  @param wanted those that are to hold it
 */
export function planAlias(
  address: string,
  holders: readonly Entry[],
  wanted: readonly Entry[],
): readonly ChangeRecord[] {
  const change = (operation: 'add' | 'delete', dn: string, value: string): ChangeRecord => ({
    type: 'modify',
    dn,
    modifications: [{ operation, attribute: 'mailAlias', values: [value] }],
  })
  const among = (entry: Entry, others: readonly Entry[]): boolean => others.some(({ dn }) => dn === entry.dn)
  return [
    ...wanted
      .filter((entry) => spellingOf(entry, address) === null)
      .map(({ dn }) => change('add', dn, address)),
    ...holders
      .filter((entry) => !among(entry, wanted))
      .map((entry) => change('delete', entry.dn, spellingOf(entry, address) ?? address)),
  ]
}
