/**
 * delivery-findings - what a change does to mail: addresses lost, sent elsewhere, looping or dangling.
 *
 * Judged from each affected address followed through the site before and after. Codes:
 * address-becomes-undeliverable, required-address-gone (RFC 2142: postmaster, abuse), destination-changes,
 * catch-all-diverts-mailboxes, alias-loop, expansion-over-limit, dangling-destination. Many addresses with one
 * fate are one finding. An outcome that cannot be told is judged by prediction-findings alone.
 */
import { type AddressOutcome, type AddressReport, destinationsOf } from '@/lib/changes/impact/address-outcome'
import type { FindingFacts } from './finding-facts'
import { someOf } from '@/lib/words/sentences'
import type { Text } from '@/lib/words/text'
import type { Finding } from '@/lib/changes/preview-result'

const REQUIRED = new Set(['postmaster', 'abuse'])
/** Beyond this many, addresses that change their destination are told together. */
const TOLD_ONE_BY_ONE = 5

/** All findings about where mail goes. */
export function deliveryFindings(facts: FindingFacts): readonly Finding[] {
  const reports = facts.reports.filter(({ before, after }) => isKnown(before) && isKnown(after))
  const diversions = facts.lookups
    .filter(({ key, parameter, difference }) => {
      return key.startsWith('@') && parameter === 'virtual_alias_maps' && difference === 'added'
    })
    .map(({ key }) => ({ key, mailboxes: reports.filter((report) => isDiverted(report, key)) }))
  const diverted = new Set(diversions.flatMap(({ mailboxes }) => mailboxes))
  return [
    ...becomesUndeliverable(reports),
    ...requiredGone(reports),
    ...destinationChanges(reports.filter((report) => !diverted.has(report))),
    ...diversions.flatMap(({ key, mailboxes }) => diverts(key, mailboxes)),
    ...loops(reports),
    ...overLimit(reports, facts.overLimit),
    ...dangling(reports),
  ]
}

function becomesUndeliverable(reports: readonly AddressReport[]): readonly Finding[] {
  const lost = reports.filter((report) => isLost(report) && !isRequired(report.address))
  return finding('address-becomes-undeliverable', 'confirm', lost, (addresses) => ({
    key: 'findings.undeliverable',
    values: { count: addresses.length, addresses: someOf(addresses) },
  }))
}

function requiredGone(reports: readonly AddressReport[]): readonly Finding[] {
  const lost = reports.filter((report) => isLost(report) && isRequired(report.address))
  return finding('required-address-gone', 'confirm', lost, (addresses) => ({
    key: 'findings.requiredGone',
    values: { addresses: someOf(addresses) },
  }))
}

function destinationChanges(reports: readonly AddressReport[]): readonly Finding[] {
  const moved = reports.filter(({ before, after }) => {
    const [now, then] = [destinationsOf(before), destinationsOf(after)]
    return now.length > 0 && then.length > 0 && !sameAddresses(now, then)
  })
  if (moved.length > TOLD_ONE_BY_ONE)
    return finding('destination-changes', 'notice', moved, (addresses) => ({
      key: 'findings.manyElsewhere',
      values: { count: addresses.length, addresses: someOf(addresses) },
    }))
  return moved.map(({ address, before, after }) => ({
    code: 'destination-changes',
    severity: 'notice',
    message: {
      key: 'findings.elsewhere',
      values: { address, after: someOf(destinationsOf(after)), before: someOf(destinationsOf(before)) },
    },
    addresses: [address],
  }))
}

function isDiverted({ address, before, after }: AddressReport, catchAll: string): boolean {
  const isOwn = (outcome: AddressOutcome): boolean =>
    destinationsOf(outcome).some((destination) => destination.toLowerCase() === address)
  return address !== catchAll && address.endsWith(catchAll) && isOwn(before) && !isOwn(after)
}

function diverts(key: string, reports: readonly AddressReport[]): readonly Finding[] {
  return finding('catch-all-diverts-mailboxes', 'confirm', reports, (mailboxes) => ({
    key: 'findings.diverts',
    values: { key, count: mailboxes.length, mailboxes: someOf(mailboxes) },
  })).map((diverting) => ({ ...diverting, cause: key }))
}

function loops(reports: readonly AddressReport[]): readonly Finding[] {
  const looping = reports.filter(({ before, after }) => before.overrun === null && after.overrun === 'loop')
  return finding('alias-loop', 'blocks', looping, (addresses) => ({
    key: 'findings.loop',
    values: { addresses: someOf(addresses) },
  }))
}

function overLimit(
  reports: readonly AddressReport[],
  lookups: FindingFacts['overLimit'],
): readonly Finding[] {
  const over = reports.filter(({ before, after }) => before.overrun === null && after.overrun === 'limit')
  return [
    ...finding('expansion-over-limit', 'blocks', over, (addresses) => ({
      key: 'findings.overLimit',
      values: { addresses: someOf(addresses) },
    })),
    ...lookups.map(({ map, key }): Finding => ({
      code: 'expansion-over-limit',
      severity: 'blocks',
      message: { key: 'findings.overTableLimit', values: { map, key } },
      addresses: [key],
    })),
  ]
}

function dangling(reports: readonly AddressReport[]): readonly Finding[] {
  const lostOf = ({ summary, dangling: unknown }: AddressOutcome): readonly string[] =>
    summary.accepted ? [...unknown, ...summary.bounces.map(({ address }) => address)] : []
  const hanging = reports.filter(({ before, after }) => {
    const then = lostOf(after)
    return then.length > 0 && !sameAddresses(lostOf(before), then)
  })
  if (hanging.length > TOLD_ONE_BY_ONE)
    return finding('dangling-destination', 'confirm', hanging, (addresses) => ({
      key: 'findings.manyDangling',
      values: { addresses: someOf(addresses) },
    }))
  return hanging.map(({ address, after }) => ({
    code: 'dangling-destination',
    severity: 'confirm',
    message: { key: 'findings.dangling', values: { address, destinations: someOf(lostOf(after)) } },
    addresses: [address],
  }))
}

function isKnown({ summary }: AddressOutcome): boolean {
  // 4xx at RCPT is a failed lookup, which is told as such.
  return summary.problem === null && !(summary.stage === 'RCPT' && summary.reply?.startsWith('4') === true)
}

function isLost({ before, after }: AddressReport): boolean {
  return destinationsOf(before).length > 0 && destinationsOf(after).length === 0 && after.overrun === null
}

function isRequired(address: string): boolean {
  return REQUIRED.has(address.slice(0, Math.max(address.lastIndexOf('@'), 0)).toLowerCase())
}

function sameAddresses(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join() === [...other].sort().join()
}

function finding(
  code: string,
  severity: Finding['severity'],
  reports: readonly AddressReport[],
  message: (addresses: readonly string[]) => Text,
): readonly Finding[] {
  if (reports.length === 0) return []
  const addresses = reports.map((report) => report.address)
  return [{ code, severity, message: message(addresses), addresses }]
}
