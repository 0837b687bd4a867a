/**
 * mailbox-finding - what a postmaster should know about a mailbox as it stands, as data and in words. Pure.
 *
 * Judged from the addresses in the directory as the usual tables ask for them: mail of mailboxes, mailAlias of
 * aliases, dNSDomain of hosted domains. A site whose tables ask otherwise is told so beside the list. An alias that
 * several mailboxes have is a list with several destinations and no finding. Findings about a change, before it is
 * made, are those of lib/changes/findings. Authority: virtual(5): an alias wins over a mailbox.
 */
import type { Text } from '@/lib/words/text'

/** Grave ones first: mail that is lost or goes elsewhere, then what is odd. */
export const FINDING_CODES = [
  'shadowedMailbox',
  'divertedMailbox',
  'unhostedMailbox',
  'withoutAddress',
  'sharedAddress',
  'neverFound',
  'unhostedAlias',
  'danglingForward',
  'forwardLoop',
  'forwardWithoutClass',
  'disabledWithAlias',
  'shadowingAlias',
  'divertingCatchAll',
] as const

export type FindingCode = (typeof FINDING_CODES)[number]

export interface MailboxFinding {
  readonly code: FindingCode
  /** The address that it is about; a catch-all as @domain. */
  readonly address: string
  /** Address of the other mailbox that it is about; empty if there is none or the person may not see it. */
  readonly other: string
  /** Mailboxes that a catch-all diverts; else 1. */
  readonly count: number
  /** Why a value is never found; else null. */
  readonly reason: Text | null
}

/** The other end of a finding of another mailbox, which is where the fault shows. */
export type CounterpartCode = 'shadowingAlias' | 'divertingCatchAll'

/** Whether this is only the other end of another mailbox's finding. */
export function isCounterpart(code: FindingCode): code is CounterpartCode {
  return code === 'shadowingAlias' || code === 'divertingCatchAll'
}

/** The finding as sentences: what is so, and what comes of it. */
export function sentenceOf({ code, address, other, count, reason }: MailboxFinding): Text {
  if (code === 'neverFound') return { key: 'findings.neverFound', values: { address, reason: reason ?? '' } }
  const known = other === '' ? 'no' : 'yes'
  return { key: `mailboxes.finding.about.${code}`, values: { address, other, known, count } }
}
