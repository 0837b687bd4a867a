/**
 * report - the health of the directory and of the mail configuration, for postmasters.
 *
 * Nobody else is told: the checks name people, domains and files of the whole site. What was looked at in the
 * directory is kept (directory-facts); main.cf and the tables are asked each time. LDAP round trips: those of
 * directory-facts when nothing is kept, else two to see that it may be used again; and those of posture-facts.
 */
import 'server-only'
import { cache } from 'react'
import type { Authority } from '@/lib/directory/authority'
import { discoverSchema } from '@/lib/directory/schema-discovery'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { findMailboxes } from '@/lib/lists/found-mailboxes'
import { asksAsUsual } from '@/lib/site/usual-tables'
import { domainChecks, mailboxChecks } from './directory-checks'
import { directoryFacts } from './directory-facts'
import type { HealthCheck } from './health-check'
import { postureChecks } from './posture-checks'
import { postureFacts } from './posture-facts'

export interface DirectoryReport {
  readonly status: 'judged'
  /** Milliseconds since 1970. */
  readonly time: number
  /** Milliseconds that the look took. */
  readonly took: number
  readonly mailboxes: number
  readonly domains: number
  readonly checks: readonly HealthCheck[]
  /** Whether the site's tables ask as the findings of mailboxes are judged. */
  readonly isUsual: boolean
}

export type PostureReport =
  | { readonly status: 'judged'; readonly checks: readonly HealthCheck[] }
  | { readonly status: 'broken'; readonly message: string }
  | { readonly status: 'notGiven' }
  | SearchFailure

/** The checks over the whole directory. Null for whoever is no postmaster. Made once a request (React cache). */
export const directoryReport = cache(
  async (authority: Authority): Promise<DirectoryReport | SearchFailure | null> => {
    if (authority.role !== 'postmaster') return null
    const facts = await directoryFacts(authority)
    if (facts.status === 'failed') return facts
    const found = await findMailboxes(authority, { text: '', domain: '' })
    if (found.status === 'failed') return found
    return {
      status: 'judged',
      time: facts.survey.time,
      took: facts.survey.took,
      mailboxes: facts.survey.sums.mailboxes,
      domains: facts.domains.length,
      checks: [...mailboxChecks(found), ...domainChecks(facts)],
      isUsual: asksAsUsual(),
    }
  },
)

/** The checks of the mail configuration. Null for whoever is no postmaster. */
export async function postureReport(authority: Authority): Promise<PostureReport | null> {
  if (authority.role !== 'postmaster') return null
  const [facts, known] = await Promise.all([directoryFacts(authority), discoverSchema()])
  if (facts.status === 'failed') return facts
  if (known.status === 'failed') return known
  const read = await postureFacts([...(facts.survey.hosted ?? [])].sort())
  if (read.status !== 'read') return read
  const { LDAP_DOMAINS_BASE, LDAP_MAIL_BASE } = directoryEnvironment()
  const context = {
    schema: known.schema,
    bases: [LDAP_DOMAINS_BASE, LDAP_MAIL_BASE],
    survey: facts.survey,
  }
  return { status: 'judged', checks: postureChecks(read.facts, context) }
}
