/**
 * random-site - a slapd and a main.cf for random directories: six tables of the kinds that sites have.
 *
 * Domains, mailboxes and aliases of the reference server; a table with a search base that depends on the key
 * and one level of scope; groups that are followed by DN and by URL; a table over two attributes with a format.
 * All are asked anonymously; whoever writes is the root DN.
 */
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startTestSlapd, type TestSlapd } from '@/e2e/fixtures/slapd'
import { moduleFolder, schemaFolder } from '@/scripts/private-slapd'

export const SUFFIX = 'dc=example,dc=net'
const ROOT_DN = `cn=admin,${SUFFIX}`
const ROOT_PASSWORD = 'of a private test server'
const POSTFIX_BOOK = fileURLToPath(new URL('../../scripts/demo/schema/postfix-book.schema', import.meta.url))

export interface RandomSite extends TestSlapd {
  /** The folder of main.cf. */
  readonly postfix: string
  readonly settings: Readonly<Record<string, string>>
}

type Parameters = Readonly<Record<string, string>>

/** Tables by the prefix under which main.cf describes them. */
export const TABLES: Readonly<Record<string, Parameters>> = {
  domains: { query_filter: '(&(objectClass=dNSDomain)(dc=%s))', result_attribute: 'dc' },
  mailboxes: {
    query_filter: '(&(objectClass=inetOrgPerson)(mail=%s)(!(mailEnabled=FALSE)))',
    result_attribute: 'mail',
  },
  aliases: { query_filter: '(&(objectClass=inetOrgPerson)(mailAlias=%s))', result_attribute: 'mail' },
  groups: {
    query_filter: '(&(objectClass=groupOfNames)(mailAlias=%s))',
    result_attribute: 'mail',
    special_result_attribute: 'member labeledURI',
    recursion_limit: '4',
    expansion_limit: '6',
  },
  canonical: {
    query_filter: '(&(cn=%u)(|(l=%d)(st=%d)))',
    result_attribute: 'uid',
    result_format: '%s@%D',
  },
  based: { search_base: `ou=%2,${SUFFIX}`, scope: 'one', query_filter: '(mail=%s)', result_attribute: 'uid' },
}

const MAIN_CF = [
  'compatibility_level = 3.6',
  'myhostname = mail.example.net',
  'mydestination = localhost',
  'recipient_delimiter = +',
  'smtpd_relay_restrictions = reject_unauth_destination',
  'virtual_transport = lmtp:unix:private/dovecot-lmtp',
  'virtual_mailbox_domains = ldap:domains',
  'virtual_mailbox_maps = ldap:mailboxes',
  'virtual_alias_maps = ldap:aliases ldap:groups',
  'recipient_canonical_maps = ldap:canonical',
  'relay_recipient_maps = ldap:based',
]

/** Starts slapd and writes main.cf. stop() removes everything. */
export async function startRandomSite(): Promise<RandomSite> {
  const text = `dn: ${SUFFIX}\nobjectClass: domain\ndc: example\n\n`
  const slapd = await startTestSlapd(configuration, { suffix: SUFFIX, text })
  const postfix = join(slapd.folder, 'postfix')
  mkdirSync(postfix)
  const tables = Object.entries(TABLES).flatMap(([prefix, own]) => {
    const all = { server_host: slapd.uri, version: '3', bind: 'no', search_base: SUFFIX, ...own }
    return Object.entries(all).map(([name, value]) => `${prefix}_${name} = ${value}`)
  })
  writeFileSync(join(postfix, 'main.cf'), `${[...MAIN_CF, ...tables].join('\n')}\n`)
  // Postfix reads a file again and again while it is new.
  utimesSync(join(postfix, 'main.cf'), 1, 1)
  const settings = {
    LDAP_URL: slapd.uri,
    LDAP_BIND_DN: ROOT_DN,
    LDAP_BIND_PASSWORD: ROOT_PASSWORD,
    LDAP_DOMAINS_BASE: SUFFIX,
    LDAP_MAIL_BASE: SUFFIX,
    POSTFIX_CONFIG_DIRECTORY: postfix,
  }
  return { ...slapd, postfix, settings }
}

function configuration(folder: string): string {
  return [
    ...['core', 'cosine', 'inetorgperson', 'nis'].map((name) => `include "${schemaFolder}/${name}.schema"`),
    `include "${POSTFIX_BOOK}"`,
    `pidfile "${folder}/slapd.pid"`,
    `modulepath ${moduleFolder}`,
    'moduleload back_mdb',
    'sizelimit unlimited',
    'database mdb',
    `suffix "${SUFFIX}"`,
    `rootdn "${ROOT_DN}"`,
    `rootpw "${ROOT_PASSWORD}"`,
    `directory "${folder}/database"`,
    'maxsize 268435456',
    'dbnosync',
    // No substring index: that of slapd 2.5 loses entries after some changes of several values.
    'index mail,mailAlias,uid,cn,dc eq',
    'index member,l,st,objectClass eq',
    'index labeledURI pres',
    'access to * by * read',
    '',
  ].join('\n')
}
