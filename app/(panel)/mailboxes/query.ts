import { z } from 'zod'
import { pageInUrl } from '@/lib/entries/list-page'
import { MAILBOX_KINDS, type MailboxQuery } from '@/lib/lists/mailboxes'
import { FINDING_CODES } from '@/lib/survey/mailbox-finding'

/** The state of the list in the URL; anything odd falls back to the default. */
export const mailboxQuery = z
  .object({
    q: z.string().trim().max(200).catch(''),
    domain: z.string().trim().toLowerCase().max(253).catch(''),
    kind: z.enum(MAILBOX_KINDS).nullable().catch(null),
    finding: z.enum(FINDING_CODES).nullable().catch(null),
    sort: z.enum(['mail', 'cn', 'uid']).catch('mail'),
    order: z.enum(['ascending', 'descending']).catch('ascending'),
    page: pageInUrl,
  })
  .transform(({ q, sort, order, ...rest }): MailboxQuery => ({
    ...rest,
    text: q,
    sortBy: sort,
    descending: order === 'descending',
  }))

/** The parameters of the URL that say the same, without the page. */
export function queryParameters({
  text,
  domain,
  kind,
  finding = null,
  sortBy,
  descending,
}: MailboxQuery): Readonly<Record<string, string>> {
  return {
    ...(text === '' ? {} : { q: text }),
    ...(domain === '' ? {} : { domain }),
    ...(kind === null ? {} : { kind }),
    ...(kind !== 'withFinding' || finding === null ? {} : { finding }),
    sort: sortBy,
    ...(descending === true ? { order: 'descending' } : {}),
  }
}
