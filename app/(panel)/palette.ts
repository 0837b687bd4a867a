'use server'

import { z } from 'zod'
import type { PaletteAnswer } from '@/components/palette/palette-state'
import { currentAuthority } from '@/lib/auth/current-authority'
import { quickSearch } from '@/lib/lists/quick-search'

const wanted = z.string().trim().min(1).max(200)

/** Mailboxes, domains and aliases that contain this text, as far as the person may see them. Reads only. */
export async function searchPanel(text: unknown): Promise<PaletteAnswer> {
  const who = await currentAuthority()
  if (who.status === 'signedOut') return { status: 'signedOut' }
  const parsed = wanted.safeParse(text)
  if (who.status !== 'signedIn' || !parsed.success || who.authority.role === 'owner')
    return { status: 'failed' }
  const result = await quickSearch(who.authority, parsed.data)
  if (result.status === 'failed') return { status: 'failed' }
  return {
    status: 'found',
    mailboxes: result.mailboxes.map(({ id, name, mail }) => ({ id, name, mail })),
    domains: result.domains,
    aliases: [...new Set(result.mailboxes.flatMap(({ aliases }) => aliases))].slice(0, 8),
  }
}
