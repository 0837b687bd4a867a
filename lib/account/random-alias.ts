/**
 * random-alias - a fresh address for one sign-up, at one tap: made up, checked, previewed, saved and proved.
 *
 * Words are those of human-id, chosen by the system's random numbers; characters are such as cannot be mistaken for
 * one another. A candidate that is anybody's is passed over; any other obstacle is said. Used by the account page,
 * and by whatever else makes an alias for a person who has not seen a preview.
 */
import 'server-only'
import { randomInt } from 'node:crypto'
import { adjectives, nouns } from 'human-id'
import type { z } from 'zod'
import type { Authority } from '@/lib/directory/authority'
import type { Refused } from '@/lib/changes/edit-state'
import { refusedEdit } from '@/lib/changes/edit'
import type { AccountTask, randomWish } from '@/lib/entries/account-task'
import { aliasDomains } from '@/lib/entries/owner-policy'
import { ownerPolicy } from '@/lib/environment'
import { commitTask, previewTask, type TaskOutcome } from './account-commit'

type Saved = Extract<TaskOutcome, { status: 'saved' }>

export type RandomOutcome =
  { readonly status: 'made'; readonly address: string; readonly saved: Saved } | Refused<'localpart'>

const CANDIDATES = 5
const CHARACTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const LENGTH = 10
const SUFFIX_LENGTH = 3

/** Makes a random alias for this person. An empty domain is the first that they may use. */
export async function makeRandomAlias(
  authority: Authority,
  { kind, domain, note }: z.infer<typeof randomWish>,
): Promise<RandomOutcome> {
  const [first = ''] = aliasDomains(ownerPolicy(), authority.person.mail)
  const where = domain === '' ? first : domain
  for (let candidate = 1; candidate <= CANDIDATES; candidate += 1) {
    const localpart = kind === 'words' ? randomWords() : randomCharacters(LENGTH)
    const task: AccountTask = { task: 'add', localpart, domain: where, note, until: '' }
    const seen = await previewTask(authority, task)
    if (seen.status === 'refused') return { ...seen, field: null }
    if (seen.status === 'stale') return refusedEdit({ key: 'account.noMailbox' })
    const [problem] = seen.problems
    if (problem !== undefined) return refusedEdit(problem.message)
    if (seen.preview.findings.some(({ severity }) => severity !== 'notice')) continue
    const approval = { checksum: seen.preview.checksum, confirmed: [] }
    const saved = await commitTask(authority, task, approval)
    if (saved.status === 'saved') return { status: 'made', address: `${localpart}@${where}`, saved }
    if (saved.status === 'refused') return { ...saved, field: null }
  }
  return refusedEdit({ key: 'account.refusal.noneFree' })
}

function randomWords(): string {
  return `${pick(adjectives)}-${pick(nouns)}-${randomCharacters(SUFFIX_LENGTH)}`
}

function randomCharacters(length: number): string {
  return Array.from({ length }, () => CHARACTERS.charAt(randomInt(CHARACTERS.length))).join('')
}

function pick(among: readonly string[]): string {
  return among[randomInt(among.length)] ?? ''
}
