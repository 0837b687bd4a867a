/**
 * finding-searches - what has to be asked of the directory before a change can be judged.
 *
 * Who else has the addresses that are added (service account, mail base), and what the tables' own accounts
 * cannot see of the change. A search that fails is a problem in words; no finding is left out silently.
 * LDAP round trips: one for the holders, two for each account of the tables.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { liveAccess } from '@/lib/directory/files'
import { search } from '@/lib/directory/service'
import { directoryEnvironment } from '@/lib/environment'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import type { SearchResult } from '@/lib/ldap/directory-view'
import type { Filter } from '@/lib/ldap/filter'
import { formatDn } from '@/lib/ldap/dn'
import type { Schema } from '@/lib/ldap/schema'
import type { SiteTable } from '@/lib/site/postfix-configuration'
import { type EntryImage, valueDifference } from '@/lib/changes/entry-image'
import { ADDRESS_ATTRIBUTES, type FindingFacts, type Holder } from './finding-facts'
import { attributesOfTable } from '@/lib/changes/impact/impact'
import { inTurns } from '@/lib/changes/portions'
import type { SeenByAccount } from '@/lib/changes/overlay/seen-by-account'
import type { Text } from '@/lib/words/text'
import { searchProblem } from '@/lib/changes/search-problem'

export interface Searched<Result> {
  readonly found: Result
  /** Why the search gave nothing; null if it did. */
  readonly problem: Text | null
}

const NAME_ATTRIBUTES = ['displayName', 'cn'] as const

/** Values of one search filter; slapd takes long filters, but not without limit. */
const VALUES_PER_SEARCH = 100

/** The addresses that the change adds, each once, as written. */
export function addedAddresses(images: readonly EntryImage[]): readonly string[] {
  return [...new Set(images.flatMap(addedTo))]
}

/** Several findings ask it of the same images. */
const addedIn = new WeakMap<EntryImage, readonly string[]>()

function addedTo(image: EntryImage): readonly string[] {
  const known = addedIn.get(image)
  if (known !== undefined) return known
  const added = ADDRESS_ATTRIBUTES.flatMap((attribute) => valueDifference(image, attribute).added)
  addedIn.set(image, added)
  return added
}

/** Entries, other than the one that gets it, that have an added address. */
export async function findHolders(
  authority: Authority,
  images: readonly EntryImage[],
): Promise<Searched<readonly Holder[]>> {
  const addresses = addedAddresses(images)
  const found = await heldAmong(images)
  const touched = new Set(images.map(({ before }) => before?.dn))
  for (let at = 0; at < addresses.length; at += VALUES_PER_SEARCH) {
    const some = addresses.slice(at, at + VALUES_PER_SEARCH)
    const result = await searchMail(authority, { type: 'or', filters: some.flatMap(assertionsOf) })
    if (result.status === 'failed') return { found, problem: searchProblem(result) }
    for (const entry of result.entries) if (!touched.has(entry.dn)) found.push(...heldBy(entry, some))
  }
  return { found, problem: null }
}

/** What of the change the accounts of the tables cannot see, of attributes that these tables use. */
export async function findUnreadable(
  tables: readonly SiteTable[],
  byAccount: SeenByAccount,
  schema: Schema,
): Promise<FindingFacts['unreadable']> {
  const unreadable: { map: string; attribute: string; dn: string }[] = []
  for (const { name, configuration } of tables) {
    if (configuration === null) continue
    const { server } = configuration
    const seen = await byAccount.see(server, liveAccess.openDirectory(server))
    // The lookups of such a table fail too, and are reported as such.
    if (seen.status === 'failed') continue
    const used = attributesOfTable(configuration)
    for (const { hidden, pending } of seen.entries) {
      for (const attribute of hidden.filter((hiddenOne) => used.has(hiddenOne))) {
        const dn = formatDn(pending.origin ?? pending.final ?? [])
        unreadable.push({ map: name, attribute: spelled(attribute, schema), dn })
      }
    }
  }
  return unreadable
}

function searchMail(authority: Authority, filter: Filter): Promise<SearchResult> {
  return search(authority, {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    scope: 'sub',
    filter,
    attributes: [...ADDRESS_ATTRIBUTES, ...NAME_ATTRIBUTES],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
}

function assertionsOf(value: string): readonly Filter[] {
  const spellings = [...new Set([value, value.toLowerCase()])]
  return ADDRESS_ATTRIBUTES.flatMap((attribute) =>
    spellings.map((spelling): Filter => ({ type: 'equality', attribute, value: spelling })),
  )
}

/** Touched entries that will have an address which the change gives to another one. */
async function heldAmong(images: readonly EntryImage[]): Promise<Holder[]> {
  const givenTo = new Map<string, { readonly image: EntryImage; readonly address: string }[]>()
  for (const image of images) {
    for (const address of addedAddresses([image])) {
      const key = address.toLowerCase()
      const given = givenTo.get(key)
      if (given === undefined) givenTo.set(key, [{ image, address }])
      else given.push({ image, address })
    }
  }
  const held = await inTurns(images, (other) => {
    const { after } = other
    const has = after === null ? [] : ADDRESS_ATTRIBUTES.flatMap((attribute) => valuesOf(after, attribute))
    const wanted = [...new Set(has.map((value) => value.toLowerCase()))].flatMap((value) =>
      (givenTo.get(value) ?? []).filter(({ image }) => image !== other).map(({ address }) => address),
    )
    return heldBy(after, [...new Set(wanted)])
  })
  return held.flat()
}

function heldBy(entry: Entry | null, addresses: readonly string[]): readonly Holder[] {
  if (entry === null) return []
  const names = ['mail', ...NAME_ATTRIBUTES].flatMap((attribute) => valuesOf(entry, attribute))
  return ADDRESS_ATTRIBUTES.flatMap((attribute) => {
    const held = valuesOf(entry, attribute).map((value) => value.toLowerCase())
    return addresses
      .filter((address) => held.includes(address.toLowerCase()))
      .map((address) => ({ address, dn: entry.dn, names, attribute }))
  })
}

function spelled(attribute: string, schema: Schema): string {
  return schema.attributeType(attribute)?.name ?? attribute
}
