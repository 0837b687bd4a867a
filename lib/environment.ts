/**
 * environment - the settings of Postbook. Only this file and environment-file.ts read the process environment.
 *
 * Each part of the program asks for the part that it needs: `directoryEnvironment` (LDAP and Postfix; all that
 * the command line needs) or `panelEnvironment` (sign-in as well). They are read once, at the first call.
 * A setting that is missing or wrong throws a ConfigurationProblem: one sentence that names the setting and
 * never holds a secret. `parse...` are the same as values, for tests and for a page that shows all problems.
 */
import 'server-only'
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { ConfigurationProblem, type SettingProblem } from './configuration-problem'
import { type OwnerPolicy, ownerPolicyOf, ownerVariables } from './owner-settings'
import { type ShownSetting, showSettings } from './shown-settings'
import { type PanelEnvironment, panelEnvironmentOf, panelVariables } from './sign-in-settings'

/** LDAP and Postfix; the names are those of the variables. */
export interface DirectoryEnvironment {
  /** Addresses in the order in which they are tried. */
  readonly LDAP_URL: readonly string[]
  readonly LDAP_BIND_DN: string
  /** From LDAP_BIND_PASSWORD, or from the file that LDAP_BIND_PASSWORD_FILE names. */
  readonly LDAP_BIND_PASSWORD: string
  readonly LDAP_START_TLS: boolean
  /** Empty for the certificates that the system trusts. */
  readonly LDAP_CA_FILE: string
  /** Seconds. */
  readonly LDAP_TIMEOUT: number
  readonly LDAP_DOMAINS_BASE: string
  readonly LDAP_MAIL_BASE: string
  /** Write as the person who is signed in (RFC 4370); the directory has to allow the service account to. */
  readonly LDAP_PROXIED_AUTHORIZATION: boolean
  /** Folder of the site's main.cf; empty when Postbook is to use its own three tables. */
  readonly POSTFIX_CONFIG_DIRECTORY: string
  /** Base of the panel's own entries; empty when it has none. */
  readonly LDAP_STORE_BASE: string
  /** Where slapo-accesslog(5) keeps the server's log; empty for none. */
  readonly LDAP_ACCESSLOG_BASE: string
  /** Folder of the write-ahead journal. */
  readonly POSTBOOK_STATE_DIRECTORY: string
}

export type Settings<Environment> =
  | { readonly status: 'valid'; readonly environment: Environment }
  | { readonly status: 'invalid'; readonly problems: readonly SettingProblem[] }

type Variables = Readonly<Record<string, string | undefined>>

const yesOrNo = z
  .enum(['yes', 'no', ''], { error: 'must be yes or no' })
  .default('no')
  .transform((word) => word === 'yes')
const required = z.string({ error: 'is not set' }).trim().min(1, 'is empty')
const dn = required.regex(/=/, 'must be a DN such as ou=Mail,dc=example,dc=net')

const directoryVariables = z.object({
  LDAP_URL: required
    .transform((text) => text.split(/[\s,]+/).filter((uri) => uri !== ''))
    .refine((uris) => uris.length > 0 && uris.every((uri) => /^(ldaps?|ldapi):\/\//i.test(uri)), {
      error: 'must hold LDAP addresses such as ldaps://ldap.example.net',
    }),
  LDAP_BIND_DN: dn,
  LDAP_START_TLS: yesOrNo,
  LDAP_CA_FILE: z.string().default(''),
  LDAP_ALLOW_CLEAR_TEXT: yesOrNo,
  LDAP_TIMEOUT: z
    .string()
    .default('10')
    .refine((text) => /^[0-9]{1,4}$/.test(text) && Number(text) > 0, {
      error: 'must be a number of seconds from 1 to 9999',
    })
    .transform(Number),
  LDAP_DOMAINS_BASE: dn,
  LDAP_MAIL_BASE: dn,
  LDAP_PROXIED_AUTHORIZATION: yesOrNo,
  POSTFIX_CONFIG_DIRECTORY: z.string().default(''),
  LDAP_STORE_BASE: z
    .string()
    .trim()
    .regex(/^$|=/, 'must be a DN such as ou=Postbook,dc=example,dc=net')
    .default(''),
  LDAP_ACCESSLOG_BASE: z
    .string()
    .trim()
    .default('cn=accesslog')
    .refine((text) => text === '' || text.includes('='), {
      error: 'must be a DN such as cn=accesslog, or empty',
    }),
  POSTBOOK_STATE_DIRECTORY: z
    .string()
    .default('')
    .transform((folder) => (folder === '' ? '.postbook' : folder)),
})

/** Reads the LDAP and Postfix settings from these variables. */
export function parseDirectoryEnvironment(variables: Variables): Settings<DirectoryEnvironment> {
  const parsed = directoryVariables.safeParse(variables)
  const problems = parsed.success ? [] : sentences(parsed.error)
  const password = secretOf(variables, 'LDAP_BIND_PASSWORD', true)
  if (typeof password !== 'string') problems.push(password)
  if (!parsed.success || typeof password !== 'string') return { status: 'invalid', problems }
  const { LDAP_ALLOW_CLEAR_TEXT, ...values } = parsed.data
  const clear = values.LDAP_URL.find((uri) => sendsClearText(uri, values.LDAP_START_TLS))
  if (clear !== undefined && !LDAP_ALLOW_CLEAR_TEXT) {
    const sentence =
      `LDAP_URL names ${clear}, which would send passwords over the network in clear text: use ldaps://, ` +
      'or set LDAP_START_TLS=yes, or, if that network is safe, LDAP_ALLOW_CLEAR_TEXT=yes.'
    return { status: 'invalid', problems: [{ setting: 'LDAP_URL', sentence }] }
  }
  return { status: 'valid', environment: { ...values, LDAP_BIND_PASSWORD: password } }
}

/** Reads the settings of sign-in from these variables. */
export function parsePanelEnvironment(variables: Variables): Settings<PanelEnvironment> {
  const secret = secretOf(variables, 'OIDC_CLIENT_SECRET', false)
  if (typeof secret !== 'string') return { status: 'invalid', problems: [secret] }
  const parsed = panelVariables.safeParse({ ...variables, OIDC_CLIENT_SECRET: secret })
  return parsed.success
    ? { status: 'valid', environment: panelEnvironmentOf(parsed.data) }
    : { status: 'invalid', problems: sentences(parsed.error) }
}

/** Reads what owners may do from these variables. */
export function parseOwnerPolicy(variables: Variables): Settings<OwnerPolicy> {
  const parsed = ownerVariables.safeParse(variables)
  return parsed.success
    ? { status: 'valid', environment: ownerPolicyOf(parsed.data) }
    : { status: 'invalid', problems: sentences(parsed.error) }
}

function sentences(error: z.ZodError): SettingProblem[] {
  const problems = new Map<string, SettingProblem>()
  for (const { path, message } of error.issues) {
    const setting = String(path[0])
    if (!problems.has(setting)) problems.set(setting, { setting, sentence: `${setting} ${message}.` })
  }
  return [...problems.values()]
}

/** A secret from its variable or from the file that the variable with _FILE names. */
function secretOf(variables: Variables, name: string, needed: boolean): string | SettingProblem {
  const fileSetting = `${name}_FILE`
  const { [name]: secret = '', [fileSetting]: file = '' } = variables
  if (file === '') {
    if (secret !== '' || !needed) return secret
    return { setting: name, sentence: `${name} is not set (or name a file in ${fileSetting}).` }
  }
  const problem = (what: string): SettingProblem => ({
    setting: fileSetting,
    sentence: `${fileSetting} ${what}`,
  })
  if (secret !== '') return problem(`and ${name} are both set; keep one of them.`)
  try {
    const text = readFileSync(/*turbopackIgnore: true*/ file, 'utf8').replace(/\r?\n$/, '')
    return text === '' ? problem(`names ${file}, which is empty.`) : text
  } catch {
    return problem(`names ${file}, which cannot be read.`)
  }
}

/** Whether a bind to this address would cross a network unencrypted. Loopback and local sockets do not. */
function sendsClearText(uri: string, startTls: boolean): boolean {
  if (startTls || !/^ldap:/i.test(uri)) return false
  const host = /^ldap:\/\/(\[[^\]]*\]|[^:/?]*)/i.exec(uri)?.[1]?.toLowerCase() ?? ''
  return !/^(|localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host)
}

interface Cache {
  directory?: DirectoryEnvironment
  panel?: PanelEnvironment
  owners?: OwnerPolicy
}

const cache: Cache = {}

function valid<Environment>(settings: Settings<Environment>): Environment {
  if (settings.status === 'valid') return settings.environment
  const [first] = settings.problems
  throw new ConfigurationProblem(
    first ?? { setting: 'environment', sentence: 'The settings cannot be read.' },
  )
}

/** The LDAP and Postfix settings. Throws a ConfigurationProblem. */
export function directoryEnvironment(): DirectoryEnvironment {
  return (cache.directory ??= valid(parseDirectoryEnvironment(process.env)))
}

/** The settings of sign-in. Throws a ConfigurationProblem. */
export function panelEnvironment(): PanelEnvironment {
  return (cache.panel ??= valid(parsePanelEnvironment(process.env)))
}

/** What mailbox owners may do with their own addresses. Throws a ConfigurationProblem. */
export function ownerPolicy(): OwnerPolicy {
  return (cache.owners ??= valid(parseOwnerPolicy(process.env)))
}

/** All settings together. Throws a ConfigurationProblem. */
export function environment(): DirectoryEnvironment & PanelEnvironment {
  return { ...directoryEnvironment(), ...panelEnvironment() }
}

/** The settings of this process as they are understood, for the page that shows how the panel is set up. */
export function shownSettings(): readonly ShownSetting[] {
  return showSettings(process.env, [
    ['directory', directoryVariables.shape, ['LDAP_BIND_PASSWORD']],
    ['panel', panelVariables.shape, []],
    ['owners', ownerVariables.shape, []],
  ])
}

/** Everything that is wrong with the settings of this process. */
export function settingProblems(): readonly SettingProblem[] {
  return [
    parseDirectoryEnvironment(process.env),
    parsePanelEnvironment(process.env),
    parseOwnerPolicy(process.env),
  ].flatMap((settings) => (settings.status === 'invalid' ? settings.problems : []))
}
