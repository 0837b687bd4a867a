import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { SelectionBox } from '@/components/bulk/selection-box'
import { buttonClass } from '@/components/ui/button'
import type { MailboxRow } from '@/lib/entries/mailbox-row'
import type { MailboxFinding } from '@/lib/survey/mailbox-finding'
import { FindingMarks } from './finding-marks'

type SortKey = 'mail' | 'cn' | 'uid'

interface MailboxTableProps {
  readonly mailboxes: readonly MailboxRow[]
  /** What was searched for. */
  readonly text: string
  readonly sortBy: SortKey
  readonly descending: boolean
  /** The list's state in the URL, which a new order keeps. */
  readonly parameters: Readonly<Record<string, string>>
  /** By id; then they are shown instead of the aliases. */
  readonly findings?: ReadonlyMap<string, readonly MailboxFinding[]>
}

/** The list of mailboxes: a table on wide screens, a list of cards on narrow ones. */
export function MailboxTable(props: MailboxTableProps): ReactNode {
  const t = useTranslations('mailboxes')
  if (props.mailboxes.length === 0) return <NothingFound text={props.text} />
  return (
    <table className="block w-full md:table md:table-fixed">
      <caption className="sr-only">{t('title')}</caption>
      <thead className="hidden md:table-header-group">
        <tr className="border-b border-line text-left">
          <SortHead {...props} column="cn" label={t('column.name')} />
          <SortHead {...props} column="mail" label={t('column.mail')} />
          <th scope="col" className="caption py-0.5 pr-3">
            {t(props.findings === undefined ? 'column.aliases' : 'finding.column')}
          </th>
          <th scope="col" className="caption hidden w-24 py-0.5 pr-6 text-right lg:table-cell">
            {t('column.quota')}
          </th>
          <th scope="col" className="caption w-32 py-0.5">
            {t('column.state')}
          </th>
        </tr>
      </thead>
      <tbody className="block md:table-row-group">
        {props.mailboxes.map((mailbox) => (
          <Row key={mailbox.id} mailbox={mailbox} findings={props.findings?.get(mailbox.id)} />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  readonly mailbox: MailboxRow
  readonly findings: readonly MailboxFinding[] | undefined
}

function Row({ mailbox, findings }: RowProps): ReactNode {
  const { id, uid, name, mail } = mailbox
  return (
    <tr className="relative block border-b border-line py-1.5 pl-9 leading-5 hover:bg-hover md:table-row md:py-0 md:[&>td:first-child]:pl-9">
      <td className="block pr-3 md:table-cell md:py-[3.5px]">
        <SelectionBox id={id} name={name} />
        <Link
          href={`/mailboxes/${id}` as Route}
          prefetch={false}
          title={uid}
          className="block truncate font-medium before:absolute before:inset-0 hover:text-accent"
        >
          {name}
        </Link>
      </td>
      <td className="address block truncate pr-3 md:table-cell md:py-[3.5px]" title={mail}>
        {mail}
      </td>
      {findings === undefined ? (
        <AliasCell aliases={mailbox.aliases} />
      ) : (
        <td className="block pr-3 md:table-cell md:py-[3.5px]">
          <FindingMarks findings={findings} />
        </td>
      )}
      <td className="hidden pr-6 text-right whitespace-nowrap tabular-nums lg:table-cell">
        <Quota quota={mailbox.quota} />
      </td>
      <td className="block text-[13px] empty:hidden md:table-cell md:py-[3.5px]">
        <State mailbox={mailbox} />
      </td>
    </tr>
  )
}

function Quota({ quota }: Pick<MailboxRow, 'quota'>): ReactNode {
  const t = useTranslations('mailboxes')
  if (quota !== '') return quota
  return (
    <span className="text-soft">
      <span aria-hidden>–</span>
      <span className="sr-only">{t('noQuota')}</span>
    </span>
  )
}

function AliasCell({ aliases }: { readonly aliases: readonly string[] }): ReactNode {
  const t = useTranslations('mailboxes')
  const [alias, ...others] = aliases
  return (
    <td
      className="address block truncate pr-3 text-soft empty:hidden md:table-cell md:py-[3.5px] md:empty:table-cell"
      title={aliases.join('\n')}
    >
      {others.length > 0 && alias !== undefined ? t('aliasAndMore', { alias, count: others.length }) : alias}
    </td>
  )
}

function State({ mailbox }: { readonly mailbox: MailboxRow }): ReactNode {
  const t = useTranslations('mailboxes.state')
  const { enabled, forwardingAddresses } = mailbox
  if (!enabled) return <span className="text-changed">○ {t('disabled')}</span>
  if (forwardingAddresses.length > 0)
    return (
      <span className="text-accent" title={forwardingAddresses.join('\n')}>
        → {t('forwards')}
      </span>
    )
  return <span className="hidden text-soft md:inline">✓ {t('enabled')}</span>
}

interface SortHeadProps extends MailboxTableProps {
  readonly column: SortKey
  readonly label: string
}

/** Sorts by a column; once more turns the order round. */
function SortHead({ column, label, sortBy, descending, parameters: kept }: SortHeadProps): ReactNode {
  const active = column === sortBy
  const parameters = new URLSearchParams(kept)
  parameters.set('sort', column)
  if (active && !descending) parameters.set('order', 'descending')
  else parameters.delete('order')
  return (
    <th
      scope="col"
      aria-sort={active ? (descending ? 'descending' : 'ascending') : 'none'}
      className={`py-0.5 pr-3 ${column === 'cn' ? 'pl-9' : ''}`}
    >
      <Link
        id={`sort-${column}`}
        href={`/mailboxes?${parameters.toString()}` as Route}
        prefetch={false}
        className="caption inline-block min-h-6 py-0.5 hover:text-ink"
      >
        {label}
        <span aria-hidden>{active ? (descending ? ' ↑' : ' ↓') : ''}</span>
      </Link>
    </th>
  )
}

function NothingFound({ text }: { readonly text: string }): ReactNode {
  const t = useTranslations('mailboxes')
  return (
    <div className="py-10 text-center">
      <p className="font-medium">{text === '' ? t('none') : t('noMatch', { text })}</p>
      <p className="mx-auto mt-1 mb-4 max-w-prose text-soft">{t(text === '' ? 'noneHint' : 'noMatchHint')}</p>
      <p className="flex flex-wrap justify-center gap-2">
        <Link href="/mailboxes" className={buttonClass('plain')}>
          {t('showAll')}
        </Link>
        <Link href="/mailboxes/new" className={buttonClass('plain')}>
          {t('new')}
        </Link>
      </p>
    </div>
  )
}
