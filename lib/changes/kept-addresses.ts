/**
 * kept-addresses - paused aliases of other mailboxes among the addresses that a change gives.
 *
 * Whoever pauses an alias keeps it (lib/directory/alias-notes), so that nobody else gets that person's mail. A
 * mailbox that is gone keeps nothing. A search that fails is a problem in words. Without a store nothing is paused.
 * LDAP round trips: one (all addresses at once), and one for the mailboxes that keep any.
 */
import 'server-only'
import { allNotes, type FoundNote, notesOfAddress } from '@/lib/directory/alias-notes'
import type { Authority } from '@/lib/directory/authority'
import { search } from '@/lib/directory/service'
import { hasStore } from '@/lib/directory/store'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import type { EntryImage } from './entry-image'
import { addedAddresses, type Searched } from './findings/finding-searches'

/** An address that a mailbox keeps. */
export interface KeptAddress {
  readonly address: string
  readonly dn: string
  /** What people call the mailbox. */
  readonly name: string
}

/** Addresses that are given to an entry and kept by another one. */
export async function findKept(
  authority: Authority,
  images: readonly EntryImage[],
): Promise<Searched<readonly KeptAddress[]>> {
  const nothing = { found: [], problem: null }
  const addresses = hasStore() ? addedAddresses(images).map((address) => address.toLowerCase()) : []
  const notes = await notesAbout(authority, new Set(addresses))
  if ('status' in notes) return { found: [], problem: notes.diagnostic }
  const paused = notes.filter((note) => note.paused && !isGivenTo(images, note))
  if (paused.length === 0) return nothing
  const result = await search(authority, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    scope: 'sub',
    filter: {
      type: 'or',
      filters: paused.map(({ mailbox: value }) => ({ type: 'equality', attribute: 'entryUUID', value })),
    },
    attributes: ['mail', 'entryUUID'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'failed') return { found: [], problem: result.diagnostic }
  const keepers = new Map(result.entries.map((entry) => [valueOf(entry, 'entryUUID'), entry]))
  const found = paused.flatMap(({ address, mailbox }) => {
    const keeper = keepers.get(mailbox)
    return keeper === undefined
      ? []
      : [{ address, dn: keeper.dn, name: valueOf(keeper, 'mail') ?? keeper.dn }]
  })
  return { found, problem: null }
}

/** Beyond this many addresses one search for everything is cheaper than one for each. */
const ONE_BY_ONE = 20

async function notesAbout(
  authority: Authority,
  addresses: ReadonlySet<string>,
): Promise<readonly FoundNote[] | SearchFailure> {
  if (addresses.size > ONE_BY_ONE) {
    const all = await allNotes(authority)
    return 'status' in all ? all : all.filter(({ address }) => addresses.has(address))
  }
  const notes: FoundNote[] = []
  for (const found of await Promise.all([...addresses].map((one) => notesOfAddress(authority, one)))) {
    if ('status' in found) return found
    notes.push(...found)
  }
  return notes
}

/** Whether the mailbox that keeps the address is the one that gets it. */
function isGivenTo(
  images: readonly EntryImage[],
  { address, mailbox }: { readonly address: string; readonly mailbox: string },
): boolean {
  return images
    .filter(({ after }) => after !== null && holds(after, address))
    .every(({ before, after }) => valueOf(before ?? after ?? NOBODY, 'entryUUID') === mailbox)
}

const NOBODY: Entry = { dn: '', attributes: [] }

function holds(entry: Entry, address: string): boolean {
  return ['mail', 'mailAlias', 'mailGroupMember'].some((attribute) =>
    valuesOf(entry, attribute).some((value) => value.toLowerCase() === address),
  )
}
