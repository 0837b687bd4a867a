'use server'

import { z } from 'zod'
import type { DomainSuggestions } from '@/components/entries/domain-choices'
import { currentAuthority } from '@/lib/auth/current-authority'
import { findDomainChoices } from '@/lib/lists/domain-choices'

const wanted = z.string().trim().max(253)

/** Domains whose names contain this text, as far as the person may see them. Reads only. */
export async function suggestDomains(text: unknown): Promise<DomainSuggestions> {
  const who = await currentAuthority()
  if (who.status === 'signedOut') return { status: 'signedOut' }
  const parsed = wanted.safeParse(text)
  if (who.status !== 'signedIn' || !parsed.success || who.authority.role === 'owner')
    return { status: 'failed' }
  const result = await findDomainChoices(who.authority, parsed.data)
  if (result.status === 'failed') return { status: 'failed' }
  return { status: 'found', names: result.names, more: result.more }
}
