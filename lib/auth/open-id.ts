/**
 * open-id - sign-in by any provider of OpenID Connect (Core 1.0, authorization code flow with PKCE).
 *
 * next-auth speaks the protocol. Here the person that the claims name is found in the directory; whoever is not
 * there, or is disabled, is refused. Claims of the ID token and of the userinfo endpoint count together, because
 * providers differ in where they put groups. What claims grant is kept in the session (claims.ts).
 */
import 'server-only'
import type { OIDCConfig } from 'next-auth/providers'
import { z } from 'zod'
import { findPersonByAttribute } from '@/lib/directory/sign-in'
import type { OpenIdSettings } from '@/lib/sign-in-settings'
import { audit } from './audit'
import { type Claims, grantsOf, personClaim } from './claims'
import { newSessionFacts, type SessionFacts } from './session-facts'

export const OPEN_ID = 'oidc'

/** Why a person whom the provider knows does not come in; the sign-in page has the sentences. */
export type OpenIdRefusal = 'unverified' | 'unmatched' | 'unavailable'

export type OpenIdResult =
  | {
      readonly status: 'accepted'
      readonly facts: SessionFacts
      readonly name: string
      readonly mail: string
    }
  | { readonly status: 'refused'; readonly refusal: OpenIdRefusal }

/** The provider for next-auth. */
export function openIdProvider(settings: OpenIdSettings): OIDCConfig<Claims> {
  return {
    id: OPEN_ID,
    name: settings.name,
    type: 'oidc',
    issuer: settings.issuer,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    authorization: { params: { scope: settings.scope } },
    checks: ['pkce', 'state', 'nonce'],
    // Ask the userinfo endpoint; its subject has to be that of the ID token.
    idToken: false,
    profile: async (userInfo, tokens) => {
      const result = await personOfClaims({ ...claimsOfToken(tokens.id_token), ...userInfo }, settings)
      return result.status === 'accepted'
        ? { name: result.name, email: result.mail, facts: result.facts }
        : { refusal: result.refusal }
    },
  }
}

/** The person whom claims name, if the directory has them. */
export async function personOfClaims(claims: Claims, settings: OpenIdSettings): Promise<OpenIdResult> {
  const named = personClaim(claims, settings.person)
  if ('problem' in named) return refuse(named.problem === 'unverified' ? 'unverified' : 'unmatched', '')
  const found = await findPersonByAttribute(settings.person.value, named.value)
  if (found.status === 'failed') return refuse('unavailable', named.value)
  if (found.status !== 'found' || !found.enabled) return refuse('unmatched', named.value)
  const known = await newSessionFacts(found, grantsOf(claims, settings))
  if (known.status === 'failed') return refuse('unavailable', named.value)
  const { dn, name, mail } = found.person
  audit({ event: 'sign-in', outcome: 'accepted', method: 'openid', name: named.value, dn })
  return { status: 'accepted', facts: known.facts, name, mail }
}

function refuse(refusal: OpenIdRefusal, name: string): OpenIdResult {
  audit({ event: 'sign-in', outcome: 'refused', method: 'openid', name, refusal })
  return { status: 'refused', refusal }
}

const payload = z.record(z.string(), z.unknown())

/** The claims of an ID token whose signature next-auth has checked. */
function claimsOfToken(token: string | undefined): Claims {
  const part = token?.split('.')[1]
  if (part === undefined) return {}
  const parsed = payload.safeParse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')))
  return parsed.success ? parsed.data : {}
}
