/**
 * postmaster-access - the postmasters whom a change locks out, when none would be left.
 *
 * A postmaster is a member of POSTMASTER_GROUP (member, uniqueMember, memberUid) whose entry is there and not
 * disabled. A renamed entry counts as lost: the group goes on naming it as before. Only read when the change
 * touches the group, or takes away, renames or disables an entry. A failed read is a problem in words.
 * LDAP round trips: none for most changes, else two.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { readEntry } from '@/lib/directory/service'
import { ConfigurationProblem } from '@/lib/configuration-problem'
import { panelEnvironment } from '@/lib/environment'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { dnKey } from '@/lib/changes/commit/write-step'
import type { EntryImage } from '@/lib/changes/entry-image'

export interface LockedOut {
  readonly found: readonly string[]
  readonly problem: string | null
}

const NOBODY: LockedOut = { found: [], problem: null }

/** The last postmasters, if the change would leave none. */
export async function findLockedOut(authority: Authority, images: readonly EntryImage[]): Promise<LockedOut> {
  const groupDn = postmasterGroup()
  if (groupDn === null || !images.some((image) => mayLockOut(image, groupDn))) return NOBODY
  const read = await readEntry(authority, groupDn)
  if (read.status === 'notFound') return NOBODY
  if (read.status === 'failed') return { found: [], problem: read.diagnostic }
  const changed = images.find(({ before }) => before !== null && isNamed(before.dn, groupDn))
  const after = changed === undefined ? read.entry : changed.after
  const people = await readMembers(authority, read.entry)
  if (typeof people === 'string') return { found: [], problem: people }
  const isLeft = (person: Entry): boolean => {
    const image = images.find(({ before }) => before?.dn === person.dn)
    const then = image === undefined ? person : image.after
    if (then === null || after === null || !isNamed(then.dn, person.dn) || !isEnabled(then)) return false
    return isMember(then, after)
  }
  const now = people.filter(isEnabled)
  return now.some(isLeft) ? NOBODY : { found: now.map(({ dn }) => dn), problem: null }
}

function postmasterGroup(): string | null {
  try {
    return panelEnvironment().POSTMASTER_GROUP
  } catch (error) {
    // The command line works without the settings of the panel; then nobody signs in.
    if (error instanceof ConfigurationProblem) return null
    throw error
  }
}

function mayLockOut({ before, after }: EntryImage, groupDn: string): boolean {
  if (before === null) return false
  if (isNamed(before.dn, groupDn)) return true
  return after === null || !isNamed(after.dn, before.dn) || (isEnabled(before) && !isEnabled(after))
}

/** The members that exist. Those by uid are left out: whose they are is not told by the group. */
async function readMembers(authority: Authority, group: Entry): Promise<readonly Entry[] | string> {
  const names = [...valuesOf(group, 'member'), ...valuesOf(group, 'uniqueMember')]
  const reads = await Promise.all(
    names.filter((name) => dnKey(name) !== null).map((dn) => readEntry(authority, dn)),
  )
  const people: Entry[] = []
  for (const read of reads) {
    if (read.status === 'failed') return read.diagnostic
    if (read.status === 'found') people.push(read.entry)
  }
  return people
}

function isMember(person: Entry, group: Entry): boolean {
  const names = [...valuesOf(group, 'member'), ...valuesOf(group, 'uniqueMember')]
  if (names.some((name) => isNamed(name, person.dn))) return true
  return valuesOf(group, 'memberUid').some((uid) => valuesOf(person, 'uid').includes(uid))
}

function isEnabled(person: Entry): boolean {
  return valueOf(person, 'mailEnabled')?.toUpperCase() !== 'FALSE'
}

function isNamed(one: string, other: string): boolean {
  const key = dnKey(one)
  return key !== null && key === dnKey(other)
}
