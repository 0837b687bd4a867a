/**
 * rehearsal - the directory's own judgement on a change, without making it (the LDAP No-Op control).
 *
 * Schema, access control and overlays refuse here as they would for the real write. A change that builds on
 * an earlier one of the same list cannot be rehearsed, because the earlier one has not been made.
 * Servers without the control answer unavailableCriticalExtension: then there is no rehearsal.
 * LDAP round trips: one, for all changes together. Authority: draft-zeilenga-ldap-noop; RFC 4511 section 4.1.11.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { write } from '@/lib/directory/service'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { isWithin, parseDn } from '@/lib/ldap/dn'
import { formatResultCode } from '@/lib/ldap/result-code'
import type { ForeseenRefusal } from './entry-images'
import type { Rehearsal } from './preview-result'
import { attributeOfRefusal } from './refusal'

const UNAVAILABLE_CRITICAL_EXTENSION = 12

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

/** Lets the server judge the changes. */
export async function rehearse(authority: Authority, changes: readonly ChangeRecord[]): Promise<Rehearsal> {
  const alone = changes.filter((change, at) => standsAlone(change, changes.slice(0, at)))
  const results = await Promise.all(alone.map((change) => write(authority, change, { noOp: true })))
  for (const result of results) {
    if (result.status === 'connectionLost') return unavailable(result.diagnostic)
    if (result.status === 'done') continue
    if (result.resultCode === UNAVAILABLE_CRITICAL_EXTENSION)
      return unavailable('The directory does not have the No-Op control.')
    return refusedRehearsal(result)
  }
  const message =
    alone.length === changes.length
      ? 'The directory would accept this change.'
      : `The directory would accept ${alone.length} of ${changes.length} changes; the others build on these.`
  return { status: 'accepted', resultCode: null, message, attribute: null }
}

function unavailable(message: string): Rehearsal {
  return { status: 'unavailable', resultCode: null, message, attribute: null }
}

function standsAlone(change: ChangeRecord, earlier: readonly ChangeRecord[]): boolean {
  const dn = parseDn(change.dn)
  return earlier.every((other) => {
    const name = parseDn(other.dn)
    const related = dn === null || name === null || isWithin(dn, name) || isWithin(name, dn)
    return !related && other.type !== 'modifyDn'
  })
}
