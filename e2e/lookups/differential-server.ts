/**
 * differential-server - the slapd of the differential test, with the main.cf folders that postmap reads.
 *
 * One server for all cases: each case is added below an entry of its own. Three identities see different things:
 * `service` everything, `postfix` not the hidden subtree and not all attributes, anonymous only a few entries
 * a search. Own temporary folder, free loopback port, stopped and removed by stop().
 */
import { chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatEntry } from '@/lib/ldap/ldif-text'
import { encodeOctets } from '@/lib/ldap/octets'
import { moduleFolder, schemaFolder } from '@/scripts/private-slapd'
import { runProgram } from '../fixtures/program'
import { startTestSlapd } from '../fixtures/slapd'
import { filledEntry, PROFILES, type LookupCase, type Placeholders, type Profile } from './differential-case'

export const SUFFIX = 'dc=example,dc=net'
export const PASSWORD = 'secret'
const ROOT_DN = `cn=admin,${SUFFIX}`
const POSTFIX_BOOK = fileURLToPath(new URL('../../scripts/demo/schema/postfix-book.schema', import.meta.url))

const SETTINGS: Readonly<Record<Profile, readonly string[]>> = {
  utf8: ['compatibility_level = 3.6', 'smtputf8_enable = yes'],
  ascii: ['compatibility_level = 3.6', 'smtputf8_enable = no'],
  unset: [],
}

export interface DifferentialServer {
  readonly uri: string
  /** Adds the entries below a new subtree; an entry that the server refuses is left out. */
  load(entries: LookupCase['entries']): Promise<Placeholders>
  /** The folder of a main.cf. */
  configDirectory(profile: Profile): string
  /** Writes a new .cf file and returns its path. */
  writeTable(text: string): string
  stop(): Promise<void>
}

function configuration(folder: string): string {
  const postfix = `by dn.exact="cn=postfix,${SUFFIX}"`
  return [
    ...['core', 'cosine', 'inetorgperson', 'nis'].map((name) => `include "${schemaFolder}/${name}.schema"`),
    `include "${POSTFIX_BOOK}"`,
    `pidfile "${folder}/slapd.pid"`,
    `modulepath ${moduleFolder}`,
    'moduleload back_mdb',
    'allow bind_v2',
    'database mdb',
    `suffix "${SUFFIX}"`,
    `rootdn "${ROOT_DN}"`,
    `rootpw ${PASSWORD}`,
    `directory "${folder}/database"`,
    'maxsize 1073741824',
    'dbnosync',
    'index objectClass,mail,mailAlias,uid,dc,cn,member eq',
    'limits anonymous size=6',
    'access to attrs=userPassword by anonymous auth by * none',
    `access to dn.regex="^(.+,)?ou=hidden,ou=r[0-9]+,${SUFFIX}$" ${postfix} none by * read`,
    `access to attrs=title ${postfix} search by * read`,
    `access to attrs=mailGroupMember ${postfix} none by * read`,
    `access to dn.regex="^uid=p[0369],.*" attrs=mailAlias ${postfix} search by * read`,
    'access to * by * read',
    '',
  ].join('\n')
}

const TOP = [
  `dn: ${SUFFIX}\nobjectClass: domain\ndc: example\n`,
  ...['service', 'postfix'].map(
    (name) =>
      `dn: cn=${name},${SUFFIX}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\n` +
      `cn: ${name}\nuserPassword: ${PASSWORD}\n`,
  ),
].join('\n')

/** postmap waits until a file is no longer new. */
function writeOld(path: string, octets: Uint8Array): void {
  writeFileSync(path, octets)
  utimesSync(path, 1, 1)
}

export async function startDifferentialServer(): Promise<DifferentialServer> {
  const slapd = await startTestSlapd(configuration, { suffix: SUFFIX, text: TOP })
  const folder = join(slapd.folder, 'postfix')
  // postmap gives up its rights and has to be able to read the folder.
  chmodSync(slapd.folder, 0o755)
  mkdirSync(join(folder, 'queue'), { recursive: true })
  writeOld(join(folder, 'domains'), encodeOctets('# hosted\na.net, b.example\n!x.com c.d.e.org\n'))
  for (const profile of PROFILES) {
    mkdirSync(join(folder, profile))
    const lines = [...SETTINGS[profile], 'myhostname = mail.example.net', `queue_directory = ${folder}/queue`]
    writeOld(join(folder, profile, 'main.cf'), encodeOctets(`${lines.join('\n')}\n`))
  }
  let subtrees = 0
  let tables = 0
  return {
    uri: slapd.uri,
    async load(entries) {
      const name = `r${(subtrees += 1)}`
      const placeholders: Placeholders = {
        BASE: `ou=${name},${SUFFIX}`,
        URI: slapd.uri,
        PORT: String(slapd.port),
        FOLDER: folder,
      }
      const top = `dn: ${placeholders.BASE}\nobjectClass: organizationalUnit\nou: ${name}\n\n`
      const ldif = top + entries.map((entry) => formatEntry(filledEntry(entry, placeholders))).join('')
      const words = ['-c', '-M', '-x', '-H', slapd.uri, '-D', ROOT_DN, '-w', PASSWORD]
      const added = await runProgram('ldapadd', words, { input: ldif, variables: { LDAPNOINIT: '1' } })
      if (!added.stdout.includes(`adding new entry "${placeholders.BASE}"`)) throw new Error(added.stderr)
      return placeholders
    },
    configDirectory: (profile) => join(folder, profile),
    writeTable(text) {
      tables += 1
      const path = join(folder, `table${tables}.cf`)
      writeOld(path, encodeOctets(text))
      return path
    },
    stop: () => slapd.stop(),
  }
}
