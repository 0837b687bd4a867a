/**
 * mailbox-selection - reads the mailboxes that were ticked in a list, or all that a list shows.
 *
 * Only what this person may see, whatever was sent. In parts, which are handed on one by one, so that not more than
 * the caller keeps is held. LDAP round trips: one for each part of 500.
 */
import 'server-only'
import { z } from 'zod'
import type { Authority } from '@/lib/directory/authority'
import { walkEntries } from '@/lib/directory/entry-walk'
import { MAILBOX_ATTRIBUTES } from '@/lib/entries/mailbox'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure, SearchRequest } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import type { Filter } from '@/lib/ldap/filter'
import { FINDING_CODES } from '@/lib/survey/mailbox-finding'
import { MAILBOX_KINDS } from './mailboxes'
import { walkMailboxes } from './mailbox-walk'
import { visibleMailboxes } from './visibility'

const PART = 500

/** Shape of a selection; anything else is refused whole. */
export const mailboxSelection = z.discriminatedUnion('scope', [
  z.object({ scope: z.literal('ticked'), ids: z.array(z.uuid()).max(1000) }),
  z.object({
    scope: z.literal('matching'),
    text: z.string().max(200),
    domain: z.string().max(253),
    kind: z.enum(MAILBOX_KINDS).nullable(),
    finding: z.enum(FINDING_CODES).nullable().default(null),
  }),
])

export type MailboxSelection = z.infer<typeof mailboxSelection>

/** Hands on the selected entries part by part; false ends it. Null when it came to its end. */
export function readSelection(
  authority: Authority,
  selection: MailboxSelection,
  take: (entries: readonly Entry[]) => boolean | Promise<boolean>,
  attributes: readonly string[] = MAILBOX_ATTRIBUTES,
): Promise<SearchFailure | null> {
  if (selection.scope === 'matching')
    return walkMailboxes(authority, { ...selection, sortBy: 'mail', page: 1 }, attributes, take)
  const ticked = selection.ids.map((value): Filter => ({ type: 'equality', attribute: 'entryUUID', value }))
  const search: SearchRequest = {
    base: directoryEnvironment().LDAP_MAIL_BASE,
    scope: 'sub',
    filter: { type: 'and', filters: [{ type: 'or', filters: ticked }, visibleMailboxes(authority)] },
    attributes,
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  }
  return walkEntries(authority, search, PART, take)
}

/** How many are selected; counted no further than one more than `most`. */
export async function countMailboxes(
  authority: Authority,
  selection: MailboxSelection,
  most: number,
): Promise<{ readonly status: 'counted'; readonly count: number } | SearchFailure> {
  let count = 0
  const take = (entries: readonly Entry[]): boolean => {
    count += entries.length
    return count <= most
  }
  const failure = await readSelection(authority, selection, take, ['1.1'])
  return failure ?? { status: 'counted', count }
}
