/**
 * delivery-findings - what a change does to mail: addresses lost, sent elsewhere, looping or dangling.
 *
 * Judged from each affected address followed through the site's tables before and after. Codes:
 * address-becomes-undeliverable, required-address-gone (RFC 2142: postmaster, abuse), destination-changes,
 * alias-loop, dangling-destination.
 */
import type { AddressReport, Delivery } from './delivery'
import type { FindingFacts } from './finding-facts'
import type { Finding } from './preview-result'

const REQUIRED = new Set(['postmaster', 'abuse'])

/** All findings about where mail goes. */
export function deliveryFindings(facts: FindingFacts): readonly Finding[] {
  const { reports } = facts
  return [
    ...becomesUndeliverable(reports),
    ...requiredGone(reports),
    ...destinationChanges(reports),
    ...loops(reports),
    ...dangling(reports),
  ]
}

function becomesUndeliverable(reports: readonly AddressReport[]): readonly Finding[] {
  const lost = reports.filter((report) => isLost(report) && !isRequired(report.address))
  return finding('address-becomes-undeliverable', 'confirm', lost, (addresses) =>
    addresses.length === 1
      ? `Mail to ${addresses.join()} will be refused.`
      : `Mail to ${addresses.length} addresses will be refused.`,
  )
}

function requiredGone(reports: readonly AddressReport[]): readonly Finding[] {
  const lost = reports.filter((report) => isLost(report) && isRequired(report.address))
  return finding(
    'required-address-gone',
    'confirm',
    lost,
    (addresses) => `Every mail domain must accept ${addresses.join(' and ')} (RFC 2142); it no longer will.`,
  )
}

function destinationChanges(reports: readonly AddressReport[]): readonly Finding[] {
  const moved = reports.filter(
    ({ before, after }) =>
      before.status === 'delivered' &&
      after.status === 'delivered' &&
      !sameAddresses(destinations(before), destinations(after)),
  )
  return moved.map((report) => ({
    code: 'destination-changes',
    severity: 'notice',
    message: `Mail to ${report.address} will go to ${destinations(report.after).join(', ')} instead of ${destinations(
      report.before,
    ).join(', ')}.`,
    addresses: [report.address],
  }))
}

function loops(reports: readonly AddressReport[]): readonly Finding[] {
  const looping = reports.filter(({ before, after }) => before.status !== 'loop' && after.status === 'loop')
  return finding(
    'alias-loop',
    'blocks',
    looping,
    (addresses) =>
      `The aliases of ${addresses.join(', ')} lead back to themselves: Postfix will refuse the mail.`,
  )
}

function dangling(reports: readonly AddressReport[]): readonly Finding[] {
  const hanging = reports.filter(({ before, after }) => {
    if (after.status !== 'delivered' || after.dangling.length === 0) return false
    return before.status !== 'delivered' || !sameAddresses(before.dangling, after.dangling)
  })
  return hanging.map((report) => ({
    code: 'dangling-destination',
    severity: 'confirm',
    message: `Mail to ${report.address} will be sent to ${
      report.after.status === 'delivered' ? report.after.dangling.join(', ') : ''
    }, where there is no mailbox.`,
    addresses: [report.address],
  }))
}

function isLost({ before, after }: AddressReport): boolean {
  return before.status === 'delivered' && (after.status === 'undeliverable' || after.status === 'notHosted')
}

function isRequired(address: string): boolean {
  return REQUIRED.has(address.slice(0, Math.max(address.lastIndexOf('@'), 0)).toLowerCase())
}

function destinations(delivery: Delivery): readonly string[] {
  return delivery.status === 'delivered'
    ? [...delivery.mailboxes, ...delivery.elsewhere, ...delivery.dangling]
    : []
}

function sameAddresses(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join() === [...other].sort().join()
}

function finding(
  code: string,
  severity: Finding['severity'],
  reports: readonly AddressReport[],
  message: (addresses: readonly string[]) => string,
): readonly Finding[] {
  if (reports.length === 0) return []
  const addresses = reports.map((report) => report.address)
  return [{ code, severity, message: message(addresses), addresses }]
}
