/**
 * waiting-requests - the requests that wait for this domain administrator or postmaster. One LDAP round trip.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { findDocuments, hasStore } from '@/lib/directory/store'
import { ownerPolicy } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { ALL_REQUESTS, type AliasRequest, mayDecide, readRequest } from './request'

export type WaitingRequests =
  { readonly status: 'list'; readonly requests: readonly AliasRequest[] } | SearchFailure

/** Whether there is a place to keep requests in. */
export function hasRequests(): boolean {
  return hasStore()
}

/** What this person may decide about, the longest waiting first. */
export async function listWaitingRequests(authority: Authority): Promise<WaitingRequests> {
  if (!hasStore() || authority.role === 'owner') return { status: 'list', requests: [] }
  const found = await findDocuments(authority, ALL_REQUESTS, 'waiting')
  if ('status' in found) return found
  const requests = found
    .map(readRequest)
    .filter((request) => request !== null)
    .filter((request) => mayDecide(authority, request))
  return {
    status: 'list',
    requests: requests.sort((one, other) => one.askedAt.localeCompare(other.askedAt)),
  }
}

/** How many wait; null where nobody asks for anything. When the store does not answer the page itself says so. */
export async function countWaitingRequests(authority: Authority): Promise<number | null> {
  const waiting = await listWaitingRequests(authority)
  const count = waiting.status === 'list' ? waiting.requests.length : 0
  return count > 0 || (hasStore() && ownerPolicy().requests.length > 0) ? count : null
}
