import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import {
  type FindingCode,
  isCounterpart,
  type MailboxFinding,
  sentenceOf,
} from '@/lib/survey/mailbox-finding'

const LOSES_MAIL: ReadonlySet<FindingCode> = new Set([
  'shadowedMailbox',
  'divertedMailbox',
  'unhostedMailbox',
  'withoutAddress',
])

/** The symbol and the colours of a finding. */
export function findingLook(code: FindingCode): { readonly symbol: string; readonly look: string } {
  if (LOSES_MAIL.has(code)) return { symbol: '×', look: 'bg-lost-ground text-lost' }
  if (isCounterpart(code)) return { symbol: '⇥', look: 'bg-hover text-ink' }
  return { symbol: '!', look: 'bg-changed-ground text-changed' }
}

/** The findings of a mailbox as small marks, one for each kind, described by its sentences. */
export function FindingMarks({ findings }: { readonly findings: readonly MailboxFinding[] }): ReactNode {
  const words = useTranslations('mailboxes.finding')
  const text = useText()
  const codes = [...new Set(findings.map(({ code }) => code))]
  return (
    <ul className="flex flex-wrap gap-1" aria-label={words('label')}>
      {codes.map((code) => {
        const { symbol, look } = findingLook(code)
        const of = findings.filter((finding) => finding.code === code)
        const about = of.map((finding) => text(sentenceOf(finding))).join(' ')
        return (
          <li key={code} title={about} className={clsx('rounded-md px-1.5 py-0.5 text-xs', look)}>
            <span aria-hidden>{symbol} </span>
            {of.length === 1
              ? words(`word.${code}`)
              : words('item', { word: words(`word.${code}`), count: of.length })}
            <span className="sr-only">: {about}</span>
          </li>
        )
      })}
    </ul>
  )
}
