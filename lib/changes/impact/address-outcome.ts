/**
 * address-outcome - what becomes of mail to one address in one state of the directory.
 *
 * The trace of lib/postfix without its steps, and what findings need beside it: recipients that no mailbox table
 * knows (a virtual transport decides about existence itself, so the trace calls them delivered), and whether
 * the expansion ran into a limit. Never fails; a failed lookup is part of the trace.
 * Authority: virtual(5), postconf(5) virtual_alias_recursion_limit and virtual_alias_expansion_limit.
 */
import { findAddress } from '@/lib/postfix/address-find'
import { foldCase } from '@/lib/postfix/case-folding'
import { resolveAddress } from '@/lib/postfix/resolution'
import type { MailSite } from '@/lib/postfix/resolution-site'
import type { TraceLookup, TraceStep } from '@/lib/postfix/trace'
import { type PhaseRecorder, traceRecorder } from '@/lib/postfix/trace-recorder'
import type { TraceSummary } from '@/lib/changes/preview-result'

export interface AddressOutcome {
  readonly summary: TraceSummary
  /** Recipients for the virtual transport that no mailbox table has. */
  readonly dangling: readonly string[]
  /** Why the expansion stops, if it does: aliases that lead back, or more addresses than Postfix takes. */
  readonly overrun: 'loop' | 'limit' | null
}

/** An address followed through the site before and after a change. */
export interface AddressReport {
  readonly address: string
  readonly before: AddressOutcome
  readonly after: AddressOutcome
}

/** Follows one address. */
export async function followAddress(site: MailSite, address: string): Promise<AddressOutcome> {
  return (await followClosely(site, address)).outcome
}

/** Follows one address; also all that was asked on the way. */
export async function followClosely(
  site: MailSite,
  address: string,
): Promise<{ readonly outcome: AddressOutcome; readonly lookups: readonly TraceLookup[] }> {
  const { steps, ...summary } = await resolveAddress(site, address)
  const recorder = traceRecorder()
  const dangling = await danglingOf(site, summary, recorder.phase('delivery'))
  const lookups = [...steps, ...recorder.steps].filter((step) => step.type === 'lookup')
  return { outcome: { summary, dangling, overrun: overrunOf(summary, steps) }, lookups }
}

/** Where mail really arrives: mailboxes that exist, other servers, this host. Empty if it does not. */
export function destinationsOf({ summary, dangling }: AddressOutcome): readonly string[] {
  if (!summary.accepted || summary.problem !== null) return []
  const arrived = summary.deliveries.filter((address) => !dangling.includes(address))
  return [...arrived, ...summary.forwards, ...summary.locals]
}

/** Whether two outcomes are the same to a sender and to the recipients. */
export function isSameOutcome(one: AddressOutcome, other: AddressOutcome): boolean {
  const text = ({ summary, dangling, overrun }: AddressOutcome): string => {
    const { recipients, deliveries, forwards, locals, ...rest } = summary
    const lists = [recipients, deliveries, forwards, locals, dangling].map((list) => [...list].sort())
    return JSON.stringify([rest, lists, overrun])
  }
  return text(one) === text(other)
}

async function danglingOf(
  site: MailSite,
  summary: TraceSummary,
  recorder: PhaseRecorder,
): Promise<readonly string[]> {
  const { virtualMailbox } = site.maps
  if (virtualMailbox.tables.length === 0) return []
  const fold = (address: string): string => foldCase(address, site.settings.smtputf8Enable)
  const answers = await Promise.all(
    summary.deliveries.map((address) =>
      findAddress(site, virtualMailbox, fold(address), 'externalThenInternal', recorder),
    ),
  )
  return summary.deliveries.filter((_, at) => answers[at]?.status === 'notFound')
}

function overrunOf(summary: TraceSummary, steps: readonly TraceStep[]): AddressOutcome['overrun'] {
  if (summary.accepted || summary.stage !== 'DATA') return null
  const stop = steps.findLast((step) => step.type === 'stopped')
  if (stop?.type !== 'stopped') return null
  if (stop.reason.includes('virtual_alias_recursion_limit')) return 'loop'
  return /virtual_alias_(?:expansion|address_length)_limit/.test(stop.reason) ? 'limit' : null
}
