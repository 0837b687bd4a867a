/**
 * roles - which role facts about a person give. Pure; the one place where roles are decided.
 */
import type { Role } from '@/lib/directory/authority'

export interface RoleFacts {
  /** Member of the group named by POSTMASTER_GROUP. */
  readonly inPostmasterGroup: boolean
  /** Domains whose entry names the person as administrator (associatedName), lower case. */
  readonly administeredDomains: readonly string[]
}

/** Postmaster before domain administrator before owner. */
export function roleOf(facts: RoleFacts): { readonly role: Role; readonly domains: readonly string[] } {
  if (facts.inPostmasterGroup) return { role: 'postmaster', domains: [] }
  if (facts.administeredDomains.length > 0)
    return { role: 'domainAdministrator', domains: facts.administeredDomains }
  return { role: 'owner', domains: [] }
}
