import { z } from 'zod'

/** The state of the list in the URL; anything odd falls back to the default. */
export const mailboxQuery = z
  .object({
    q: z.string().trim().max(200).catch(''),
    domain: z.string().trim().toLowerCase().max(253).catch(''),
    sort: z.enum(['mail', 'cn', 'uid']).catch('mail'),
    page: z.coerce.number().int().min(1).max(100_000).catch(1),
  })
  .transform(({ q, domain, sort, page }) => ({ text: q, domain, sortBy: sort, page }))
