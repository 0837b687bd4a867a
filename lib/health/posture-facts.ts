/**
 * posture-facts - what the checks of the mail configuration are judged from: main.cf, its tables, and their answers.
 *
 * Each table is asked for one harmless key on the live directory, with its own server and bind account; each hosted
 * domain is looked for in the lists of domains, as trivial-rewrite(8) would. Files are looked at for whether everybody
 * on the machine could read the password in them. LDAP round trips: one for each table, and one for each domain and
 * list that is a table, eight at a time, for the first domains.
 */
import 'server-only'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { liveAccess } from '@/lib/directory/files'
import { directoryEnvironment } from '@/lib/environment'
import type { LdapTableConfiguration } from '@/lib/postfix/ldap-table-configuration'
import type { LookupFlags } from '@/lib/postfix/lookup-table'
import type { MainCf } from '@/lib/postfix/main-cf'
import { tablesOfMainCf } from '@/lib/postfix/main-cf-tables'
import { matchDomain } from '@/lib/postfix/recipient-domain'
import type { MailSite } from '@/lib/postfix/resolution-site'
import { traceRecorder } from '@/lib/postfix/trace-recorder'
import { openSite } from '@/lib/site/mail-site'
import { type SiteTable, siteTables } from '@/lib/site/postfix-configuration'

const AT_ONCE = 8
/** So many domains are looked for in the lists. */
export const MOST_DOMAINS = 200
const EVERYBODY_READS = 0o004
const EVERYBODY_PASSES = 0o001

export const DOMAIN_LISTS = ['mydestination', 'virtualAlias', 'virtualMailbox', 'relay'] as const
export type DomainListName = (typeof DOMAIN_LISTS)[number]

export interface TableFacts {
  readonly parameter: string
  readonly name: string
  readonly configuration: LdapTableConfiguration
  /** Behind `proxy:`, and an explicit proxy_read_maps does not list it. */
  readonly isUnserved: boolean
  /** The file with the password, if everybody on the machine may read it. */
  readonly openSecret: string | null
  /** Why it gave no answer to a harmless key; null if it answered. */
  readonly problem: string | null
}

export interface DomainClasses {
  readonly name: string
  /** The lists that have the domain. */
  readonly lists: readonly DomainListName[]
  /** Why a list could not be asked; null if all were. */
  readonly problem: string | null
}

export interface PostureFacts {
  readonly mainCf: Pick<MainCf, 'value' | 'setting'>
  readonly tables: readonly TableFacts[]
  /** Hosted domains that were looked for. */
  readonly domains: readonly DomainClasses[]
  /** How many hosted domains there are in all. */
  readonly hosted: number
}

export type PostureReading =
  | { readonly status: 'read'; readonly facts: PostureFacts }
  /** Postfix could not run with it. */
  | { readonly status: 'broken'; readonly message: string }
  /** POSTFIX_CONFIG_DIRECTORY is not set. */
  | { readonly status: 'notGiven' }

/** Reads the site's Postfix configuration and asks its tables. */
export async function postureFacts(hosted: readonly string[]): Promise<PostureReading> {
  const folder = directoryEnvironment().POSTFIX_CONFIG_DIRECTORY
  if (folder === '') return { status: 'notGiven' }
  const [tables, opened] = [siteTables(), openSite()]
  if (tables.status === 'broken') return tables
  if (opened.status === 'failed') return { status: 'broken', message: opened.message }
  const { site } = opened
  const [asked, classes] = await Promise.all([
    Promise.all(
      tables.tables.map((table) =>
        tableFacts(table, site.mainCf, hosted[0] ?? 'example.invalid', tables.flags),
      ),
    ),
    classesOf(site, hosted.slice(0, MOST_DOMAINS)),
  ])
  return {
    status: 'read',
    facts: {
      mainCf: site.mainCf,
      tables: asked.flatMap((table) => (table === null ? [] : [table])),
      domains: classes,
      hosted: hosted.length,
    },
  }
}

async function tableFacts(
  table: SiteTable,
  mainCf: MainCf,
  domain: string,
  flags: LookupFlags,
): Promise<TableFacts | null> {
  const { parameter, name, configuration } = table
  if (configuration === null) return null
  const key = /_domains$|^mydestination$/.test(parameter) ? domain : `postbook-health@${domain}`
  const { status, diagnostics } = await table.open(liveAccess).lookup(key, flags)
  const isAnswered = status === 'found' || status === 'notFound'
  return {
    parameter,
    name,
    configuration,
    isUnserved: isUnserved(name, parameter, mainCf),
    openSecret: configuration.server.bindPassword === '' ? null : openFile(name, mainCf.directory),
    problem: isAnswered ? null : (diagnostics.at(-1)?.text ?? status),
  }
}

/** As dict_proxy_open would refuse it: proxymap(8) serves what proxy_read_maps lists; its default lists what main.cf uses. */
function isUnserved(name: string, parameter: string, mainCf: MainCf): boolean {
  const served = mainCf.setting('proxy_read_maps')
  if (typeof served !== 'string') return false
  const written = tablesOfMainCf(mainCf)
    .filter((reference) => reference.name === name && reference.parameter === parameter)
    .map((reference) => reference.written)
  return written.includes(`proxy:${name}`) && !served.split(/[,\s]+/).includes(`proxy:${name}`)
}

/** The file that the table's parameters stand in, if everybody on the machine may read it. */
function openFile(name: string, configDirectory: string): string | null {
  const source = name.slice('ldap:'.length)
  const file = /^[./]/.test(source) ? source : `${configDirectory}/main.cf`
  if (!hasMode(file, EVERYBODY_READS)) return null
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (!hasMode(folder, EVERYBODY_PASSES)) return null
    if (folder === dirname(folder)) return file
  }
}

function hasMode(path: string, mode: number): boolean {
  const status = statSync(path, { throwIfNoEntry: false })
  return status !== undefined && (status.mode & mode) !== 0
}

async function classesOf(site: MailSite, names: readonly string[]): Promise<readonly DomainClasses[]> {
  const classes: DomainClasses[] = []
  for (let at = 0; at < names.length; at += AT_ONCE)
    classes.push(...(await Promise.all(names.slice(at, at + AT_ONCE).map((name) => classOf(site, name)))))
  return classes
}

async function classOf(site: MailSite, name: string): Promise<DomainClasses> {
  const recorder = traceRecorder().phase('resolve')
  const lists: DomainListName[] = []
  let problem: string | null = null
  for (const list of DOMAIN_LISTS) {
    const answer = await matchDomain(site, site.domains[list], name, recorder)
    if (answer.status === 'failed') problem ??= answer.reason
    else if (answer.member) lists.push(list)
  }
  return { name, lists, problem }
}
