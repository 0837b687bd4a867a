/**
 * similar-traces - the outcome of an address from the trace of another one of the same domain.
 *
 * Postfix treats plain local parts alike: it only compares them and looks them up. So if every lookup of a trace,
 * with the one address put for the other, has the same answer with the same replacement, then the outcome is
 * the same with that replacement. That holds only for local parts without any meaning of their own (no
 * extension, no special name, nothing to quote), and only where the other address occurs nowhere in the trace
 * by itself. Whatever does not fit is followed in full. Answers must have been asked before (shared-lookups).
 * Authority: resolve.c, cleanup_map1n.c, mail_addr_find.c, which read nothing else of an address.
 */
import { splitExtension } from '@/lib/postfix/address-extension'
import type { LookupResult } from '@/lib/postfix/lookup-result'
import type { MailSite } from '@/lib/postfix/resolution-site'
import type { TraceLookup } from '@/lib/postfix/trace'
import type { AddressOutcome } from './address-outcome'
import type { TraceSummary } from '@/lib/changes/preview-result'

/** A followed address, to which others are compared. */
export interface Model {
  readonly address: string
  readonly outcome: AddressOutcome
  readonly lookups: readonly TraceLookup[]
}

/** An answer that has been given already; undefined if none has. */
export type KnownAnswer = (table: string, key: string) => LookupResult | undefined

const PLAIN_LOCAL_PART = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/
const SPECIAL = /^(?:postmaster|mailer-daemon|abuse|double-bounce)$|^owner-|-request$/

/** Whether an address can be a model, or be compared to one. */
export function isComparable(address: string, site: MailSite): boolean {
  const local = localPart(address)
  if (!PLAIN_LOCAL_PART.test(local) || SPECIAL.test(local)) return false
  return (
    local !== site.settings.doubleBounceSender.toLowerCase() &&
    splitExtension(address, site.settings) === null
  )
}

/** The trace as a model; null if its local part also stands where another address's would not. */
export function modelOf(
  address: string,
  outcome: AddressOutcome,
  lookups: readonly TraceLookup[],
): Model | null {
  const local = localPart(address)
  const isStray = (piece: string): boolean => {
    const lower = piece.toLowerCase()
    return piece !== address && (lower === address || lower === local || localPart(lower) === local)
  }
  const texts = lookups.flatMap(({ key, value }) => (value === null ? [key] : [key, value]))
  if (texts.some((text) => pieces(text).some(isStray))) return null
  const once = new Map(lookups.map((lookup) => [`${lookup.table} ${lookup.key}`, lookup]))
  return { address, outcome, lookups: [...once.values()] }
}

/** The outcome of this address, if it is like the model's; null where the address has to be followed itself. */
export function outcomeLike(model: Model, address: string, known: KnownAnswer): AddressOutcome | null {
  const put = replacement(model.address, address)
  for (const { table, key, status, value } of model.lookups) {
    if (mentions(key, address) || (value !== null && mentions(value, address))) return null
    const answer = known(table, put(key))
    if (answer === undefined || answer.status !== status) return null
    if (answer.status === 'found' && answer.value !== put(value ?? '')) return null
  }
  const { summary, dangling, overrun } = model.outcome
  return { summary: summaryLike(summary, put), dangling: dangling.map(put), overrun }
}

/** The questions that the model asks, as this address asks them. */
export function questionsLike(model: Model, address: string): readonly (readonly [string, string])[] {
  const put = replacement(model.address, address)
  return model.lookups.map(({ table, key }) => [table, put(key)] as const)
}

function summaryLike(summary: TraceSummary, put: (text: string) => string): TraceSummary {
  const undelivered = ({
    address,
    reason,
  }: TraceSummary['bounces'][number]): TraceSummary['bounces'][number] => ({
    address: put(address),
    reason: put(reason),
  })
  return {
    ...summary,
    address: put(summary.address),
    reply: summary.reply === null ? null : put(summary.reply),
    recipients: summary.recipients.map(put),
    deliveries: summary.deliveries.map(put),
    forwards: summary.forwards.map(put),
    locals: summary.locals.map(put),
    bounces: summary.bounces.map(undelivered),
    deferrals: summary.deferrals.map(undelivered),
  }
}

/** Puts one address for another wherever it stands as a whole. */
function replacement(from: string, to: string): (text: string) => string {
  return (text) => {
    if (text === from) return to
    if (!text.includes(from)) return text
    return pieces(text)
      .map((piece) => (piece === from ? to : piece))
      .join('')
  }
}

function localPart(address: string): string {
  return address.slice(0, Math.max(address.lastIndexOf('@'), 0))
}

function mentions(text: string, address: string): boolean {
  return text.toLowerCase().includes(address)
}

/** Addresses, and what stands between them. */
function pieces(text: string): readonly string[] {
  return text.split(/([^\s,<>;:"()]+)/)
}
