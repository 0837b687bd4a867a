/**
 * main-cf - the parameters of a Postfix configuration directory, with defaults and `$name` expanded.
 *
 * Fails where every Postfix program would: the file is missing or unreadable, a line has no `=`, or a parameter
 * that address resolution needs cannot be expanded. A broken parameter that nothing here needs is only a
 * diagnostic. Overrides by `-o` in master.cf are not read.
 *
 * Authority: postconf(5); mail_conf_read and check_myhostname (mail_params.c); myorigin may name a file, as in
 * the Debian packages.
 */
import { decodeOctets } from '@/lib/ldap/octets'
import { parseConfigurationFile } from './configuration-file'
import { fatal, fatalOf, warning } from './diagnostic'
import type { ParameterFailure } from './ldap-table-parameters'
import type { Diagnostic } from './lookup-result'
import { MAIN_CF_DEFAULTS } from './main-cf-defaults'
import { expandParameters } from './main-cf-expansion'
import type { Expansion } from './main-cf-expansion'
import type { TableAccess } from './table-access'

/** What Postfix learns from the machine and not from a file. */
export interface LocalHost {
  /** As by gethostname(2). */
  readonly name: string
  /** Addresses of the network interfaces, without brackets. */
  readonly addresses: readonly string[]
}

export interface MainCf {
  readonly directory: string
  /** Names of the parameters that the file sets, in its order. */
  readonly names: readonly string[]
  /** The expanded value; of the default if the file does not set it; empty if there is none. */
  value(name: string): string
  /** The expanded value if the file sets it; undefined if not; a failure if it cannot be expanded. */
  setting(name: string): string | ParameterFailure | undefined
}

export type MainCfResult =
  | {
      readonly status: 'read'
      readonly parameters: MainCf
      readonly diagnostics: readonly Diagnostic[]
    }
  | { readonly status: 'failed'; readonly message: string }

const UNKNOWN_HOST: LocalHost = { name: 'localhost', addresses: [] }

/** Reads `directory`/main.cf. */
export function readMainCf(
  directory: string,
  access: Pick<TableAccess, 'readFile'>,
  host: LocalHost = UNKNOWN_HOST,
): MainCfResult {
  const path = `${directory.replace(/\/+$/, '')}/main.cf`
  const file = access.readFile(path)
  if (file.status !== 'read') return { status: 'failed', message: `Cannot read ${path}: ${file.reason}.` }
  const parsed = parseConfigurationFile(file.octets, path)
  if (parsed.status === 'failed') {
    const reason = fatalOf(parsed.diagnostics)?.text ?? 'it cannot be parsed'
    return { status: 'failed', message: `Postfix cannot use ${path}: ${reason}.` }
  }
  const raw = withHostNames(withOriginFile(parsed.parameters, access), host)
  const source = (name: string) => raw.get(name) ?? MAIN_CF_DEFAULTS.get(name)
  const diagnostics = [...parsed.diagnostics]
  for (const name of new Set([...MAIN_CF_DEFAULTS.keys(), ...raw.keys()])) {
    const expansion = expandParameters(source(name) ?? '', source)
    if (expansion.status === 'expanded') continue
    if (MAIN_CF_DEFAULTS.has(name)) {
      return { status: 'failed', message: `Postfix cannot use ${path}: ${name}: ${expansion.reason}.` }
    }
    diagnostics.push(warning('main-cf.expansion', `${path}: ${name}: ${expansion.reason}`))
  }
  return { status: 'read', parameters: mainCfOf(directory, parsed.parameters, source), diagnostics }
}

function mainCfOf(
  directory: string,
  set: ReadonlyMap<string, string>,
  source: (name: string) => string | undefined,
): MainCf {
  const expansions = new Map<string, Expansion>()
  const expansionOf = (name: string): Expansion => {
    const known = expansions.get(name)
    if (known !== undefined) return known
    const expansion = expandParameters(source(name) ?? '', source)
    expansions.set(name, expansion)
    return expansion
  }
  return {
    directory,
    names: [...set.keys()],
    value(name) {
      const expansion = expansionOf(name)
      return expansion.status === 'expanded' ? expansion.text : ''
    },
    setting(name) {
      if (!set.has(name)) return undefined
      const expansion = expansionOf(name)
      return expansion.status === 'expanded'
        ? expansion.text
        : { diagnostics: [fatal('main-cf.expansion', `${name}: ${expansion.reason}`)] }
    },
  }
}

/** Debian's packages let myorigin name a file; the domain is its first line. */
function withOriginFile(
  parameters: ReadonlyMap<string, string>,
  access: Pick<TableAccess, 'readFile'>,
): ReadonlyMap<string, string> {
  const origin = parameters.get('myorigin')
  if (origin?.startsWith('/') !== true) return parameters
  const file = access.readFile(origin)
  if (file.status !== 'read') return parameters
  const line = decodeOctets(file.octets).split('\n', 1)[0] ?? ''
  return new Map([...parameters, ['myorigin', line.trim()]])
}

/** myhostname is the machine's name, completed by mydomain; mydomain is myhostname without its first label. */
function withHostNames(
  parameters: ReadonlyMap<string, string>,
  host: LocalHost,
): ReadonlyMap<string, string> {
  const domain = parameters.get('mydomain')
  const hostname =
    parameters.get('myhostname') ??
    (host.name.includes('.') ? host.name : `${host.name}.${domain ?? 'localdomain'}`)
  const dot = hostname.indexOf('.')
  const derived = dot === -1 || hostname.includes('$') ? 'localdomain' : hostname.slice(dot + 1)
  return new Map([...parameters, ['myhostname', hostname], ['mydomain', domain ?? derived]])
}
