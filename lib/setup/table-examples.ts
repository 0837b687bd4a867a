/**
 * table-examples - the tables in use, each with the command that asks it for an address of this site.
 *
 * The key is a hosted domain, or postmaster@ in it: what Postfix itself would ask for. LDAP round trips: one.
 */
import 'server-only'
import { postmapCommand } from '@/lib/changes/impact/lookup-answer'
import type { Authority } from '@/lib/directory/authority'
import { directoryEnvironment } from '@/lib/environment'
import { hostedDomains } from '@/lib/lists/hosted-domains'
import { siteTables } from '@/lib/site/postfix-configuration'

export interface TableExample {
  readonly parameter: string
  readonly name: string
  /** Null where no postmap could ask it: the table is the panel's own. */
  readonly command: string | null
}

export type TableExamples =
  | { readonly status: 'read'; readonly folder: string; readonly tables: readonly TableExample[] }
  | { readonly status: 'broken'; readonly message: string }

/** The tables that the panel asks. */
export async function tableExamples(authority: Authority): Promise<TableExamples> {
  const site = siteTables()
  if (site.status === 'broken') return site
  const hosted = await hostedDomains(authority)
  const [domain = 'example.net'] = hosted.status === 'read' ? [...(hosted.domains ?? [])].sort() : []
  const folder = directoryEnvironment().POSTFIX_CONFIG_DIRECTORY
  const tables = [...site.tables, ...site.otherTables].map(({ parameter, name }) => {
    const key = /_domains$|^mydestination$/.test(parameter) ? domain : `postmaster@${domain}`
    return { parameter, name, command: folder === '' ? null : postmapCommand(name, key) }
  })
  return { status: 'read', folder, tables }
}
