/**
 * tally - the numbers of the overview and what needs attention, as far as a person may see them.
 *
 * Both come from the survey of all mailboxes; a domain administrator's numbers from a walk over the own mailboxes.
 * What needs attention agrees with the list of mailboxes with findings, to which it leads. Kept as the survey
 * is. Authority: RFC 2142 section 5 for postmaster@.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { walkEntries } from '@/lib/directory/entry-walk'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { listDomains } from '@/lib/lists/domains'
import { findMailboxes } from '@/lib/lists/found-mailboxes'
import { PatientCache } from '@/lib/lists/patient-cache'
import { survey } from '@/lib/lists/survey'
import { visibleMailboxes } from '@/lib/lists/visibility'
import { type Sums, TallySheet } from '@/lib/survey/tally-sheet'
import { type AttentionItem, attentionOf } from './attention'

const PART = 1000

export interface Tally extends Sums {
  readonly status: 'counted'
  /** Milliseconds since 1970. */
  readonly time: number
  readonly attention: readonly AttentionItem[]
}

const holder = globalThis as typeof globalThis & { postbookTally?: PatientCache<Tally> }

/** The sums over all mailboxes and domains that this person may see. */
export function tally(authority: Authority): Promise<Tally | SearchFailure> {
  const { LDAP_URL, LDAP_MAIL_BASE } = directoryEnvironment()
  const key = JSON.stringify([LDAP_URL, LDAP_MAIL_BASE, visibleMailboxes(authority)])
  holder.postbookTally ??= new PatientCache<Tally>()
  return holder.postbookTally.get(key, LDAP_MAIL_BASE, () => count(authority))
}

async function count(authority: Authority): Promise<Tally | SearchFailure> {
  const [domains, known, found] = await Promise.all([
    listDomains(authority),
    survey(authority),
    findMailboxes(authority, { text: '', domain: '' }),
  ])
  if (domains.status === 'failed') return domains
  if (known.status === 'failed') return known
  if (found.status === 'failed') return found
  const names = domains.domains.map(({ name }) => name.toLowerCase())
  const sums = authority.role === 'postmaster' ? known.sums : await ownSums(authority, names)
  if ('resultCode' in sums) return sums
  const own = new Set(names)
  const withoutPostmaster = known.withoutPostmaster.filter((domain) => own.has(domain))
  const attention = attentionOf(found, withoutPostmaster)
  return { status: 'counted', time: known.time, ...sums, attention }
}

async function ownSums(authority: Authority, domains: readonly string[]): Promise<Sums | SearchFailure> {
  const sheet = new TallySheet(domains)
  const failure = await walkEntries(
    authority,
    {
      base: directoryEnvironment().LDAP_MAIL_BASE,
      scope: 'sub',
      filter: visibleMailboxes(authority),
      attributes: ['mail', 'mailAlias', 'mailEnabled', 'mailForwardingAddress'],
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
  return failure ?? sheet.sums()
}
