/**
 * checksum - one number for all that a person approved.
 *
 * SHA-256 over a canonical text of the change (without password values), the entryCSN of every entry that
 * the preview rests on, every answer and address shown and the findings. Equal sums mean that nothing a person saw has
 * changed. JSON of nested lists is canonical here: no object keys, strings escaped in one way.
 * Authority: RFC 8259 for the text, FIPS 180-4 through the Web Crypto API.
 */
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { concealChange, concealedIn } from './concealment'
import { inTurns } from './portions'
import type { AddressChange, Finding, LookupAnswer, LookupChange, TraceSummary } from './preview-result'

/** The state of an entry that a preview rests on. */
export interface EntryState {
  readonly dn: string
  readonly entryCsn: string
}

export interface Approved {
  readonly changes: readonly ChangeRecord[]
  readonly states: readonly EntryState[]
  readonly lookups: readonly LookupChange[]
  readonly addresses: readonly AddressChange[]
  readonly findings: readonly Finding[]
}

/** The checksum of what was shown, as 64 hexadecimal digits. */
export async function checksumOf(approved: Approved): Promise<string> {
  const octets = new TextEncoder().encode(await canonicalText(approved))
  const sum = await globalThis.crypto.subtle.digest('SHA-256', octets)
  return Array.from(new Uint8Array(sum), (octet) => octet.toString(16).padStart(2, '0')).join('')
}

async function canonicalText(approved: Approved): Promise<string> {
  const states = await sorted(approved.states, (state) => [state.dn, state.entryCsn])
  const lookups = await sorted(approved.lookups, (lookup) => [
    lookup.parameter,
    lookup.map,
    lookup.key,
    answerList(lookup.before),
    answerList(lookup.after),
  ])
  const addresses = await sorted(approved.addresses, ({ address, before, after }) => [
    address,
    summaryList(before),
    summaryList(after),
  ])
  const findings = await sorted(approved.findings, (finding) => [
    finding.code,
    finding.severity,
    [...finding.addresses].sort(),
  ])
  const changes = await texts(approved.changes, changeList)
  return `[[${changes.join()}],${states},${lookups},${addresses},${findings}]`
}

/** A list as JSON, in the order of its members' texts. */
async function sorted<Member>(
  list: readonly Member[],
  listOf: (member: Member) => readonly unknown[],
): Promise<string> {
  return `[${[...(await texts(list, listOf))].sort().join()}]`
}

function texts<Member>(
  list: readonly Member[],
  listOf: (member: Member) => readonly unknown[],
): Promise<readonly string[]> {
  return inTurns(list, (member) => JSON.stringify(listOf(member)))
}

/** The text of a problem may name a port or a time; that there is one is what counts. */
function answerList(answer: LookupAnswer): readonly unknown[] {
  return [answer.status, answer.value, answer.values]
}

/** The order of recipients can be the server's choice, where they come from several entries. */
function summaryList(summary: TraceSummary): readonly unknown[] {
  const undelivered = [...summary.bounces, ...summary.deferrals].map(({ address, reason }) => [
    address,
    reason,
  ])
  return [
    summary.accepted,
    summary.stage,
    summary.reply,
    summary.problem === null,
    ...[summary.recipients, summary.deliveries, summary.forwards, summary.locals].map((list) =>
      [...list].sort(),
    ),
    undelivered.sort(byText),
  ]
}

function changeList(change: ChangeRecord): readonly unknown[] {
  const shown = concealChange(change)
  const concealed = concealedIn(change)
  switch (shown.type) {
    case 'add':
      return [
        'add',
        shown.dn,
        shown.attributes.map(({ description, values }) => [description, values]),
        concealed,
      ]
    case 'modify':
      return [
        'modify',
        shown.dn,
        shown.modifications.map(({ operation, attribute, values }) => [operation, attribute, values]),
        concealed,
      ]
    case 'delete':
      return ['delete', shown.dn]
    case 'modifyDn':
      return ['modifyDn', shown.dn, shown.newRdn, shown.deleteOldRdn, shown.newSuperior]
  }
}

function byText(one: readonly unknown[], other: readonly unknown[]): number {
  const [first, second] = [JSON.stringify(one), JSON.stringify(other)]
  return first < second ? -1 : first > second ? 1 : 0
}
