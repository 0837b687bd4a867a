/**
 * names - the distinguished names of the demo directory, each said once.
 */
export const SUFFIX = 'dc=example,dc=net'
export const ROOT_DN = `cn=admin,${SUFFIX}`
export const LOG_SUFFIX = 'cn=accesslog'

export const DOMAINS_BASE = `ou=Domains,${SUFFIX}`
export const MAIL_BASE = `ou=Mail,${SUFFIX}`
export const GROUPS_BASE = `ou=Groups,${SUFFIX}`
export const SERVICES_BASE = `ou=Services,${SUFFIX}`
export const POLICIES_BASE = `ou=Policies,${SUFFIX}`
/** The panel's own store: shared plans, requests, tokens. Empty at first. */
export const STORE_BASE = `ou=Postbook,${SUFFIX}`

export const POSTMASTER_GROUP = `cn=postmasters,${GROUPS_BASE}`
export const PASSWORD_POLICY = `cn=default,${POLICIES_BASE}`
/** The panel's privileged account. */
export const SERVICE_DN = `cn=postbook,${SERVICES_BASE}`
/** The account that Postfix's tables bind with. */
export const POSTFIX_DN = `cn=postfix,${SERVICES_BASE}`

/** The entry of a person. */
export function personDn(uid: string): string {
  return `uid=${uid},${MAIL_BASE}`
}
