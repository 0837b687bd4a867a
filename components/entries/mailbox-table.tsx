import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { buttonClass } from '@/components/ui/button'
import { type Mailbox, nameOf } from '@/lib/entries/mailbox'

type SortKey = 'mail' | 'cn' | 'uid'

interface MailboxTableProps {
  readonly mailboxes: readonly Mailbox[]
  /** What was searched for. */
  readonly text: string
  readonly sortBy: SortKey
  /** The list's state in the URL, which a new order keeps. */
  readonly parameters: Readonly<Record<string, string>>
}

/** The list of mailboxes: a table on wide screens, a list of cards on narrow ones. */
export function MailboxTable({ mailboxes, text, sortBy, parameters }: MailboxTableProps): ReactNode {
  if (mailboxes.length === 0) return <NothingFound text={text} />
  const head = { current: sortBy, parameters }
  return (
    <table className="block w-full md:table md:table-fixed">
      <caption className="sr-only">Mailboxes</caption>
      <thead className="hidden md:table-header-group">
        <tr className="border-b border-line text-left">
          <SortHead {...head} sortBy="cn" label="Name" />
          <SortHead {...head} sortBy="mail" label="Address" />
          <th scope="col" className="caption py-2 pr-3">
            Aliases
          </th>
          <th scope="col" className="caption w-28 py-2">
            State
          </th>
        </tr>
      </thead>
      <tbody className="block md:table-row-group">
        {mailboxes.map((mailbox) => (
          <MailboxRow key={mailbox.id} mailbox={mailbox} />
        ))}
      </tbody>
    </table>
  )
}

function MailboxRow({ mailbox }: { readonly mailbox: Mailbox }): ReactNode {
  const [alias, ...others] = mailbox.form.aliases
  return (
    <tr className="relative block border-b border-line py-2 hover:bg-hover md:table-row md:py-0">
      <td className="block pr-3 md:table-cell md:py-2">
        <Link
          href={`/mailboxes/${mailbox.id}` as Route}
          className="block truncate font-medium before:absolute before:inset-0 hover:text-accent"
        >
          {nameOf(mailbox)}
        </Link>
      </td>
      <td className="address block truncate pr-3 md:table-cell md:py-2" title={mailbox.mail}>
        {mailbox.mail}
      </td>
      <td
        className="address block truncate pr-3 text-soft md:table-cell md:py-2"
        title={mailbox.form.aliases.join('\n')}
      >
        {alias}
        {others.length > 0 && ` and ${others.length} more`}
      </td>
      <td className="block text-[13px] md:table-cell md:py-2">
        <State mailbox={mailbox} />
      </td>
    </tr>
  )
}

function State({ mailbox }: { readonly mailbox: Mailbox }): ReactNode {
  if (!mailbox.enabled) return <span className="text-changed">○ disabled</span>
  if (mailbox.forwardingAddresses.length > 0) return <span className="text-accent">→ forwards</span>
  return <span className="hidden text-soft md:inline">✓ enabled</span>
}

interface SortHeadProps {
  readonly current: SortKey
  readonly parameters: Readonly<Record<string, string>>
  readonly sortBy: SortKey
  readonly label: string
}

function SortHead({ current, parameters: kept, sortBy, label }: SortHeadProps): ReactNode {
  const active = current === sortBy
  const parameters = new URLSearchParams({ ...kept, sort: sortBy })
  return (
    <th scope="col" aria-sort={active ? 'ascending' : 'none'} className="py-2 pr-3">
      <Link href={`/mailboxes?${parameters.toString()}` as Route} className="caption hover:text-ink">
        {label}
        <span aria-hidden>{active ? ' ↓' : ''}</span>
      </Link>
    </th>
  )
}

function NothingFound({ text }: { readonly text: string }): ReactNode {
  return (
    <div className="py-10 text-center">
      <p className="font-medium">{text === '' ? 'No mailboxes here' : `Nothing matches “${text}”`}</p>
      <p className="mt-1 mb-4 text-soft">
        {text === ''
          ? 'There is no mailbox that you may see, or none of this kind in this domain.'
          : 'The search looks for this text in addresses, aliases, names and uids.'}
      </p>
      <Link href="/mailboxes" className={buttonClass('plain')}>
        Show all mailboxes
      </Link>
    </div>
  )
}
