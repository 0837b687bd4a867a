import { clsx } from 'clsx'
import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import { Notice } from '@/components/ui/notice'
import { domainOf, isCatchAll } from '@/lib/entries/address'
import { type FindingCode, type MailboxFinding, sentenceOf } from '@/lib/survey/mailbox-finding'
import { findingLook } from './finding-marks'

/** More are told by their number. */
const MOST_TOLD = 8

interface MailboxFindingsProps {
  /** entryUUID of the mailbox. */
  readonly id: string
  readonly findings: readonly MailboxFinding[]
  /** Whether the person may add hosted domains. */
  readonly mayHost: boolean
}

/** What is wrong with a mailbox as it stands, each with the way to mend it. */
export function MailboxFindings({ id, findings, mayHost }: MailboxFindingsProps): ReactNode {
  const words = useTranslations('mailboxes.finding')
  const text = useText()
  if (findings.length === 0) return null
  const more = findings.length - MOST_TOLD
  return (
    <section aria-label={words('label')} className="mb-5">
      <Notice tone="plain" title={words('title', { count: findings.length })}>
        <ul className="mt-1 space-y-1.5">
          {findings.slice(0, MOST_TOLD).map((finding) => (
            <li key={`${finding.code} ${finding.address}`} className="grid grid-cols-[1.25rem_minmax(0,1fr)]">
              <span aria-hidden className={clsx('font-semibold', inkOf(finding.code))}>
                {findingLook(finding.code).symbol}
              </span>
              <div className="wrap-anywhere">
                <p>{text(sentenceOf(finding))}</p>
                <Ways id={id} finding={finding} mayHost={mayHost} />
              </div>
            </li>
          ))}
        </ul>
        {more > 0 && <p className="pt-1 pl-5">{words('more', { count: more })}</p>}
      </Notice>
    </section>
  )
}

/** The findings could not be judged. */
export function FindingsUnknown({ diagnostic }: { readonly diagnostic: string }): ReactNode {
  const words = useTranslations('mailboxes.finding')
  return (
    <div className="mb-5">
      <Notice tone="changed" title={words('unknown')}>
        <p>{words('unknownAbout', { diagnostic })}</p>
      </Notice>
    </div>
  )
}

function inkOf(code: FindingCode): string | undefined {
  return findingLook(code)
    .look.split(' ')
    .find((name) => name.startsWith('text-'))
}

type Way = 'alias' | 'host' | 'address' | 'enabled' | 'delete' | 'others' | 'ask'

const WAYS: Record<FindingCode, readonly Way[]> = {
  shadowedMailbox: ['alias', 'address', 'ask'],
  divertedMailbox: ['alias', 'ask'],
  unhostedMailbox: ['host', 'address', 'ask'],
  withoutAddress: ['delete'],
  sharedAddress: ['others', 'address', 'ask'],
  neverFound: ['ask'],
  unhostedAlias: ['host', 'alias', 'ask'],
  danglingForward: ['ask'],
  forwardLoop: ['ask'],
  forwardWithoutClass: [],
  disabledWithAlias: ['enabled', 'delete'],
  shadowingAlias: ['alias', 'ask'],
  divertingCatchAll: ['alias'],
}

/** What is mended in the form of the mailbox itself. */
const IN_FORM: ReadonlySet<FindingCode> = new Set([
  'neverFound',
  'danglingForward',
  'forwardLoop',
  'forwardWithoutClass',
])

function Ways({
  id,
  finding,
  mayHost,
}: { readonly finding: MailboxFinding } & Omit<MailboxFindingsProps, 'findings'>): ReactNode {
  const words = useTranslations('mailboxes.finding.mend')
  const { code } = finding
  // A diverted mailbox is freed where the catch-all is.
  const alias = code === 'divertedMailbox' ? `@${domainOf(finding.address) ?? ''}` : finding.address
  const domain = isCatchAll(alias) ? alias.slice(1) : (domainOf(alias) ?? '')
  const encoded = encodeURIComponent(finding.address)
  const hrefs: Record<Way, string> = {
    alias: `/aliases/edit?address=${encodeURIComponent(alias)}`,
    host: '/domains/new',
    address: `/mailboxes/${id}/address`,
    enabled: `/mailboxes/${id}/enabled`,
    delete: `/mailboxes/${id}/delete`,
    others: `/mailboxes?q=${encoded}`,
    ask: `/lookups?q=${encoded}`,
  }
  const ways = WAYS[code].filter((way) => way !== 'host' || mayHost)
  return (
    <p className="flex flex-wrap gap-x-4">
      {IN_FORM.has(code) && <span>{words('form')}</span>}
      {ways.map((way) => (
        <Link
          key={way}
          href={hrefs[way] as Route}
          prefetch={false}
          className="inline-block min-h-6 text-accent hover:underline"
        >
          {words(way, { address: alias, domain })}
        </Link>
      ))}
    </p>
  )
}
