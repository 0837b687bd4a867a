'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { currentAuthority, requireStaff } from '@/lib/auth/current-authority'
import { isColumnField } from '@/lib/exchange/csv-columns'
import { beginImport } from '@/lib/exchange/import'
import { dropFile } from '@/lib/exchange/import-file'
import type { Text } from '@/lib/words/text'

const columns = z.array(z.string().max(64)).max(200)

/** Begins the dry run of the file that the person has sent. */
export async function startImport(mapping: unknown): Promise<Text> {
  const who = await currentAuthority()
  if (who.status === 'unavailable') return { key: 'edit.noAnswer', values: { diagnostic: who.message } }
  if (who.status !== 'signedIn') return { key: 'edit.signedOut' }
  if (who.authority.role === 'owner') return { key: 'bulk.job.staffOnly' }
  const named = columns.safeParse(mapping)
  if (!named.success) return { key: 'edit.malformed' }
  const fields = named.data.map((name) => (isColumnField(name) ? name : null))
  const given = fields.filter((field) => field !== null)
  if (new Set(given).size < given.length) return { key: 'exchange.fieldTwice' }
  return beginImport(who.authority, fields) ?? redirect('/plans/job')
}

/** Forgets the file that the person has sent. */
export async function chooseAnother(): Promise<void> {
  dropFile(await requireStaff())
  redirect('/import')
}
