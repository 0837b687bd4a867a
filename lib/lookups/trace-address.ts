/**
 * trace-address - where mail for an address goes, live, as the site's Postfix resolves it.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { resolveAddress } from '@/lib/postfix/resolution'
import type { Trace } from '@/lib/postfix/trace'
import { openSite } from '@/lib/site/mail-site'
import type { Text } from '@/lib/words/text'
import { refusalFor } from './ask'

export type TraceResult =
  | { readonly status: 'traced'; readonly trace: Trace; readonly milliseconds: number }
  | { readonly status: 'refused'; readonly message: Text }

/** Resolves one address with the tables as they are now. */
export async function traceAddress(authority: Authority, address: string): Promise<TraceResult> {
  const refusal = refusalFor(authority, address)
  if (refusal !== null) return { status: 'refused', message: refusal }
  const opened = openSite()
  if (opened.status === 'failed') return { status: 'refused', message: opened.message }
  const started = performance.now()
  const trace = await resolveAddress(opened.site, address)
  return { status: 'traced', trace, milliseconds: performance.now() - started }
}
