/**
 * access-findings - what a change does to the people who administer the mail.
 *
 * Code: last-postmaster-locked-out. Postmasters are the members of the group that the settings name; one whose
 * entry goes, or is called otherwise than the group has it, cannot sign in as one any more.
 */
import type { FindingFacts } from './finding-facts'
import { listed } from './listed-names'
import type { Finding } from '@/lib/changes/preview-result'

/** All findings about sign-in. */
export function accessFindings({ lockedOut }: FindingFacts): readonly Finding[] {
  if (lockedOut.length === 0) return []
  const message = `Nobody could sign in as postmaster any more: this locks out ${listed(lockedOut)}.`
  return [{ code: 'last-postmaster-locked-out', severity: 'blocks', message, addresses: [] }]
}
