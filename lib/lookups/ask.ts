/**
 * ask - asks the site's tables for a key, live, with each table's own server and bind account.
 *
 * One search for each table, all at once. A table that cannot be asked answers with an error, never with nothing.
 */
import 'server-only'
import { answerOf, postmapCommand } from '@/lib/changes/impact/lookup-answer'
import type { Authority } from '@/lib/directory/authority'
import { liveAccess } from '@/lib/directory/files'
import { domainOf } from '@/lib/entries/address'
import type { LookupFlags } from '@/lib/postfix/lookup-table'
import { type SiteTable, siteTables } from '@/lib/site/postfix-configuration'
import type { Text } from '@/lib/words/text'
import type { TableAnswer } from './lookup-report'

export type Answers =
  | { readonly status: 'asked'; readonly answers: readonly TableAnswer[] }
  | { readonly status: 'refused'; readonly message: Text }

/** Every table's answer for one key: an address, `@domain`, a bare domain or any text. */
export async function askTables(authority: Authority, key: string): Promise<Answers> {
  const refusal = refusalFor(authority, key)
  if (refusal !== null) return { status: 'refused', message: refusal }
  const site = siteTables()
  if (site.status === 'broken') return { status: 'refused', message: site.message }
  const tables = [...site.tables, ...site.otherTables]
  const answers = await Promise.all(tables.map((table) => askTable(table, key, site.flags)))
  return { status: 'asked', answers }
}

/** Why this person may not ask for this key; null if they may. */
export function refusalFor(authority: Authority, key: string): Text | null {
  const domain = domainOf(key) ?? key.toLowerCase()
  switch (authority.role) {
    case 'postmaster':
      return null
    case 'domainAdministrator':
      return authority.domains.includes(domain)
        ? null
        : { key: 'lookups.ownDomains', values: { domains: authority.domains.join(', ') } }
    case 'owner':
      return { key: 'lookups.ownPage' }
  }
}

async function askTable(table: SiteTable, key: string, flags: LookupFlags): Promise<TableAnswer> {
  const started = performance.now()
  const result = await table.open(liveAccess).lookup(key, flags)
  return {
    parameter: table.parameter,
    map: table.name,
    key,
    answer: answerOf(result),
    searches: result.steps,
    skipped: result.skipped,
    command: postmapCommand(table.name, key),
    milliseconds: performance.now() - started,
  }
}
