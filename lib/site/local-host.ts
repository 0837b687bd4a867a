/**
 * local-host - what Postfix would learn from this machine where main.cf is silent: its name and addresses.
 */
import 'server-only'
import { hostname, networkInterfaces } from 'node:os'
import type { LocalHost } from '@/lib/postfix/main-cf'

/** What Postfix would learn from this machine. */
export function localHost(): LocalHost {
  const addresses = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).map(({ address }) => address),
  )
  return { name: hostname(), addresses }
}
