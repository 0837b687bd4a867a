/**
 * sign-in-settings - the settings of roles and sign-in: their names, defaults and what each must look like.
 *
 * Part of environment.ts, which alone reads the variables; others import the types. A claim rule is
 * `claim=value` (OpenID Connect Core 1.0 section 5.1); `%d` stands for the name of a domain, as in
 * ldap_table(5). A wrong setting is one sentence that never holds a secret.
 */
import * as z from 'zod'

/** A claim of OpenID Connect, and what has to stand in it. */
export interface ClaimRule {
  readonly claim: string
  readonly value: string
}

/** One provider of OpenID Connect. */
export interface OpenIdSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What the button on the sign-in page calls it. */
  readonly name: string
  readonly scope: string
  /** The claim that holds what stands in the attribute `value` of the person's entry. */
  readonly person: ClaimRule
  /** Whose claim has this value is a postmaster; null: claims make nobody a postmaster. */
  readonly postmaster: ClaimRule | null
  /** The value has %d: whose claim has it for a domain administers that domain. */
  readonly domainAdministrator: ClaimRule | null
}

/** Sign-in; the names are those of the variables. */
export interface PanelEnvironment {
  /** DN of the group of postmasters. */
  readonly POSTMASTER_GROUP: string
  /** Attribute of a domain's entry that names its administrators. */
  readonly DOMAIN_ADMINISTRATOR_ATTRIBUTE: string
  /** DN of a domain's group of administrators, with %d for the domain; empty when there are no such groups. */
  readonly DOMAIN_ADMINISTRATOR_GROUP: string
  readonly AUTH_SECRET: string
  readonly AUTH_URL: string
  /** A proxy in front of the panel writes the client's address into X-Forwarded-For. */
  readonly TRUSTED_PROXY: boolean
  /** People can make tokens with which a password manager makes aliases for them. */
  readonly API_TOKENS: boolean
  /** Null when people sign in with a password alone. */
  readonly openId: OpenIdSettings | null
}

const required = z.string({ error: 'is not set' }).trim().min(1, 'is empty')
const yesOrNo = z
  .enum(['yes', 'no', ''], { error: 'must be yes or no' })
  .default('no')
  .transform((word) => word === 'yes')
const optional = z.string().trim().default('')

function orDefault(pattern: RegExp, fallback: string, sentence: string) {
  return optional
    .transform((text) => (text === '' ? fallback : text))
    .pipe(z.string().regex(pattern, sentence))
}

/** An attribute description without options (RFC 4512 section 2.5). */
const ATTRIBUTE = '(?:[A-Za-z][A-Za-z0-9-]*|[0-9]+(?:\\.[0-9]+)+)'
const RULE = /^(?:[^=\s]+=.+)?$/

/** What the variables have to be. */
export const panelVariables = z
  .object({
    POSTMASTER_GROUP: required.regex(/=/, 'must be a DN such as ou=Mail,dc=example,dc=net'),
    DOMAIN_ADMINISTRATOR_ATTRIBUTE: orDefault(
      new RegExp(`^${ATTRIBUTE}$`),
      'associatedName',
      'must be the name of an attribute, such as associatedName',
    ),
    DOMAIN_ADMINISTRATOR_GROUP: optional.pipe(
      z
        .string()
        .regex(
          /^$|^[^,]*=[^,]*%d[^,]*,.*=/,
          'must be a DN with %d for the domain in its first part, such as cn=%d,ou=Administrators,dc=example,dc=net',
        ),
    ),
    AUTH_SECRET: required.min(32, 'must have at least 32 characters (openssl rand -base64 33 makes one)'),
    AUTH_URL: required.regex(
      /^https?:\/\/[^/]+/,
      'must be the address of the panel, such as https://postbook.example.net',
    ),
    TRUSTED_PROXY: yesOrNo,
    API_TOKENS: yesOrNo,
    OIDC_ISSUER: optional.refine((text) => text === '' || keepsSecrets(text), {
      error: 'must be an https:// address, such as https://login.example.net',
    }),
    OIDC_CLIENT_ID: optional,
    OIDC_CLIENT_SECRET: optional,
    OIDC_NAME: optional.transform((text) => (text === '' ? 'OpenID Connect' : text)),
    OIDC_SCOPE: optional
      .transform((text) => (text === '' ? 'openid profile email' : text))
      .pipe(z.string().regex(/(?:^|\s)openid(?:\s|$)/, 'must hold openid')),
    OIDC_PERSON_CLAIM: orDefault(
      new RegExp(`^[^=\\s]+=${ATTRIBUTE}$`),
      'email=mail',
      'must name a claim and an attribute, such as email=mail or preferred_username=uid',
    ),
    OIDC_POSTMASTER_CLAIM: optional.pipe(
      z.string().regex(RULE, 'must be a claim and its value, such as groups=postmasters'),
    ),
    OIDC_DOMAIN_ADMINISTRATOR_CLAIM: optional.pipe(
      z
        .string()
        .regex(
          /^(?:[^=\s]+=.*%d.*)?$/,
          'must be a claim and its value with %d for the domain, such as groups=mail-%d',
        ),
    ),
  })
  .check(({ value, issues }) => {
    for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const) {
      if (value.OIDC_ISSUER === '' || value[name] !== '') continue
      issues.push({ code: 'custom', input: '', path: [name], message: 'is not set, and OIDC_ISSUER is' })
    }
  })

/** The settings from variables that are as they have to be. */
export function panelEnvironmentOf(variables: z.output<typeof panelVariables>): PanelEnvironment {
  const {
    OIDC_ISSUER,
    OIDC_CLIENT_ID,
    OIDC_CLIENT_SECRET,
    OIDC_NAME,
    OIDC_SCOPE,
    OIDC_PERSON_CLAIM,
    ...rest
  } = variables
  const { OIDC_POSTMASTER_CLAIM, OIDC_DOMAIN_ADMINISTRATOR_CLAIM, ...own } = rest
  return {
    ...own,
    openId:
      OIDC_ISSUER === ''
        ? null
        : {
            issuer: OIDC_ISSUER,
            clientId: OIDC_CLIENT_ID,
            clientSecret: OIDC_CLIENT_SECRET,
            name: OIDC_NAME,
            scope: OIDC_SCOPE,
            person: ruleOf(OIDC_PERSON_CLAIM),
            postmaster: OIDC_POSTMASTER_CLAIM === '' ? null : ruleOf(OIDC_POSTMASTER_CLAIM),
            domainAdministrator:
              OIDC_DOMAIN_ADMINISTRATOR_CLAIM === '' ? null : ruleOf(OIDC_DOMAIN_ADMINISTRATOR_CLAIM),
          },
  }
}

/** Split at the first `=`: the value may have more of them, as a DN has. */
function ruleOf(text: string): ClaimRule {
  const at = text.indexOf('=')
  return { claim: text.slice(0, at), value: text.slice(at + 1) }
}

/** TLS, or a provider on this machine: anything else shows the client secret to the network. */
function keepsSecrets(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  if (protocol === 'https:') return true
  return protocol === 'http:' && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}
