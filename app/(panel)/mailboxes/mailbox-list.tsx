import type { ReactNode } from 'react'
import { SelectionBar } from '@/components/bulk/selection-bar'
import { MailboxTable } from '@/components/entries/mailbox-table'
import { ExportLinks } from '@/components/exchange/export-links'
import { Pages } from '@/components/ui/pages'
import { isBeyondEnd } from '@/lib/entries/list-page'
import type { MailboxRow } from '@/lib/entries/mailbox-row'
import type { MailboxQuery } from '@/lib/lists/mailboxes'
import type { MailboxFinding } from '@/lib/survey/mailbox-finding'
import { queryParameters } from './query'

interface MailboxListProps {
  readonly query: MailboxQuery
  readonly mailboxes: readonly MailboxRow[]
  /** Mailboxes on all pages; null when the server did not say. */
  readonly total: number | null
  /** By id; then they are shown instead of the aliases. */
  readonly findings?: ReadonlyMap<string, readonly MailboxFinding[]>
}

/** A page of mailboxes with all that can be done from it. The same whether a filter or the survey has found them. */
export function MailboxList({ query, mailboxes, total, findings }: MailboxListProps): ReactNode {
  const parameters = queryParameters(query)
  const page = { page: query.page, shown: mailboxes.length, total }
  return (
    <>
      <SelectionBar parameters={parameters} total={total} shown={mailboxes.length} />
      {!isBeyondEnd(page) && (
        <MailboxTable
          mailboxes={mailboxes}
          text={query.text}
          sortBy={query.sortBy}
          descending={query.descending === true}
          parameters={parameters}
          {...(findings === undefined ? {} : { findings })}
        />
      )}
      <div className="py-1">
        <Pages path="/mailboxes" parameters={parameters} {...page} />
        <ExportLinks list="mailboxes" parameters={parameters} />
      </div>
    </>
  )
}
