/**
 * slapd-configuration - slapd.conf(5) of the demo directory, as text.
 *
 * Two databases: the mail directory, and cn=accesslog with what was written to it. Four kinds of identity: the
 * panel's service account, the read-only account of Postfix's tables, each person, and anonymous. There is no
 * password for the root DN, except while the directory is being prepared.
 * Authority: slapd.access(5), slapd-mdb(5), slapo-accesslog(5), slapo-syncprov(5), slapo-ppolicy(5), slapo-sssvlv(5).
 */
import { moduleFolder, schemaFolder } from '../private-slapd'
import {
  DOMAINS_BASE,
  LOG_SUFFIX,
  MAIL_BASE,
  PASSWORD_POLICY,
  POSTFIX_DN,
  ROOT_DN,
  SERVICE_DN,
  SERVICES_BASE,
  SUFFIX,
} from './names'

export interface ConfigurationOptions {
  /** Holds the databases and the pid file. */
  readonly folder: string
  readonly postfixBookSchema: string
  /**
   * Set while the directory is prepared: the root DN may bind with it and nothing is written to cn=accesslog,
   * so that the history of a new directory is empty.
   */
  readonly preparationPassword?: string
}

/** What Postfix's account may read, beside the pseudo-attribute entry. Never a password. */
export const POSTFIX_MAY_READ = [
  'dc',
  'mail',
  'mailAlias',
  'mailEnabled',
  'mailForwardingAddress',
  'mailGroupMember',
  'objectClass',
] as const

const MODULES = ['back_mdb', 'accesslog', 'syncprov', 'ppolicy', 'sssvlv']
const SCHEMAS = ['core', 'cosine', 'inetorgperson', 'nis']
const GIGABYTE = 1024 ** 3

/** The whole of slapd.conf. */
export function slapdConfiguration(options: ConfigurationOptions): string {
  const prepared = options.preparationPassword === undefined
  return [
    '# Written anew at each start; changes made here are lost.',
    ...SCHEMAS.map((name) => `include "${schemaFolder}/${name}.schema"`),
    `include "${options.postfixBookSchema}"`,
    `pidfile "${options.folder}/slapd.pid"`,
    `argsfile "${options.folder}/slapd.args"`,
    `modulepath ${moduleFolder}`,
    ...MODULES.map((name) => `moduleload ${name}`),
    // Memory in KiB and passes: 19 MiB and 2, the lower bound that OWASP gives for Argon2id.
    'moduleload argon2 m=19456 t=2 p=1',
    'password-hash {ARGON2}',
    'sizelimit 500',
    'threads 8',
    // The service account may act for a person; the directory's own rules for that person then hold.
    'authz-policy to',
    '',
    ...FRONTEND_ACCESS,
    '',
    ...logDatabase(options.folder),
    '',
    ...mailDatabase(options),
    ...(prepared ? LOG_OVERLAY : [`rootpw ${options.preparationPassword}`]),
    '',
  ].join('\n')
}

/** Root DSE and schema are for whoever has signed in. */
const FRONTEND_ACCESS = [
  'access to dn.base="" by users read by * none',
  'access to dn.base="cn=Subschema" by users read by * none',
]

/** Old values are kept, password hashes among them: nobody but the service account may read. */
function logDatabase(folder: string): readonly string[] {
  return [
    'database mdb',
    `suffix "${LOG_SUFFIX}"`,
    `rootdn "${ROOT_DN}"`,
    `directory "${folder}/accesslog"`,
    `maxsize ${4 * GIGABYTE}`,
    'index reqStart,reqEnd,reqResult,reqDN,reqType,reqAuthzID,reqEntryUUID eq',
    'index objectClass,entryCSN,entryUUID eq',
    `limits dn.exact="${SERVICE_DN}" size=unlimited time=unlimited`,
    `access to * by dn.exact="${SERVICE_DN}" read by * none`,
  ]
}

function mailDatabase(options: ConfigurationOptions): readonly string[] {
  return [
    'database mdb',
    `suffix "${SUFFIX}"`,
    `rootdn "${ROOT_DN}"`,
    `directory "${options.folder}/database"`,
    `maxsize ${4 * GIGABYTE}`,
    'index mail,mailAlias,uid,cn,sn,givenName,dc eq,sub',
    // Their definitions have no substring rule.
    'index mailGroupMember,mailForwardingAddress,mailEnabled,associatedName,member eq',
    'index objectClass,entryCSN,entryUUID eq',
    `limits dn.exact="${SERVICE_DN}" size=unlimited time=unlimited`,
    '',
    ...mailAccess(),
    '',
    'overlay syncprov',
    'syncprov-checkpoint 100 10',
    'overlay ppolicy',
    `ppolicy_default "${PASSWORD_POLICY}"`,
    'ppolicy_hash_cleartext',
    // Lists sorted and paged by the server; the defaults of 4 at a time are too few for a panel.
    'overlay sssvlv',
    'sssvlv-max 64',
    'sssvlv-maxperconn 32',
  ]
}

/** Who may do what. The first rule that covers an attribute decides. */
function mailAccess(): readonly string[] {
  const service = `by dn.exact="${SERVICE_DN}"`
  const postfix = `by dn.exact="${POSTFIX_DN}"`
  const readable = ['entry', ...POSTFIX_MAY_READ].join(',')
  return [
    // Whom the service account may act for is fixed when the directory is made.
    'access to attrs=authzTo by * auth',
    'access to attrs=pwdHistory by * none',
    `access to dn.subtree="${SERVICES_BASE}" attrs=userPassword by anonymous auth by * none`,
    // Hashes can be set and compared with, never read.
    `access to attrs=userPassword ${service} =w by self =wx by anonymous auth by * none`,
    `access to dn.subtree="${SERVICES_BASE}" ${service} read by * none`,
    `access to dn.subtree="${DOMAINS_BASE}" attrs=${readable} ${service} write ${postfix} read by * none`,
    `access to dn.subtree="${MAIL_BASE}" attrs=${readable} ${service} write ${postfix} read by self read by * none`,
    `access to dn.subtree="${MAIL_BASE}" ${service} write by self read by * none`,
    `access to * ${service} write by * none`,
  ]
}

const LOG_OVERLAY = [
  'overlay accesslog',
  `logdb "${LOG_SUFFIX}"`,
  'logops writes',
  // Refusals and rehearsals (No-Op) change nothing and are not history.
  'logsuccess TRUE',
  'logold (objectClass=*)',
]
