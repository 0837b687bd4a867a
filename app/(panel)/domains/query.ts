import { z } from 'zod'
import { tidyDomainName } from '@/lib/entries/domain-name'
import { pageInUrl } from '@/lib/entries/list-page'
import type { DomainQuery } from '@/lib/lists/domains'

/** The state of the list in the URL; anything odd falls back to the default. */
export const domainQuery = z
  .object({
    q: z.string().trim().max(200).catch(''),
    sort: z.enum(['name', '-name', 'description', '-description']).catch('name'),
    page: pageInUrl,
  })
  .transform(({ q, sort, page }): DomainQuery => ({
    text: q,
    sortBy: sort.endsWith('name') ? 'dc' : 'description',
    descending: sort.startsWith('-'),
    page,
  }))

/** The parameters of the URL that say the same, without the page. */
export function queryParameters({ text, sortBy, descending }: DomainQuery): Readonly<Record<string, string>> {
  const sort = `${descending ? '-' : ''}${sortBy === 'dc' ? 'name' : 'description'}`
  return { ...(text === '' ? {} : { q: text }), sort }
}

/** The name of a domain from the path. */
export function nameInPath(part: string): string {
  try {
    return tidyDomainName(decodeURIComponent(part))
  } catch {
    // A percent sign that encodes nothing names no domain.
    return ''
  }
}

/** A text of the URL; empty where there is none, or several. */
export const textInUrl = z.string().trim().max(300).catch('')

/** An entryUUID of the URL. */
export const idInUrl = z.uuid().nullable().catch(null)
