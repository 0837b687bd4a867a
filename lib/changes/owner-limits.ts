/**
 * owner-limits - which findings an owner cannot say yes to, and those that only concern owners.
 *
 * What staff may confirm (an address that someone else has, a mail domain left without postmaster@) blocks an
 * owner. An address whose mail arrives somewhere today is someone's, in whatever table or attribute and in
 * whatever spelling Postfix understands; but for the rest that a catch-all of the domain takes. Forwarding out of
 * the house is blocked where the policy says so, judged by where mail really goes. Authority: virtual(5).
 */
import 'server-only'
import { followAddress, type AddressReport, destinationsOf } from '@/lib/changes/impact/address-outcome'
import { domainOf } from '@/lib/entries/address'
import { ownerPolicy } from '@/lib/environment'
import type { MailSite } from '@/lib/postfix/resolution-site'
import type { EntryImage } from './entry-image'
import { addedAddresses } from './findings/finding-searches'
import type { Finding } from './preview-result'

const BLOCKING = new Set([
  'alias-taken',
  'alias-kept',
  'alias-shadows-mailbox',
  'alias-in-unhosted-domain',
  'catch-all-diverts-mailboxes',
  'required-address-gone',
  'value-never-found',
  'not-fully-searched',
  'dangling-destination',
])

/** No entry is likely to have it, so it goes where the catch-all goes. */
const ANY_LOCAL_PART = 'anyotheraddressofthisdomain'

interface OwnerChange {
  readonly images: readonly EntryImage[]
  readonly reports: readonly AddressReport[]
  readonly findings: readonly Finding[]
  /** The site as it is now; a sentence says why it cannot be opened. */
  readonly site: MailSite | string
}

/** The findings of an owner's change. */
export async function limitOwner(change: OwnerChange): Promise<readonly Finding[]> {
  const { images, reports, findings } = change
  const { forwarding } = ownerPolicy()
  const added = addedAddresses(images).map((address) => address.toLowerCase())
  const given = reports.filter(({ address }) => added.includes(address.toLowerCase()))
  const diverted = await Promise.all(given.map((report) => isSomeones(report, change.site)))
  const someones = given.filter((_, at) => diverted[at] === true).map(({ address }) => address)
  const outside = reports.filter(({ before, after }) => {
    const known = before.summary.forwards
    return forwarding !== 'anywhere' && after.summary.forwards.some((to) => !known.includes(to))
  })
  const isInUse = (address: string): boolean => someones.includes(address)
  const own: Finding[] = [
    ...someones.map((address) => blocking('address-in-use', address)),
    ...outside.map(({ address }) => blocking('forwards-outside', address)),
  ]
  return [
    ...own,
    ...findings
      .filter(({ code, addresses }) => code !== 'destination-changes' || !addresses.every(isInUse))
      .map((finding): Finding => (BLOCKING.has(finding.code) ? { ...finding, severity: 'blocks' } : finding)),
  ].sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity))
}

const ORDER: readonly Finding['severity'][] = ['blocks', 'confirm', 'notice']

function blocking(code: 'address-in-use' | 'forwards-outside', address: string): Finding {
  return { code, severity: 'blocks', message: { key: `account.finding.${code}` }, addresses: [address] }
}

/** Whether mail to the address arrives today, elsewhere than after the change, and not by a catch-all alone. */
async function isSomeones(
  { address, before, after }: AddressReport,
  site: MailSite | string,
): Promise<boolean> {
  const now = destinationsOf(before)
  if (now.length === 0 || isSame(now, destinationsOf(after))) return false
  if (typeof site === 'string') return true
  const rest = await followAddress(site, `${ANY_LOCAL_PART}@${domainOf(address) ?? ''}`)
  return !isSame(now, destinationsOf(rest))
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join() === [...other].sort().join()
}
