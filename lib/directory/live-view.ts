/**
 * live-view - the DirectoryView of a running LDAP server.
 *
 * Searches go out exactly as asked; entries come back with attributes and values in the server's order and
 * with every octet (octets.ts). Whatever is not a complete answer is a SearchFailure with the server's result
 * code, also a size limit that was hit; -1 the server cannot be reached, -5 it is silent. A connection that
 * turns out to be lost is replaced, as dict_ldap.c does, and at last by one that no other request is sent over;
 * a silent server is not asked again.
 */
import 'server-only'
import type { Control } from 'ldapts'
import type { DirectoryView, SearchFailure, SearchRequest, SearchResult } from '@/lib/ldap/directory-view'
import type { ServerSettings } from '@/lib/postfix/table-access'
import type { Connection, Exchange } from './connection'
import { OctetSearchRequest } from './message'
import { brokenAt, failure, openConnection, patience, sharedSession } from './session'

/** LDAP_NOT_SUPPORTED of OpenLDAP's client library. */
const NOT_SUPPORTED = -12

/** A view of the server that these settings name. Nothing is connected here. */
export function openDirectory(settings: ServerSettings): DirectoryView {
  const session = sharedSession(settings)
  return {
    async ready(): Promise<SearchFailure | null> {
      // Without bind and StartTLS the client library connects at the first search, not before.
      if (settings.bind === 'none' && !settings.startTls) return null
      const opened = await session.acquire()
      return opened.status === 'failed' ? opened : null
    },
    async search(request: SearchRequest): Promise<SearchResult> {
      for (let sent = 0; sent < 2;) {
        const opened = await session.acquire()
        if (opened.status === 'failed') return opened
        const exchange = await searchOn(opened.connection, request, patience(settings))
        if (exchange.status === 'answered' || exchange.timedOut)
          return unchasedReferral(exchange, settings) ?? searchResult(exchange)
        if (exchange.sent) sent += 1
      }
      return searchAlone(settings, request)
    },
  }
}

/** Twice lost may be the fault of another request on the shared connection; now only this one can be to blame. */
async function searchAlone(settings: ServerSettings, request: SearchRequest): Promise<SearchResult> {
  const opened = await openConnection(settings)
  if (opened.status === 'failed') return opened
  const exchange = await searchOn(opened.connection, request, patience(settings))
  opened.connection.close()
  return unchasedReferral(exchange, settings) ?? searchResult(exchange)
}

/** Sends one search over this connection. */
export function searchOn(
  connection: Connection,
  request: SearchRequest,
  milliseconds: number,
  controls: readonly Control[] = [],
  catchers: readonly Control[] = [],
): Promise<Exchange> {
  const message = new OctetSearchRequest(request)
  if (controls.length > 0) message.controls = [...controls]
  return connection.exchange(message, milliseconds, catchers)
}

/**
 * Postfix's client library would go on to other servers (chase_referrals = yes). We do not, so what is missing
 * there is not known: that is a failure, not an answer.
 */
function unchasedReferral(exchange: Exchange, settings: ServerSettings): SearchFailure | null {
  if (!settings.chaseReferrals || exchange.status === 'broken' || exchange.references === 0) return null
  return failure(
    'search',
    NOT_SUPPORTED,
    'chase_referrals: references to other servers are not followed here',
  )
}

/** The result of a search from what came back for it. */
export function searchResult(exchange: Exchange): SearchResult {
  if (exchange.status === 'broken') return brokenAt('search', exchange)
  if (exchange.resultCode !== 0) return failure('search', exchange.resultCode, exchange.diagnostic)
  return { status: 'complete', entries: exchange.entries }
}
