/**
 * tally - what one look at every mailbox gives: how many there are, in which domains, and what needs attention.
 *
 * LDAP cannot count, so the mailboxes are walked once in parts, with their addresses alone, and nothing is kept of
 * them but sums and the addresses. A tally is used again while the directory says that nothing was written, and
 * otherwise for twenty times as long as it took: a small directory is counted anew each time, a large one at most
 * a twentieth of the time. Whoever asks meanwhile waits for the same walk. Authority: RFC 2142 section 5
 * for postmaster@; virtual(5): an alias wins over a mailbox.
 */
import 'server-only'
import { LRUCache } from 'lru-cache'
import type { Authority } from '@/lib/directory/authority'
import { walkEntries } from '@/lib/directory/entry-walk'
import { contextStamp } from '@/lib/directory/list-view'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { aliasFacts } from '@/lib/lists/alias-facts'
import { listDomains } from '@/lib/lists/domains'
import { hostedDomains } from '@/lib/lists/hosted-domains'
import { visibleMailboxes } from '@/lib/lists/visibility'
import { type Sums, TallySheet } from './tally-sheet'

const PART = 1000
/** Share of the time that may be spent on counting. */
const PATIENCE = 20

export interface Tally extends Sums {
  readonly status: 'counted'
  /** Milliseconds since 1970. */
  readonly time: number
}

interface Kept {
  readonly stamp: string
  readonly until: number
  readonly tally: Tally
}

interface Holder {
  readonly kept: LRUCache<string, Kept>
  readonly running: Map<string, Promise<Tally | SearchFailure>>
}

const holder = globalThis as typeof globalThis & { postbookTally?: Holder }

/** The sums over all mailboxes and domains that this person may see. */
export async function tally(authority: Authority): Promise<Tally | SearchFailure> {
  const { kept, running } = (holder.postbookTally ??= { kept: new LRUCache({ max: 8 }), running: new Map() })
  const { LDAP_URL, LDAP_MAIL_BASE } = directoryEnvironment()
  const key = JSON.stringify([LDAP_URL, LDAP_MAIL_BASE, visibleMailboxes(authority)])
  const stamp = await contextStamp(LDAP_MAIL_BASE)
  const known = kept.get(key)
  if (known !== undefined && ((stamp !== '' && known.stamp === stamp) || known.until > Date.now()))
    return known.tally
  const under = running.get(key)
  if (under !== undefined) return under
  const started = performance.now()
  const counting = count(authority).then((result) => {
    running.delete(key)
    const took = performance.now() - started
    if (result.status === 'counted')
      kept.set(key, { stamp, until: Date.now() + took * PATIENCE, tally: result })
    return result
  })
  running.set(key, counting)
  return counting
}

async function count(authority: Authority): Promise<Tally | SearchFailure> {
  const [domains, hosted] = await Promise.all([listDomains(authority), hostedDomains(authority)])
  if (domains.status === 'failed') return domains
  if (hosted.status === 'failed') return hosted
  const names = domains.domains.map(({ name }) => name.toLowerCase())
  // postmaster@ may be an alias of a mailbox that an administrator does not see.
  const elsewhere =
    authority.role === 'postmaster'
      ? null
      : await aliasFacts(
          authority,
          names.map((name) => `postmaster@${name}`),
        )
  if (elsewhere?.status === 'failed') return elsewhere
  const known =
    elsewhere === null ? [] : [...elsewhere.facts.holders.keys(), ...elsewhere.facts.mailboxes.keys()]
  const sheet = new TallySheet(names, hosted.domains, new Set(known))
  const failure = await walkEntries(
    authority,
    {
      base: directoryEnvironment().LDAP_MAIL_BASE,
      scope: 'sub',
      filter: visibleMailboxes(authority),
      attributes: ['mail', 'mailAlias', 'mailEnabled', 'mailForwardingAddress', 'entryUUID'],
      sizeLimit: 0,
      timeLimit: 0,
      dereference: 0,
    },
    PART,
    (entries) => {
      for (const entry of entries) sheet.add(entry)
      return true
    },
  )
  return failure ?? { status: 'counted', time: Date.now(), ...sheet.sums() }
}
