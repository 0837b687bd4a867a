/**
 * demo-directory - a directory on disk with sample data, and the slapd that serves it.
 *
 * Made once (createDirectory), started as often as wanted (startDirectory), kept as it was left. The folder holds
 * the databases, slapd.conf, postfix/main.cf with its tables, and `env` with the settings of panel and command
 * line. directory.json is written last: where it is missing, the folder is not a complete directory.
 * The demo and the tests use this same code. Fails by throwing SlapdError.
 * Authority: slapo-ppolicy(5) (ppolicy_hash_cleartext) for passwords, which slapd hashes itself.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Attribute, Change, Client } from 'ldapts'
import { loadLdif, SlapdError, startSlapd, writeConfiguration, type RunningSlapd } from '../private-slapd'
import { environmentText, type Settings } from './environment-file'
import {
  DOMAINS_BASE,
  MAIL_BASE,
  personDn,
  POSTFIX_DN,
  POSTMASTER_GROUP,
  ROOT_DN,
  SERVICE_DN,
  STORE_BASE,
  SUFFIX,
} from './names'
import { writePostfixConfiguration } from './postfix-configuration'
import { directoryLdif } from './sample-directory'
import { COMMON_PASSWORD, SAMPLE_LOGINS, SAMPLE_PEOPLE } from './sample-people'
import { slapdConfiguration } from './slapd-configuration'

const POSTFIX_BOOK_SCHEMA = fileURLToPath(new URL('./schema/postfix-book.schema', import.meta.url))

/** What was decided when the directory was made. Random passwords, each for this directory alone. */
interface DirectoryRecord {
  readonly mailboxes: number
  readonly servicePassword: string
  readonly postfixPassword: string
  readonly authSecret: string
  /** Of the last start; taken again when it is free. */
  readonly port?: number
}

export interface RunningDirectory extends RunningSlapd {
  readonly folder: string
  /** The folder of main.cf. */
  readonly postfix: string
  /** What `env` says. */
  readonly settings: Settings
  /** Of the read-only account that the tables bind with. */
  readonly postfixPassword: string
}

/** Makes a directory in an empty or missing folder. `mailboxes` are generated ones, beside the sample people. */
export async function createDirectory(folder: string, mailboxes: number): Promise<void> {
  const record: DirectoryRecord = {
    mailboxes,
    servicePassword: secret(),
    postfixPassword: secret(),
    authSecret: secret(),
  }
  const preparationPassword = secret()
  const configuration = configurationOf(folder, preparationPassword)
  writeConfiguration(folder, configuration)
  await loadLdif(folder, directoryLdif(mailboxes), { suffix: SUFFIX, quick: true })
  const slapd = await startSlapd({ folder, configuration })
  try {
    await setPasswords(slapd.uri, preparationPassword, record)
  } finally {
    await slapd.stop()
  }
  writeRecord(folder, record)
}

/** How many generated mailboxes the directory was made with; `undefined`: there is no complete directory. */
export function generatedMailboxesIn(folder: string): number | undefined {
  return readRecord(folder)?.mailboxes
}

/** Starts the directory of a folder. Its files are written for the port it got and for the panel's address. */
export async function startDirectory(
  folder: string,
  panelAddress = 'http://localhost:3000',
): Promise<RunningDirectory> {
  const record = readRecord(folder)
  if (record === undefined) throw new SlapdError(`${folder} is not a complete demo directory.`)
  const slapd = await startSlapd({
    folder,
    configuration: configurationOf(folder),
    ...(record.port === undefined ? {} : { port: record.port }),
  })
  const postfix = join(folder, 'postfix')
  writePostfixConfiguration(postfix, slapd.uri, record.postfixPassword)
  const settings: Settings = {
    LDAP_URL: slapd.uri,
    LDAP_BIND_DN: SERVICE_DN,
    LDAP_BIND_PASSWORD: record.servicePassword,
    LDAP_DOMAINS_BASE: DOMAINS_BASE,
    LDAP_MAIL_BASE: MAIL_BASE,
    POSTFIX_CONFIG_DIRECTORY: postfix,
    LDAP_STORE_BASE: STORE_BASE,
    POSTBOOK_STATE_DIRECTORY: join(folder, 'state'),
    POSTMASTER_GROUP,
    AUTH_SECRET: record.authSecret,
    AUTH_URL: panelAddress,
    OWNER_ALIAS_DOMAINS: 'own domain2.me',
    API_TOKENS: 'yes',
    // Owners of the bookshop ask; their administrator says yes.
    OWNER_ALIAS_REQUESTS: 'quayside-books.example',
  }
  writePrivately(join(folder, 'env'), environmentText(settings))
  writeRecord(folder, { ...record, port: slapd.port })
  return { ...slapd, folder, postfix, settings, postfixPassword: record.postfixPassword }
}

/** Removes a directory that is not running; what else the folder holds is kept. */
export function removeDirectory(folder: string): void {
  // The record first: a removal that is cut off leaves no folder that looks complete.
  for (const name of [
    'directory.json',
    'env',
    'postfix',
    'slapd.conf',
    'slapd.log',
    'slapd.pid',
    'slapd.args',
  ]) {
    rmSync(join(folder, name), { recursive: true, force: true })
  }
  // The journal belongs to the data: without it nothing of it can be continued.
  for (const name of ['database', 'accesslog', 'state'])
    rmSync(join(folder, name), { recursive: true, force: true })
}

function configurationOf(folder: string, preparationPassword?: string): string {
  return slapdConfiguration({
    folder,
    postfixBookSchema: POSTFIX_BOOK_SCHEMA,
    ...(preparationPassword === undefined ? {} : { preparationPassword }),
  })
}

/** Sends the passwords in clear over loopback; slapd stores their argon2 hashes. */
async function setPasswords(uri: string, rootPassword: string, record: DirectoryRecord): Promise<void> {
  const passwords = new Map(SAMPLE_PEOPLE.map((person) => [personDn(person.uid), COMMON_PASSWORD]))
  for (const login of SAMPLE_LOGINS) passwords.set(personDn(login.uid), login.password)
  passwords.set(SERVICE_DN, record.servicePassword)
  passwords.set(POSTFIX_DN, record.postfixPassword)
  const client = new Client({ url: uri })
  try {
    await client.bind(ROOT_DN, rootPassword)
    // All at once: slapd hashes on as many cores as there are.
    await Promise.all(
      [...passwords].map(([dn, password]) => {
        const userPassword = new Attribute({ type: 'userPassword', values: [password] })
        return client.modify(dn, new Change({ operation: 'replace', modification: userPassword }))
      }),
    )
  } finally {
    await client.unbind()
  }
}

function readRecord(folder: string): DirectoryRecord | undefined {
  const file = join(folder, 'directory.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DirectoryRecord) : undefined
}

function writeRecord(folder: string, record: DirectoryRecord): void {
  writePrivately(join(folder, 'directory.json'), `${JSON.stringify(record, undefined, 2)}\n`)
}

/** A reader sees the old text or the new one, and nobody but the owner sees either. */
function writePrivately(file: string, text: string): void {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function secret(): string {
  return randomBytes(33).toString('base64url')
}
