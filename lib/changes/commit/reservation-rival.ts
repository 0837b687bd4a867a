/**
 * reservation-rival - without a store: whether someone else gave an address to another entry in the same moment.
 *
 * Two who check first and write then can both find the address free. So after the write the directory is searched
 * again. Each sees what was written before its search, hence the later of the two (by entryCSN) surely sees the
 * earlier, and has to give way. Addresses that were confirmed as shared are left out. This is weaker than a
 * reservation: for a moment both have the address, and servers that replicate into each other are not covered.
 * LDAP round trips: one for the holders, one for the states of the entries.
 */
import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import type { Authority } from '@/lib/directory/authority'
import { readEntry } from '@/lib/directory/service'
import { valueOf } from '@/lib/ldap/entry'
import type { EntryImage } from '@/lib/changes/entry-image'
import { addedAddresses, findHolders } from '@/lib/changes/findings/finding-searches'
import type { Preview } from '@/lib/changes/preview-result'
import type { Text } from '@/lib/words/text'
import { nameKey } from './write-step'

const SHARING = new Set(['alias-taken', 'alias-shadows-mailbox'])
const WAIT_MILLISECONDS = 2_000
const POLL_MILLISECONDS = 50

export type RivalSearch =
  | { readonly status: 'alone' }
  /** Someone was earlier: this change has to give way. */
  | { readonly status: 'late'; readonly address: string; readonly dn: string }
  | { readonly status: 'failed'; readonly message: Text }

/** Looks for others who have an address that was given now. */
export async function findRival(
  authority: Authority,
  images: readonly EntryImage[],
  preview: Preview,
): Promise<RivalSearch> {
  const confirmed = preview.findings
    .filter(({ code }) => SHARING.has(code))
    .flatMap(({ addresses }) => addresses.map((address) => address.toLowerCase()))
  const deadline = performance.now() + WAIT_MILLISECONDS
  for (;;) {
    const rivals = await rivalsOf(authority, images, new Set(confirmed))
    if ('status' in rivals) return rivals
    const late = rivals.find(({ isEarlier }) => isEarlier)
    if (late !== undefined) return { status: 'late', address: late.address, dn: late.dn }
    // Whoever was later gives way, if it is a panel; another program's entry stays, and the proof will tell.
    if (rivals.length === 0 || performance.now() > deadline) return { status: 'alone' }
    await delay(POLL_MILLISECONDS)
  }
}

interface Rival {
  readonly address: string
  readonly dn: string
  readonly isEarlier: boolean
}

async function rivalsOf(
  authority: Authority,
  images: readonly EntryImage[],
  confirmed: ReadonlySet<string>,
): Promise<readonly Rival[] | Extract<RivalSearch, { status: 'failed' }>> {
  const own = new Set(images.flatMap(({ after }) => (after === null ? [] : [nameKey(after.dn)])))
  const holders = await findHolders(authority, images)
  if (holders.problem !== null) return { status: 'failed', message: holders.problem }
  const others = holders.found.filter(
    ({ address, dn }) => !own.has(nameKey(dn)) && !confirmed.has(address.toLowerCase()),
  )
  return Promise.all(
    others.map(async ({ address, dn }) => {
      const ours = images.find((image) => givesAddress(image, address))?.after?.dn
      const [mine, theirs] = await Promise.all([stampOf(authority, ours), stampOf(authority, dn)])
      return { address, dn, isEarlier: theirs !== '' && theirs < mine }
    }),
  )
}

function givesAddress(image: EntryImage, address: string): boolean {
  return addedAddresses([image]).some((own) => own.toLowerCase() === address.toLowerCase())
}

/** CSNs of one server order as text: time, count, server, modification. */
async function stampOf(authority: Authority, dn: string | undefined): Promise<string> {
  if (dn === undefined) return ''
  const read = await readEntry(authority, dn, ['entryCSN'])
  return read.status === 'found' ? (valueOf(read.entry, 'entryCSN') ?? '') : ''
}
