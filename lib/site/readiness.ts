/**
 * readiness - whether Postbook can work here, and if not, which setting to put right.
 *
 * Each problem is one sentence for the person who sets the panel up: a setting that is missing or malformed, a
 * directory that cannot be reached, refuses TLS or the service account, a base or group that is not there, or
 * a Postfix configuration that Postfix could not use. Nothing secret is in a sentence: it is shown before
 * anyone has signed in. A problem with the connection hides those behind it. Never throws for a refusal.
 */
import 'server-only'
import { serviceView } from '@/lib/directory/service'
import { directoryEnvironment, panelEnvironment, settingProblems } from '@/lib/environment'
import type { SettingProblem } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { siteTables } from './postfix-configuration'

const NO_SUCH_OBJECT = 32
const INVALID_CREDENTIALS = 49
const INVALID_DN = 34

/** Everything that keeps the panel from working; empty when it can work. */
export async function checkSite(): Promise<readonly SettingProblem[]> {
  const settings = settingProblems()
  if (settings.length > 0) return settings
  const refused = await serviceView().ready()
  if (refused !== null) return [connectionProblem(refused), ...postfixProblems()]
  const { LDAP_DOMAINS_BASE, LDAP_MAIL_BASE } = directoryEnvironment()
  const { POSTMASTER_GROUP } = panelEnvironment()
  const checked = await Promise.all([
    entryProblem('LDAP_DOMAINS_BASE', LDAP_DOMAINS_BASE),
    entryProblem('LDAP_MAIL_BASE', LDAP_MAIL_BASE),
    entryProblem('POSTMASTER_GROUP', POSTMASTER_GROUP),
  ])
  return [...checked.filter((problem) => problem !== null), ...postfixProblems()]
}

function connectionProblem({ stage, resultCode, diagnostic }: SearchFailure): SettingProblem {
  const { LDAP_URL, LDAP_BIND_DN } = directoryEnvironment()
  const server = LDAP_URL.join(', ')
  const said = diagnostic === '' ? `result code ${String(resultCode)}` : diagnostic
  switch (stage) {
    case 'connect':
    case 'search':
      return {
        setting: 'LDAP_URL',
        sentence: `LDAP_URL: no directory can be reached at ${server} (${said}).`,
      }
    case 'startTls': {
      const sentence = `LDAP_START_TLS: the directory at ${server} cannot be asked over TLS (${said}); LDAP_CA_FILE names the certificate authority to trust.`
      return { setting: 'LDAP_START_TLS', sentence }
    }
    case 'bind': {
      if (resultCode < 0) {
        return {
          setting: 'LDAP_URL',
          sentence: `LDAP_URL: the directory at ${server} does not answer (${said}).`,
        }
      }
      const why = resultCode === INVALID_CREDENTIALS ? 'the DN or LDAP_BIND_PASSWORD is wrong' : said
      return {
        setting: 'LDAP_BIND_DN',
        sentence: `LDAP_BIND_DN: the directory at ${server} does not let ${LDAP_BIND_DN} in: ${why}.`,
      }
    }
  }
}

async function entryProblem(setting: string, dn: string): Promise<SettingProblem | null> {
  const result = await serviceView().search({
    base: dn,
    scope: 'base',
    filter: { type: 'present', attribute: 'objectClass' },
    attributes: ['1.1'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'complete') {
    if (result.entries.length > 0) return null
    return { setting, sentence: `${setting}: the service account may not read ${dn}.` }
  }
  switch (result.resultCode) {
    case NO_SUCH_OBJECT:
      return {
        setting,
        sentence: `${setting}: there is no entry ${dn}, or the service account may not see it.`,
      }
    case INVALID_DN:
      return { setting, sentence: `${setting}: ${dn} is not a DN.` }
    default: {
      const said = result.diagnostic === '' ? `result code ${String(result.resultCode)}` : result.diagnostic
      return { setting, sentence: `${setting}: ${dn} could not be read (${said}).` }
    }
  }
}

function postfixProblems(): readonly SettingProblem[] {
  const tables = siteTables()
  if (tables.status === 'ready') return []
  return [{ setting: 'POSTFIX_CONFIG_DIRECTORY', sentence: `POSTFIX_CONFIG_DIRECTORY: ${tables.message}` }]
}
