/**
 * site-variants - the Postfix configurations in which generated directories are tried.
 *
 * All read their domains, mailboxes, aliases, forwards and groups through ldap: tables; each variant changes
 * some parameters of the same main.cf. `@TABLES@` stands for the folder of the tables.
 */
import type { PostfixConfiguration } from '@/e2e/fixtures/postfix-files'
import { SUFFIX } from './generated-directory'

export interface SiteVariant {
  readonly name: string
  /** Lines that replace those of the common main.cf with the same parameter. */
  readonly mainCf: readonly string[]
  /** More lines for single tables. */
  readonly tables?: Readonly<Record<string, readonly string[]>>
}

/** Where the ports of the test stand in for other servers. */
export interface Surroundings {
  readonly ldapUri: string
  readonly virtualPort: number
  readonly localPort: number
  readonly forwardPort: number
}

const ALL_ALIASES = ldapTables('forwards', 'aliases', 'groups')

export const SITE_VARIANTS: readonly SiteVariant[] = [
  { name: 'no delimiter', mainCf: ['recipient_delimiter ='] },
  { name: 'delimiter +', mainCf: [] },
  { name: 'delimiters + and -', mainCf: ['recipient_delimiter = +-'] },
  { name: 'delimiter .', mainCf: ['recipient_delimiter = .', 'virtual_alias_recursion_limit = 20'] },
  {
    name: 'owner- and -request not special',
    mainCf: ['recipient_delimiter = -', 'owner_request_special = no'],
  },
  { name: 'extensions are not propagated', mainCf: ['propagate_unmatched_extensions ='] },
  { name: 'alias domains', mainCf: ['virtual_alias_domains = a1.test, d2.test'] },
  { name: 'alias domains by default', mainCf: ['virtual_alias_domains = $virtual_alias_maps'] },
  {
    name: 'tight limits of alias expansion',
    mainCf: [
      'virtual_alias_expansion_limit = 3',
      'virtual_alias_recursion_limit = 4',
      'virtual_alias_address_length_limit = 30',
    ],
  },
  {
    name: 'tight limits of the tables',
    mainCf: [],
    tables: { forwards: ['expansion_limit = 2'], groups: ['recursion_limit = 2', 'expansion_limit = 4'] },
  },
  {
    name: 'groups whose entries have a result of their own',
    mainCf: [`virtual_alias_maps = ${ldapTables('groups')}`],
    tables: { groups: ['result_attribute = mail', 'leaf_result_attribute ='] },
  },
  {
    name: 'relay domains with their recipients',
    mainCf: ['relay_domains = r1.test, u1.test', `relay_recipient_maps = ${ldapTables('mailboxes')}`],
  },
  {
    name: 'canonical maps and local recipients',
    mainCf: [
      `recipient_canonical_maps = ${ldapTables('canonical')}`,
      `local_recipient_maps = ${ldapTables('mailboxes')}`,
      'myorigin = local.test',
    ],
  },
  {
    name: 'short names and no routing characters',
    mainCf: ['append_dot_mydomain = yes', 'swap_bangpath = no', 'allow_percent_hack = no'],
  },
  {
    name: 'temporary refusals without the name of the table',
    mainCf: [
      'unknown_virtual_mailbox_reject_code = 450',
      'unknown_virtual_alias_reject_code = 450',
      'show_user_unknown_table_name = no',
      'virtual_alias_domains = a1.test',
      'smtpd_relay_restrictions = defer_unauth_destination',
    ],
  },
  { name: 'soft bounces', mainCf: ['soft_bounce = yes', 'virtual_alias_domains = a1.test'] },
  {
    name: 'transports that refuse',
    mainCf: [
      'transport_maps = inline:{ {ann@d1.test = error:5.7.1 gone}, {ben@d1.test = retry:4.2.1 come back}, {cat@d1.test = error:}, {info@d1.test = error:4.2.2 odd}, {list@d1.test = retry:5.2.1 odd}, {jane.doe@d1.test = retry:plain}, {d2.test = error:the domain is closed}, {.far.test = :}, {u1.test = discard:not wanted}, {r1.test = smtp:[127.0.0.1]:@FORWARD@} }',
      'relocated_maps = inline:{ jane@d1.test=jane@far.test }',
    ],
  },
  {
    name: 'aliases on a server that is not there',
    mainCf: [`virtual_alias_maps = ${ldapTables('forwards', 'dead', 'aliases')}`],
  },
  {
    name: 'mailboxes on a server that is not there',
    mainCf: [`virtual_mailbox_maps = ${ldapTables('dead')}`],
  },
  {
    name: 'domains without the result attribute',
    mainCf: [`virtual_mailbox_domains = ${ldapTables('named-domains')}`],
  },
  { name: 'no mailbox tables', mainCf: ['virtual_mailbox_maps ='] },
  { name: 'no alias expansion', mainCf: ['receive_override_options = no_address_mappings'] },
  { name: 'users without a domain', mainCf: ['append_at_myorigin = no'] },
  {
    name: 'this host as a mailbox domain, users without a domain',
    mainCf: [
      'append_at_myorigin = no',
      `virtual_mailbox_domains = mx.local.test, ${ldapTables('domains')}`,
      'empty_address_recipient = ann@d1.test',
    ],
  },
  {
    name: 'through proxymap',
    mainCf: [`virtual_alias_maps = ${ALL_ALIASES.replaceAll('ldap:', 'proxy:ldap:')}`],
  },
  { name: 'without UTF-8', mainCf: ['smtputf8_enable = no'] },
]

function ldapTables(...names: string[]): string {
  return names.map((name) => `ldap:@TABLES@/${name}.cf`).join(', ')
}

/** The whole configuration of a variant over the directory of this name. */
export function configurationOf(
  variant: SiteVariant,
  directory: string,
  surroundings: Surroundings,
): PostfixConfiguration {
  const changed = new Set(variant.mainCf.map(parameterOf))
  const kept = commonMainCf(surroundings).filter((line) => !changed.has(parameterOf(line)))
  const mainCf = [...kept, ...variant.mainCf].map((line) =>
    line.replaceAll('@FORWARD@', String(surroundings.forwardPort)),
  )
  const tables = Object.entries(commonTables(directory, surroundings.ldapUri)).map(([name, lines]) => {
    const more = variant.tables?.[name] ?? []
    const replaced = new Set(more.map(parameterOf))
    const all = [...lines.filter((line) => !replaced.has(parameterOf(line))), ...more]
    return [`${name}.cf`, `${all.join('\n')}\n`]
  })
  return { mainCf, tables: Object.fromEntries(tables) as Record<string, string> }
}

function parameterOf(line: string): string {
  return line.split('=', 1)[0]?.trim() ?? ''
}

function commonMainCf({ virtualPort, localPort, forwardPort }: Surroundings): readonly string[] {
  return [
    'mynetworks = 127.0.0.0/8',
    'myhostname = mx.local.test',
    'mydomain = local.test',
    'myorigin = origin.test',
    'mydestination = local.test, localhost',
    'append_dot_mydomain = no',
    'recipient_delimiter = +',
    'alias_maps =',
    'local_recipient_maps =',
    `local_transport = lmtp:inet:127.0.0.1:${localPort}`,
    `default_transport = smtp:[127.0.0.1]:${forwardPort}`,
    `relay_transport = relay:[127.0.0.1]:${forwardPort}`,
    `virtual_transport = lmtp:inet:127.0.0.1:${virtualPort}`,
    'relay_domains =',
    'smtpd_relay_restrictions = reject_unauth_destination',
    'smtpd_recipient_restrictions =',
    `virtual_mailbox_domains = ${ldapTables('domains')}`,
    `virtual_mailbox_maps = ${ldapTables('mailboxes')}`,
    'virtual_alias_domains =',
    `virtual_alias_maps = ${ALL_ALIASES}`,
    'virtual_alias_recursion_limit = 50',
  ]
}

function commonTables(directory: string, uri: string): Readonly<Record<string, readonly string[]>> {
  const base = `ou=${directory},${SUFFIX}`
  const table = (unit: string, filter: string, ...results: string[]) => [
    `server_host = ${uri}/`,
    'version = 3',
    'bind = no',
    'timeout = 5',
    `search_base = ou=${unit},${base}`,
    `query_filter = ${filter}`,
    ...results,
  ]
  const mailbox = '(&(objectClass=inetOrgPerson)(mail=%s))'
  return {
    domains: table('Domains', '(&(objectClass=dNSDomain)(dc=%s))', 'result_attribute = dc'),
    'named-domains': table(
      'Domains',
      '(&(objectClass=dNSDomain)(dc=%s))',
      'result_attribute = associatedName',
    ),
    mailboxes: table('Mail', mailbox, 'result_attribute = mail'),
    aliases: table(
      'Mail',
      '(&(objectClass=inetOrgPerson)(objectClass=PostfixBookMailAccount)(mailAlias=%s))',
      'result_attribute = mail',
    ),
    forwards: table(
      'Mail',
      '(&(objectClass=PostfixBookMailForward)(mailAlias=%s))',
      'result_attribute = mailForwardingAddress',
    ),
    groups: table(
      'Mail',
      '(&(objectClass=groupOfNames)(mail=%s))',
      'result_attribute =',
      'special_result_attribute = member',
      'leaf_result_attribute = mail',
    ),
    canonical: table('Mail', '(&(objectClass=inetOrgPerson)(mailGroupMember=%s))', 'result_attribute = mail'),
    dead: [
      'server_host = ldap://127.0.0.1:1',
      'bind = no',
      'version = 3',
      `search_base = ${base}`,
      'query_filter = (mail=%s)',
      'result_attribute = mail',
    ],
  }
}
