/**
 * owner-view - of a preview or a proof, what an owner may see: nothing of other people's addresses. Pure.
 *
 * Postmasters read in a preview whose address it is and which tables answered what; an owner is told that an address
 * is somebody's and not whose. Addresses other than the person's own become ELSEWHERE, names of files, commands,
 * LDIF and diagnostics are left out. The checksum stays that of the whole preview. Findings are said in words for
 * owners, by their code.
 */
import type {
  AddressChange,
  Finding,
  LookupAnswer,
  LookupChange,
  Preview,
  TraceSummary,
} from '@/lib/changes/preview-result'
import type { Text } from '@/lib/words/text'

/** Stands for an address of somebody else. */
export const ELSEWHERE = '…'

/** Whether an address is one that this person may see. */
export type IsOwn = (address: string) => boolean

/** Own are these addresses, in any case. */
export function ownAmong(addresses: readonly string[]): IsOwn {
  const own = new Set(addresses.map((address) => address.toLowerCase()))
  return (address) => own.has(address.toLowerCase())
}

/** The preview without what is not the owner's to see. */
export function ownerPreview(preview: Preview, isOwn: IsOwn): Preview {
  const { checksum, rehearsal } = preview
  const findings = ownerFindings(preview.findings, isOwn)
  const isBlocked = findings.some(({ severity }) => severity === 'blocks')
  return {
    checksum,
    ldif: '',
    entries: [],
    // What stands in the way could be read off the answers.
    lookups: isBlocked ? [] : ownerLookups(preview.lookups, isOwn),
    addresses: isBlocked ? [] : ownerAddresses(preview.addresses, isOwn),
    findings,
    rehearsal: { ...rehearsal, attribute: null },
  }
}

/** The lookups of own addresses. */
export function ownerLookups(lookups: readonly LookupChange[], isOwn: IsOwn): readonly LookupChange[] {
  return lookups
    .filter(({ key }) => isOwn(key))
    .map((lookup) => ({
      ...lookup,
      map: '',
      command: '',
      before: ownerAnswer(lookup.before, isOwn),
      after: ownerAnswer(lookup.after, isOwn),
    }))
}

/** An answer with other people's addresses covered. */
export function ownerAnswer({ status, values }: LookupAnswer, isOwn: IsOwn): LookupAnswer {
  const shown = covered(values, isOwn)
  return { status, values: shown, value: status === 'found' ? shown.join(', ') : null, problem: null }
}

/** What becomes of mail, with other people's addresses covered. */
export function ownerSummary(summary: TraceSummary, isOwn: IsOwn): TraceSummary {
  const undelivered = (list: TraceSummary['bounces']): TraceSummary['bounces'] =>
    list.map(({ address }) => ({ address: isOwn(address) ? address : ELSEWHERE, reason: '' }))
  return {
    ...summary,
    problem: summary.problem === null ? null : '',
    recipients: covered(summary.recipients, isOwn),
    deliveries: covered(summary.deliveries, isOwn),
    forwards: covered(summary.forwards, isOwn),
    locals: covered(summary.locals, isOwn),
    bounces: undelivered(summary.bounces),
    deferrals: undelivered(summary.deferrals),
  }
}

function ownerAddresses(addresses: readonly AddressChange[], isOwn: IsOwn): readonly AddressChange[] {
  return addresses
    .filter(({ address }) => isOwn(address))
    .map(({ address, before, after }) => ({
      address,
      before: ownerSummary(before, isOwn),
      after: ownerSummary(after, isOwn),
    }))
}

function covered(addresses: readonly string[], isOwn: IsOwn): readonly string[] {
  return [...new Set(addresses.map((address) => (isOwn(address) ? address : ELSEWHERE)))]
}

const TAKEN = new Set([
  'address-in-use',
  'alias-taken',
  'alias-kept',
  'alias-shadows-mailbox',
  'catch-all-diverts-mailboxes',
])
const SAID = [
  'forwards-outside',
  'alias-in-unhosted-domain',
  'required-address-gone',
  'alias-loop',
  'dangling-destination',
] as const

function ownerFindings(findings: readonly Finding[], isOwn: IsOwn): readonly Finding[] {
  const seen = new Set<string>()
  return findings
    .filter(({ severity, addresses }) => severity !== 'notice' || addresses.every(isOwn))
    .map((finding) => {
      const code = TAKEN.has(finding.code) ? 'address-taken' : finding.code
      const addresses = finding.addresses.filter(isOwn)
      return { code, severity: finding.severity, message: messageOf(finding.code, addresses), addresses }
    })
    .filter((finding) => {
      const key = JSON.stringify([finding.code, finding.severity, finding.addresses])
      return seen.has(key) ? false : seen.add(key).has(key)
    })
}

function messageOf(code: string, own: readonly string[]): Text {
  if (TAKEN.has(code)) return { key: 'account.finding.taken' }
  const said = SAID.find((other) => other === code)
  if (said !== undefined) return { key: `account.finding.${said}` }
  if (code === 'address-becomes-undeliverable' || code === 'destination-changes')
    return {
      key: `account.finding.${code}`,
      values: { addresses: own.length > 0 ? own.join(', ') : ELSEWHERE },
    }
  return { key: 'account.finding.other', values: { code } }
}
