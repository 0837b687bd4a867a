/**
 * ldif-of-change - the LDIF of a change as it is shown (RFC 2849), without password values.
 *
 * Where a password is written, a comment line says so in its place: what is shown can be kept and sent.
 */
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { formatChange } from '@/lib/ldap/ldif-text'
import { concealChange, concealedIn } from './concealment'

/** Change records as LDIF for people. */
export function ldifOfChanges(changes: readonly ChangeRecord[]): string {
  return changes.map(ldifOfChange).join('')
}

function ldifOfChange(change: ChangeRecord): string {
  const comments = concealedIn(change).map((attribute) => `# ${attribute} is written and not shown\n`)
  const shown = concealChange(change)
  const isEmpty = shown.type === 'modify' && shown.modifications.length === 0
  return `${comments.join('')}${isEmpty ? `# dn: ${shown.dn}\n\n` : formatChange(shown)}`
}
