/**
 * session-facts - what a session knows: who signed in, when, and the seal of the entry as it was then.
 *
 * The seal covers the entryUUID, the time of the last change of the password and the person's generation of
 * sessions (lib/directory/session-generation.ts). It is compared at each request with one made anew, so a session
 * ends when the entry is replaced by another, the password is changed, or the person signs out everywhere.
 */
import 'server-only'
import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { FoundPerson } from '@/lib/directory/sign-in'
import { readSessionGeneration } from '@/lib/directory/session-generation'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { ClaimGrants } from './claims'

/** In the cookie, encrypted and signed. */
export const sessionFacts = z.object({
  dn: z.string().min(1),
  seal: z.string().min(1),
  /** Seconds since 1970. */
  signedInAt: z.number(),
  grants: z
    .object({ rules: z.string(), postmaster: z.boolean(), domains: z.array(z.string()).readonly() })
    .nullable(),
})

export type SessionFacts = z.output<typeof sessionFacts>

/** The facts of a session that begins now. */
export async function newSessionFacts(
  found: FoundPerson,
  grants: ClaimGrants | null,
): Promise<{ readonly status: 'known'; readonly facts: SessionFacts } | SearchFailure> {
  const read = await readSessionGeneration(found.person.dn)
  if (read.status === 'failed') return read
  const signedInAt = Math.floor(Date.now() / 1000)
  const seal = sealOf(found, read.generation)
  return { status: 'known', facts: { dn: found.person.dn, seal, signedInAt, grants } }
}

/** The seal of an entry as it is now. */
export function sealOf({ entryUuid, passwordChanged }: FoundPerson, generation: string): string {
  const parts = JSON.stringify([entryUuid, passwordChanged, generation])
  return createHash('sha256').update(parts).digest('base64url')
}
