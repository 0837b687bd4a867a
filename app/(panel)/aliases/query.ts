import { z } from 'zod'
import { pageInUrl } from '@/lib/entries/list-page'
import { ALIAS_KINDS, ALIAS_MARKS } from '@/lib/entries/alias-row'
import type { AliasQuery } from '@/lib/lists/aliases'

/** The state of the list in the URL; anything odd falls back to the default. */
export const aliasQuery = z
  .object({
    q: z.string().trim().max(200).catch(''),
    domain: z.string().trim().toLowerCase().max(253).catch(''),
    kind: z.enum(ALIAS_KINDS).catch('alias'),
    mark: z.enum(ALIAS_MARKS).nullable().catch(null),
    sort: z.enum(['destination', 'address']).catch('destination'),
    page: pageInUrl,
  })
  .transform(({ q, sort, ...rest }): AliasQuery => ({ ...rest, text: q, sortBy: sort }))

/** The parameters of the URL that say the same, without the page. */
export function queryParameters(query: AliasQuery): Readonly<Record<string, string>> {
  const { text, domain, kind, mark, sortBy } = query
  return {
    ...(text === '' ? {} : { q: text }),
    ...(domain === '' ? {} : { domain }),
    ...(kind === 'alias' ? {} : { kind }),
    ...(mark === null ? {} : { mark }),
    ...(sortBy === 'destination' ? {} : { sort: sortBy }),
  }
}
