/**
 * access-findings - what a change does to the people who administer the mail.
 *
 * Code: last-postmaster-locked-out. Postmasters are the members of the group that the settings name; one whose
 * entry goes, or is called otherwise than the group has it, cannot sign in as one any more.
 */
import type { FindingFacts } from './finding-facts'
import { someOf } from '@/lib/words/sentences'
import type { Text } from '@/lib/words/text'
import type { Finding } from '@/lib/changes/preview-result'

/** All findings about sign-in. */
export function accessFindings({ lockedOut }: FindingFacts): readonly Finding[] {
  if (lockedOut.length === 0) return []
  const message: Text = { key: 'findings.lockedOut', values: { names: someOf(lockedOut) } }
  return [{ code: 'last-postmaster-locked-out', severity: 'blocks', message, addresses: [] }]
}
