/**
 * rehearsal - the directory's own judgement on a change, without making it (the LDAP No-Op control).
 *
 * Schema, access control and overlays refuse here as they would for the real write. The changes are taken in the
 * order in which a commit writes them, each entry's modifications together. One that builds on an earlier one
 * cannot be rehearsed, because the earlier one has not been made; nor can a new entry that is the first with an
 * attribute (lib/directory/attribute-use).
 * Servers without the control answer unavailableCriticalExtension: then there is no rehearsal.
 * LDAP round trips: one for every 200 changes. Authority: draft-zeilenga-ldap-noop; RFC 4511 section 4.1.11.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { rehearseWrite } from '@/lib/directory/rehearsal'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { normalizeDn, parseDn } from '@/lib/ldap/dn'
import type { Entry } from '@/lib/ldap/entry'
import { formatResultCode } from '@/lib/ldap/result-code'
import type { Schema } from '@/lib/ldap/schema'
import type { Text } from '@/lib/words/text'
import { joinModifications, orderWrites } from './commit/write-order'
import type { ForeseenRefusal } from './entry-images'
import { expectSteps, isStillWanted, tellSteps } from './examination-watch'
import type { Rehearsal } from './preview-result'
import { attributeOfRefusal } from './refusal'

const UNAVAILABLE_CRITICAL_EXTENSION = 12
/** So many are sent before the first is answered; more of them would wait for each other beyond LDAP_TIMEOUT. */
const AT_A_TIME = 200

/** A refusal in words, with the result code by name. */
export function refusalMessage({ resultCode, diagnostic }: ForeseenRefusal): string {
  return diagnostic === '' ? formatResultCode(resultCode) : `${formatResultCode(resultCode)}: ${diagnostic}`
}

/** A rehearsal that failed as foreseen. */
export function refusedRehearsal(refusal: ForeseenRefusal): Rehearsal {
  return {
    status: 'refused',
    resultCode: refusal.resultCode,
    message: refusalMessage(refusal),
    attribute: attributeOfRefusal(refusal.diagnostic),
  }
}

/**
 * Lets the server judge the changes.
 * @param entries the touched entries as they are
 */
export async function rehearse(
  authority: Authority,
  given: readonly ChangeRecord[],
  entries: readonly Entry[],
  schema: Schema,
): Promise<Rehearsal> {
  // A modification that the order divides is judged whole: its parts leave what it leaves.
  const changes = joinModifications(await orderWrites(given, entries, schema))
  const alone = thoseAlone(changes)
  expectSteps(alone.length)
  const unasked: string[] = []
  let left = 0
  for (let at = 0; at < alone.length; at += AT_A_TIME) {
    if (!isStillWanted()) return unavailable({ key: 'bulk.job.checkStopped' })
    const some = alone.slice(at, at + AT_A_TIME)
    const results = await Promise.all(some.map((change) => rehearseWrite(authority, change)))
    for (const result of results) {
      if (result.status === 'connectionLost') return unavailable(result.diagnostic)
      if (result.status === 'done') continue
      if (result.status === 'firstUse') {
        unasked.push(...result.attributes)
        left += 1
        continue
      }
      if (result.resultCode === UNAVAILABLE_CRITICAL_EXTENSION)
        return unavailable({ key: 'preview.rehearsal.noControl' })
      return refusedRehearsal(result)
    }
    tellSteps(some.length)
  }
  const [attribute] = unasked
  return attribute !== undefined && left === alone.length
    ? unavailable({ key: 'preview.rehearsal.firstUse', values: { attribute } })
    : acceptedRehearsal(alone.length - left, changes.length, attribute)
}

/** @param unasked an attribute because of which some changes were not rehearsed */
function acceptedRehearsal(accepted: number, count: number, unasked: string | undefined): Rehearsal {
  const values = { accepted, count }
  const message: Text =
    accepted === count
      ? { key: 'preview.rehearsal.wouldAccept' }
      : unasked === undefined
        ? { key: 'preview.rehearsal.wouldAcceptSome', values }
        : { key: 'preview.rehearsal.wouldAcceptRest', values: { ...values, attribute: unasked } }
  return { status: 'accepted', resultCode: null, message, attribute: null }
}

function unavailable(message: Text): Rehearsal {
  return { status: 'unavailable', resultCode: null, message, attribute: null }
}

/** The changes that no earlier one prepares: of other entries, not above or below one, and before any rename. */
function thoseAlone(changes: readonly ChangeRecord[]): readonly ChangeRecord[] {
  const alone: ChangeRecord[] = []
  const names = new Set<string>()
  const above = new Set<string>()
  for (const change of changes) {
    const dn = parseDn(change.dn)
    if (dn === null) return alone
    const lineage = dn.map((_, depth) => normalizeDn(dn.slice(depth)))
    const [own = ''] = lineage
    if (!above.has(own) && !lineage.some((name) => names.has(name))) alone.push(change)
    names.add(own)
    for (const name of lineage.slice(1)) above.add(name)
    if (change.type === 'modifyDn') return alone
  }
  return alone
}
