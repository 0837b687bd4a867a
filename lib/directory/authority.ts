/**
 * authority - on whose behalf the directory is touched, and how far that person may go.
 *
 * Every function that reads or writes for a person takes one. Only lib/auth makes them, from a session
 * (enforced by ESLint: nothing else may import grantAuthority), so that without a session there is no door
 * to the privileged connection.
 */
import 'server-only'

declare const granted: unique symbol

export interface Person {
  readonly dn: string
  /** Name for people. */
  readonly name: string
  /** Address the person signed in as. */
  readonly mail: string
}

export type Role = 'postmaster' | 'domainAdministrator' | 'owner'

/** Where a request came from. For the record alone: nobody may do anything because of it. */
export type Origin =
  /** A browser; the address is null where it cannot be known. */
  | { readonly program: 'panel'; readonly address: string | null }
  | { readonly program: 'commandLine'; readonly host: string }

interface Grant {
  readonly person: Person
  readonly role: Role
  /** Lower-case domains that a domain administrator administers; empty for other roles. */
  readonly domains: readonly string[]
}

export type Authority = Grant & {
  readonly origin: Origin
  /** The postmaster who looks at the panel as this person; nothing is written then (service.ts). Else null. */
  readonly viewer: Person | null
  readonly [granted]: true
}

const SOMEWHERE: Origin = { program: 'panel', address: null }

/** Makes an authority. For lib/auth and the command line alone. */
export function grantAuthority(
  grant: Grant,
  origin: Origin = SOMEWHERE,
  viewer: Person | null = null,
): Authority {
  return Object.freeze({ ...grant, origin, viewer }) as Authority
}
