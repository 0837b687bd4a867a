/**
 * roles - which role facts about a person give. Pure; the one place where roles are decided.
 *
 * Facts come from the directory at each request (lib/directory/sign-in.ts) and from claims of OpenID Connect at
 * the sign-in (claims.ts). What a person with a role may read and change is decided by lib/lists/visibility.ts
 * and lib/changes/authorization.ts; the table of all rights is in rights.test.ts.
 */
import type { Role } from '@/lib/directory/authority'
import { parseDn } from '@/lib/ldap/dn'
import { domainByTemplate } from './domain-template'

export interface RoleFacts {
  /** Member of the group named by POSTMASTER_GROUP, or postmaster by a claim. */
  readonly postmaster: boolean
  /** Domains that name the person, or that a claim names; lower case. */
  readonly domains: readonly string[]
  /** DNs of groups that the person is a member of and that may be groups of domain administrators. */
  readonly groups: readonly string[]
}

/** Postmaster before domain administrator before owner. `groupTemplate` is DOMAIN_ADMINISTRATOR_GROUP. */
export function roleOf(
  facts: RoleFacts,
  groupTemplate: string,
): { readonly role: Role; readonly domains: readonly string[] } {
  if (facts.postmaster) return { role: 'postmaster', domains: [] }
  const byGroup = facts.groups.map((group) => domainOfGroup(groupTemplate, group))
  const domains = [...new Set([...facts.domains, ...byGroup.filter((domain) => domain !== null)])].sort()
  return domains.length > 0 ? { role: 'domainAdministrator', domains } : { role: 'owner', domains: [] }
}

/** Compares the RDNs; where the group lies, the search has decided. */
function domainOfGroup(template: string, group: string): string | null {
  const [wanted] = parseDn(template) ?? []
  const [found] = parseDn(group) ?? []
  const [one, another] = [wanted?.[0], found?.[0]]
  if (one === undefined || another === undefined || wanted?.length !== 1 || found?.length !== 1) return null
  if (one.attribute.toLowerCase() !== another.attribute.toLowerCase()) return null
  return domainByTemplate(one.value, another.value)
}
