/**
 * claims - what claims of OpenID Connect say about a person: who it is, and which roles they grant. Pure.
 *
 * A claim is found by its name, or else as a path with dots (`realm_access.roles`). Its value is a text, or an
 * array of which one member fits; anything else grants nothing. An `email` counts only with `email_verified`
 * (OpenID Connect Core 1.0 section 5.1): otherwise whoever runs an account could take anybody's address.
 */
import type { ClaimRule, OpenIdSettings } from '@/lib/sign-in-settings'
import { domainByTemplate } from './domain-template'

export type Claims = Readonly<Record<string, unknown>>

/** Roles that claims granted at a sign-in, and the rules they were granted by. */
export interface ClaimGrants {
  readonly rules: string
  readonly postmaster: boolean
  readonly domains: readonly string[]
}

/** Why claims name nobody: the claim is missing, or it is an address that the provider has not verified. */
export type ClaimProblem = 'missing' | 'unverified'

/** The value by which the person is found in the directory. */
export function personClaim(
  claims: Claims,
  rule: ClaimRule,
): { readonly value: string } | { readonly problem: ClaimProblem } {
  const [value, another] = claimValues(claims, rule.claim)
  if (value === undefined || value === '' || another !== undefined) return { problem: 'missing' }
  const verified = claims['email_verified']
  if (rule.claim === 'email' && verified !== true && verified !== 'true') return { problem: 'unverified' }
  return { value }
}

/** The roles that these claims grant. */
export function grantsOf(claims: Claims, settings: OpenIdSettings): ClaimGrants {
  const { postmaster, domainAdministrator } = settings
  return {
    rules: rulesOf(settings),
    postmaster: postmaster !== null && claimValues(claims, postmaster.claim).includes(postmaster.value),
    domains:
      domainAdministrator === null
        ? []
        : claimValues(claims, domainAdministrator.claim)
            .map((value) => domainByTemplate(domainAdministrator.value, value))
            .filter((domain) => domain !== null),
  }
}

/** The rules as one text: grants of other rules than those in force do not count. */
export function rulesOf({ postmaster, domainAdministrator }: OpenIdSettings): string {
  return JSON.stringify([postmaster, domainAdministrator])
}

function claimValues(claims: Claims, name: string): readonly string[] {
  const value = Object.hasOwn(claims, name) ? claims[name] : valueAt(claims, name.split('.'))
  return (Array.isArray(value) ? value : [value]).filter((member) => typeof member === 'string')
}

function valueAt(claims: unknown, path: readonly string[]): unknown {
  let value: unknown = claims
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Claims)[name]
  }
  return value
}
