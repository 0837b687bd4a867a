/**
 * rehearsal - asks the server whether it would carry out a change, without making it (the LDAP No-Op control).
 *
 * An add that would be the first to use an attribute is not sent: it could damage the database (attribute-use.ts).
 * Servers without the control answer unavailableCriticalExtension. LDAP round trips: one, and for an add those of
 * attribute-use. Authority: draft-zeilenga-ldap-noop; RFC 4511 section 4.1.11.
 */
import 'server-only'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { firstUses } from './attribute-use'
import type { Authority } from './authority'
import type { WriteResult } from './outcome'
import { send, type WriteOptions } from './service'

export type RehearsalResult =
  /** `done` means that it would have been. */
  | WriteResult
  /** Not asked, because no entry is known to have these attributes yet. */
  | { readonly status: 'firstUse'; readonly attributes: readonly string[] }

/** What the server would answer to this change. */
export async function rehearseWrite(
  authority: Authority,
  record: ChangeRecord,
  options: WriteOptions = {},
): Promise<RehearsalResult> {
  const attributes = record.type === 'add' ? await firstUses(authority, record) : []
  return attributes.length > 0
    ? { status: 'firstUse', attributes }
    : send(authority, record, options, 'noOperation')
}
