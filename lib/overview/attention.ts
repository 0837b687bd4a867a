/**
 * attention - what needs attention, gathered from the findings of mailboxes and from the domains. Pure.
 *
 * Each item has the number of all and the first few as examples. The other end of another mailbox's finding is
 * no item of its own.
 */
import type { FoundMailbox } from '@/lib/lists/survey'
import { type CounterpartCode, type FindingCode, isCounterpart } from '@/lib/survey/mailbox-finding'

const MOST_EXAMPLES = 5

export type AttentionCode = 'noPostmaster' | Exclude<FindingCode, CounterpartCode>

export interface Example {
  readonly address: string
  /** The mailbox that it is about, by entryUUID; null if it is about a domain. */
  readonly mailbox: string | null
}

export interface AttentionItem {
  readonly code: AttentionCode
  /** Mailboxes, or domains. */
  readonly count: number
  readonly examples: readonly Example[]
}

interface Found {
  readonly mailboxes: readonly FoundMailbox[]
  readonly counts: readonly { readonly code: FindingCode; readonly count: number }[]
}

/** What needs attention, grave things first. */
export function attentionOf(
  { mailboxes, counts }: Found,
  withoutPostmaster: readonly string[],
): readonly AttentionItem[] {
  const ofMailboxes = counts.flatMap(({ code, count }): readonly AttentionItem[] =>
    isCounterpart(code) ? [] : [{ code, count, examples: examplesOf(mailboxes, code) }],
  )
  if (withoutPostmaster.length === 0) return ofMailboxes
  const domains: AttentionItem = {
    code: 'noPostmaster',
    count: withoutPostmaster.length,
    examples: withoutPostmaster.slice(0, MOST_EXAMPLES).map((address) => ({ address, mailbox: null })),
  }
  return [...ofMailboxes, domains]
}

function examplesOf(mailboxes: readonly FoundMailbox[], code: FindingCode): readonly Example[] {
  const examples: Example[] = []
  for (const { id, findings, mails, uid } of mailboxes) {
    const finding = findings.find((one) => one.code === code)
    if (finding === undefined) continue
    const address = finding.address === '' ? (mails[0] ?? uid) : finding.address
    examples.push({ address, mailbox: id })
    if (examples.length === MOST_EXAMPLES) break
  }
  return examples
}
