/**
 * bench-lists - how long it takes to read a list for a page, without the page: in this process, as lib/lists does.
 *
 * The settings of the panel must be in the environment before anything is read. Fails when the directory does.
 */
import { grantAuthority } from '@/lib/directory/authority'
import { listAliases } from '@/lib/lists/aliases'
import { pageOfDomains } from '@/lib/lists/domains'
import { type FilteredQuery, listMailboxes } from '@/lib/lists/mailboxes'
import { personDn } from './demo/names'

export type Reading = () => Promise<{ readonly status: string }>

const postmaster = grantAuthority({
  person: { dn: personDn('mokafor'), name: 'Measurement', mail: 'mokafor@domain1.net' },
  role: 'postmaster',
  domains: [],
})

/** A page of mailboxes. */
export function mailboxList(query: Partial<FilteredQuery>): Reading {
  const all = { text: '', domain: '', kind: null, sortBy: 'mail', page: 1 } as const
  return () => listMailboxes(postmaster, { ...all, ...query })
}

/** The first page of the domains. */
export function domainList(): Reading {
  return () => pageOfDomains(postmaster, { text: '', sortBy: 'dc', descending: false, page: 1 })
}

/** The first page of the aliases. */
export function aliasList(): Reading {
  const all = { kind: 'alias', text: '', domain: '', mark: null, sortBy: 'destination', page: 1 } as const
  return () => listAliases(postmaster, all)
}

/** Milliseconds to read it from a list that the server keeps sorted: it is read twice, and the second counts. */
export async function timeToRead(read: Reading): Promise<number> {
  for (let start = performance.now(), isWarm = false; ; isWarm = true, start = performance.now()) {
    const result = await read()
    if (result.status === 'failed') throw new Error('The directory did not answer.')
    if (isWarm) return performance.now() - start
  }
}
