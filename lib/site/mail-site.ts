/**
 * mail-site - the site's Postfix as the trace needs it: main.cf with all its domain lists and maps, opened.
 */
import 'server-only'
import { type MailSiteResult, openMailSite } from '@/lib/postfix/resolution-site'
import type { TableAccess } from '@/lib/postfix/table-access'
import { localHost } from './local-host'
import { configSource } from './postfix-configuration'

/**
 * Opens the site on the live directory, or with `wrap` on another view of it. No connection is made before the
 * first lookup.
 */
export function openSite(wrap: (access: TableAccess) => TableAccess = (access) => access): MailSiteResult {
  const source = configSource()
  if (source.status === 'broken') return { status: 'failed', message: source.message }
  return openMailSite(source.directory, wrap(source.access), localHost())
}
