/**
 * health-check - what a check over the directory or the mail configuration came to, as data for the screens. Pure.
 *
 * Each has a stable code, which is also the place of its words in the message files (`health.check.CODE`), a
 * severity, and the authority that it rests on. A check that could not be made is neither passed nor failed.
 */
import { type CounterpartCode, FINDING_CODES, type FindingCode } from '@/lib/survey/mailbox-finding'
import type { Text } from '@/lib/words/text'

/**
 * fault: mail is lost or refused, or a secret lies open. caution: likely not meant, or will do harm one day.
 * notice: good to know.
 */
export type Severity = 'fault' | 'caution' | 'notice'

export const SEVERITIES: readonly Severity[] = ['fault', 'caution', 'notice']

/** Checks of mailboxes: the findings of lib/survey, without the other ends of them. */
export type MailboxCheckCode = Exclude<FindingCode, CounterpartCode>

export type DirectoryCheckCode =
  | 'noPostmaster'
  | 'noAbuse'
  | 'emptyDomain'
  | 'unusableDomainName'
  | 'missingAdministrator'
  | 'disabledAdministrator'
  | 'fewPostmasters'
  | 'missingPostmaster'
  | 'disabledPostmaster'

export type PostureCheckCode =
  | 'domainNotServed'
  | 'domainInTwoClasses'
  | 'unknownRecipientsAccepted'
  | 'unlistedRecipientsAccepted'
  | 'tableFails'
  | 'tableNotProxied'
  | 'filterWithoutKey'
  | 'unknownResultAttribute'
  | 'limitTooSmall'
  | 'baseOutside'
  | 'enabledDisagrees'
  | 'disabledReceives'
  | 'secretReadable'
  | 'clearText'
  | 'certificateUnchecked'

export type CheckCode = MailboxCheckCode | DirectoryCheckCode | PostureCheckCode

/** Where an example is put right; null where the panel has no page for it. */
export type ExamplePlace =
  | { readonly page: 'mailbox'; readonly id: string }
  | { readonly page: 'domain'; readonly name: string }
  | { readonly page: 'administrators'; readonly name: string }
  | { readonly page: 'newAlias'; readonly address: string }

export interface Example {
  /** An address, a domain, a DN, a table or a parameter. */
  readonly text: string
  /** What else is to be said about it, mostly in the words of Postfix or of the server. */
  readonly about: Text | null
  readonly place: ExamplePlace | null
}

export interface HealthCheck {
  readonly code: CheckCode
  readonly severity: Severity
  /** How many have it: 0 is a check that passed; null, one that could not be made. */
  readonly count: number | null
  /** The first of them; of mailboxes a few, as there is a list of all. */
  readonly examples: readonly Example[]
  /** Why it could not be made, or how far it went. */
  readonly note: Text | null
  /** RFC, manual page or function of Postfix. */
  readonly source: string
}

/** So many of one check are kept. */
const MOST_KEPT = 200

interface Judged {
  readonly code: CheckCode
  readonly severity: Severity
  readonly source: string
  /** All that have it. */
  readonly found: readonly Example[]
  readonly note?: Text | null
}

/** A check that was made, with the first of those that have it. */
export function madeCheck({ found, note = null, ...rest }: Judged): HealthCheck {
  return { ...rest, count: found.length, examples: found.slice(0, MOST_KEPT), note }
}

/** A check that could not be made, and why. */
export function unmadeCheck({ code, severity, source }: Omit<Judged, 'found'>, note: Text): HealthCheck {
  return { code, severity, source, count: null, examples: [], note }
}

/** Checks that found something, grave ones first, each severity in the order that it was judged in. */
export function foundChecks(checks: readonly HealthCheck[]): readonly HealthCheck[] {
  return SEVERITIES.flatMap((severity) =>
    checks.filter((check) => check.severity === severity && (check.count ?? 0) > 0),
  )
}

/** What is so, as a sentence with the number. */
export function foundText({ code, count }: Pick<HealthCheck, 'code' | 'count'>): Text {
  const values = { count: count ?? 0 }
  return isOfOverview(code) ? { key: `overview.${code}`, values } : { key: `health.found.${code}`, values }
}

/** Where all of them are listed; null where the panel has no such list. */
export function listOf(code: CheckCode): string | null {
  return isFinding(code)
    ? `/mailboxes?${new URLSearchParams({ kind: 'withFinding', finding: code }).toString()}`
    : null
}

function isFinding(code: CheckCode): code is MailboxCheckCode {
  return FINDING_CODES.some((one) => one === code)
}

/** The overview says these too, in the same words. */
function isOfOverview(code: CheckCode): code is MailboxCheckCode | 'noPostmaster' {
  return code === 'noPostmaster' || isFinding(code)
}
