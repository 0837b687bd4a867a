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
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Text } from '@/lib/words/text'
import { siteTables } from './postfix-configuration'

const NO_SUCH_OBJECT = 32
const INVALID_CREDENTIALS = 49
const INVALID_DN = 34

/** What a person who sets up Postbook has to put right; of a setting itself, the words of lib/environment. */
export interface SiteProblem {
  readonly setting: string
  readonly sentence: Text
}

/** Everything that keeps the panel from working; empty when it can work. */
export async function checkSite(): Promise<readonly SiteProblem[]> {
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

function connectionProblem(failure: SearchFailure): SiteProblem {
  const { LDAP_URL, LDAP_BIND_DN } = directoryEnvironment()
  const server = LDAP_URL.join(', ')
  const said = saidBy(failure)
  const { stage, resultCode } = failure
  switch (stage) {
    case 'connect':
    case 'search':
      return { setting: 'LDAP_URL', sentence: { key: 'setup.noServer', values: { server, said } } }
    case 'startTls':
      return { setting: 'LDAP_START_TLS', sentence: { key: 'setup.noTls', values: { server, said } } }
    case 'bind': {
      if (resultCode < 0)
        return { setting: 'LDAP_URL', sentence: { key: 'setup.noAnswer', values: { server, said } } }
      const why: Text = resultCode === INVALID_CREDENTIALS ? { key: 'setup.wrongPassword' } : said
      const values = { server, dn: LDAP_BIND_DN, why }
      return { setting: 'LDAP_BIND_DN', sentence: { key: 'setup.noBind', values } }
    }
  }
}

async function entryProblem(setting: string, dn: string): Promise<SiteProblem | null> {
  const result = await serviceView().search({
    base: dn,
    scope: 'base',
    filter: { type: 'present', attribute: 'objectClass' },
    attributes: ['1.1'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  const values = { setting, dn }
  if (result.status === 'complete')
    return result.entries.length > 0 ? null : { setting, sentence: { key: 'setup.unreadable', values } }
  switch (result.resultCode) {
    case NO_SUCH_OBJECT:
      return { setting, sentence: { key: 'setup.missing', values } }
    case INVALID_DN:
      return { setting, sentence: { key: 'setup.notADn', values } }
    default:
      return { setting, sentence: { key: 'setup.unread', values: { ...values, said: saidBy(result) } } }
  }
}

function saidBy({ diagnostic, resultCode }: SearchFailure): Text {
  return diagnostic === '' ? { key: 'refusals.resultCode', values: { code: resultCode } } : diagnostic
}

function postfixProblems(): readonly SiteProblem[] {
  const tables = siteTables()
  if (tables.status === 'ready') return []
  return [{ setting: 'POSTFIX_CONFIG_DIRECTORY', sentence: `POSTFIX_CONFIG_DIRECTORY: ${tables.message}` }]
}
