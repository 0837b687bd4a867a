/**
 * environment-file - for the command line: the file that settings may stand in, and the folder of main.cf.
 *
 * Apart from environment.ts, because a lookup needs no other setting and should not wait for the checks of all.
 */
import 'server-only'
import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { ConfigurationProblem } from './configuration-problem'

/** The folder of main.cf, for a program that needs no other setting: as for Postfix's own commands, else ours. */
export function configDirectory(): string | null {
  const { MAIL_CONFIG: postfix = '', POSTFIX_CONFIG_DIRECTORY: ours = '' } = process.env
  if (postfix !== '') return postfix
  return ours === '' ? null : ours
}

/**
 * Takes settings from a file of NAME=value lines. That is POSTBOOK_ENV_FILE, or, when
 * neither that nor LDAP_URL is set, the file of the demo directory (.demo/env) if there is one here.
 * Variables that are set already win. Throws a ConfigurationProblem.
 */
export function loadEnvironmentFile(): void {
  const { POSTBOOK_ENV_FILE: named = '', LDAP_URL: url = '' } = process.env
  const file = named === '' ? '.demo/env' : named
  if (named === '' && (url !== '' || !existsSync(file))) return
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    const setting = 'POSTBOOK_ENV_FILE'
    throw new ConfigurationProblem({
      setting,
      sentence: `POSTBOOK_ENV_FILE names ${file}, which cannot be read.`,
    })
  }
  for (const [name, value] of Object.entries(parseEnv(text))) process.env[name] ??= value
}
