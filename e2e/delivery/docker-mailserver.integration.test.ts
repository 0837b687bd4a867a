/**
 * docker-mailserver's LDAP provisioner: its five tables, its documented overrides, and a main.cf that uses them.
 *
 * The parameters in e2e/data/docker-mailserver are those that the project publishes (docker-mailserver on GitHub,
 * target/postfix/ldap-*.cf). Its LDAP_* variables replace server_host, search_base, bind_dn and bind_pw in
 * all of them, and LDAP_QUERY_FILTER_* the filter of one; the overrides are the examples of its documentation
 * ("LDAP Authentication", docs/content/config/account-management/provisioner/ldap.md). main.cf has the lines
 * that its start-up scripts set (setup.d/ldap.sh, setup.d/security/spoofing.sh).
 */
import { mkdtempSync, chmodSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runProgram } from '@/e2e/fixtures/program'
import { startTestSlapd, type TestSlapd } from '@/e2e/fixtures/slapd'
import { liveAccess } from '@/lib/directory/files'
import { decodeOctets, encodeOctets } from '@/lib/ldap/octets'
import { readMainCf } from '@/lib/postfix/main-cf'
import { tablesOfMainCf } from '@/lib/postfix/main-cf-tables'
import { tableOpener } from '@/lib/postfix/map-opening'
import { postmapStream } from '@/lib/postfix/postmap'
import { resolveAddress } from '@/lib/postfix/resolution'
import { openMailSite } from '@/lib/postfix/resolution-site'
import { moduleFolder, schemaFolder } from '@/scripts/private-slapd'

const DATA = fileURLToPath(new URL('../data/docker-mailserver', import.meta.url))
const SCHEMA = fileURLToPath(new URL('../../scripts/demo/schema/postfix-book.schema', import.meta.url))
const SUFFIX = 'dc=example,dc=test'
const PEOPLE = `ou=people,${SUFFIX}`
const ADMIN = `cn=admin,${SUFFIX}`
const KINDS = ['users', 'aliases', 'groups', 'domains', 'senders'] as const

type Kind = (typeof KINDS)[number]
type Override = Readonly<Partial<Record<Kind, readonly string[]>>>

/** Filters and parameters that the documentation gives for other directories. */
const OVERRIDES: Readonly<Record<string, Override>> = {
  'as published': {},
  'one filter for personal mailboxes, and admin may send as anybody': {
    users: ['query_filter = (mail=%s)'],
    aliases: ['query_filter = (|)'],
    groups: ['query_filter = (|)'],
    domains: ['query_filter = (mail=*@%s)'],
    senders: ['query_filter = (|(mail=%s)(mail=admin@*))'],
  },
  'the basic setup': {
    users: ['query_filter = (&(objectClass=inetOrgPerson)(mail=%s))'],
    aliases: ['query_filter = (&(objectClass=inetOrgPerson)(mailAlias=%s))'],
    groups: ['query_filter = (&(objectClass=inetOrgPerson)(mailGroupMember=%s))'],
    domains: ['query_filter = (|(mail=*@%s)(mailAlias=*@%s)(mailGroupMember=*@%s))'],
    senders: ['query_filter = (&(objectClass=inetOrgPerson)(|(mail=%s)(mailAlias=%s)(mailGroupMember=%s)))'],
  },
  'senders of a group': {
    senders: ['query_filter = (|(memberOf=cn=admin,*)(mail=%s))'],
  },
  'groups of an Active Directory': {
    users: ['query_filter = (&(objectclass=person)(mail=%s))'],
    aliases: ['query_filter = (&(objectclass=person)(proxyAddresses=smtp:%s))'],
    groups: [
      'query_filter = (&(objectClass=group)(mail=%s))',
      'leaf_result_attribute = mail',
      'special_result_attribute = member',
    ],
    domains: ['query_filter = (mail=*@%s)'],
    senders: ['query_filter = (|(mail=%s)(proxyAddresses=smtp:%s)(memberOf=cn=Domain Admins,cn=Users,dc=*))'],
  },
  'Kopano or Zarafa': {
    users: ['query_filter = (&(objectClass=user)(mail=%s))'],
    aliases: ['query_filter = (&(objectClass=user)(otherMailbox=%s))'],
    groups: ['query_filter = (&(objectclass=group)(mail=%s))'],
    domains: ['query_filter = (&(|(mail=*@%s)(mailalias=*@%s)(mailGroupMember=*@%s))(mailEnabled=TRUE))'],
  },
  'a group of names': {
    groups: [
      'query_filter = (&(objectClass=groupOfNames)(mail=%s))',
      'leaf_result_attribute = mail',
      'special_result_attribute = member',
    ],
  },
}

const KEYS = [
  ...['some.user@example.test', 'SOME.USER@example.test', 'some.other@example.test', 'off@example.test'],
  ...['unset@example.test', 'postmaster@example.test', 'employees@example.test', 'staff@example.test'],
  ...['admin@example.test', 'team@example.test', 'nested@example.test', '@catch.test', 'x@catch.test'],
  ...['example.test', 'EXAMPLE.TEST', 'other.test', 'off.test', 'catch.test', 'group.test', 'nowhere.test'],
  ...[
    'some.user',
    '*',
    '*@example.test',
    'some.user@*',
    ')(mail=*',
    '',
    'jürgen@example.test',
    'a b@example.test',
  ],
]

let slapd: TestSlapd
let folder: string

beforeAll(async () => {
  const text = readFileSync(join(DATA, 'directory.ldif'), 'utf8')
  slapd = await startTestSlapd(slapdConfiguration, { suffix: SUFFIX, text })
  folder = mkdtempSync(join(tmpdir(), 'postbook-docker-mailserver-'))
  // postmap gives up its rights and has to be able to read the folder.
  chmodSync(folder, 0o755)
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await slapd.stop()
})

function slapdConfiguration(path: string): string {
  return [
    ...['core', 'cosine', 'inetorgperson', 'nis'].map((name) => `include "${schemaFolder}/${name}.schema"`),
    `include "${SCHEMA}"`,
    `pidfile "${path}/slapd.pid"`,
    `modulepath ${moduleFolder}`,
    'moduleload back_mdb',
    'database mdb',
    `suffix "${SUFFIX}"`,
    `rootdn "${ADMIN}"`,
    'rootpw secret',
    `directory "${path}/database"`,
    'access to * by * none',
    '',
  ].join('\n')
}

/** Writes the five tables and a main.cf, as the start-up scripts do, and returns the folder of main.cf. */
function provision(name: string, override: Override, sendersFilter: boolean): string {
  const path = join(folder, name.replace(/\W+/g, '-'))
  mkdirSync(path)
  mkdirSync(join(path, 'queue'))
  const settings = [
    `server_host = ${slapd.uri}`,
    `search_base = ${PEOPLE}`,
    `bind_dn = ${ADMIN}`,
    'bind_pw = secret',
  ]
  for (const kind of KINDS) {
    const file = `ldap-${kind}.cf`
    const changes = [...settings, ...(override[kind] ?? [])]
    const changed = new Set(changes.map(parameterOf))
    const kept = readFileSync(join(DATA, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !changed.has(parameterOf(line)))
    write(join(path, file), [...kept, ...changes])
  }
  const senders = sendersFilter ? ['senders'] : ['users', 'aliases', 'groups']
  write(join(path, 'vhost'), ['other.test'])
  write(join(path, 'main.cf'), [
    'compatibility_level = 2',
    'myhostname = mail.example.test',
    'mydestination = localhost.$mydomain, localhost',
    'recipient_delimiter = +',
    `queue_directory = ${path}/queue`,
    `virtual_mailbox_maps = ldap:${path}/ldap-users.cf`,
    `virtual_mailbox_domains = ${path}/vhost, ldap:${path}/ldap-domains.cf`,
    `virtual_alias_maps = ldap:${path}/ldap-aliases.cf, ldap:${path}/ldap-groups.cf`,
    'virtual_transport = lmtp:unix:/var/run/dovecot/lmtp',
    `smtpd_sender_login_maps = ${senders.map((kind) => `ldap:${path}/ldap-${kind}.cf`).join(' ')}`,
  ])
  return path
}

function parameterOf(line: string): string {
  return line.split('=', 1)[0]?.trim() ?? ''
}

/** postmap waits until a file is no longer new. */
function write(path: string, lines: readonly string[]): void {
  writeFileSync(path, `${lines.join('\n')}\n`)
  utimesSync(path, 1, 1)
}

describe.each(Object.entries(OVERRIDES))('docker-mailserver, %s', (name, override) => {
  let path: string

  beforeAll(() => {
    path = provision(name, override, true)
  })

  it.each(KINDS)('answers like postmap: %s', async (kind) => {
    const mainCf = readMainCf(path, liveAccess)
    if (mainCf.status === 'failed') throw new Error(mainCf.message)
    const table = `ldap:${path}/ldap-${kind}.cf`
    const input = `${KEYS.join('\n')}\n`
    const real = await runProgram('/usr/sbin/postmap', ['-c', path, '-q', '-', table], { input })
    const opened = tableOpener(mainCf.parameters, liveAccess)(table)
    expect(opened.problem).toBeNull()
    const utf8 = mainCf.parameters.value('smtputf8_enable') === 'yes'
    const ours = await postmapStream([opened], encodeOctets(input), { fold: true, utf8 })
    expect(decodeOctets(ours.stdout)).toBe(real.stdout)
    expect(ours.exitCode).toBe(real.status)
  })
})

describe('docker-mailserver', () => {
  it('finds what its schema means', async () => {
    const path = provision('found', {}, true)
    const mainCf = readMainCf(path, liveAccess)
    if (mainCf.status === 'failed') throw new Error(mainCf.message)
    const open = tableOpener(mainCf.parameters, liveAccess)
    const ask = async (kind: Kind, key: string) => {
      const answer = await open(`ldap:${path}/ldap-${kind}.cf`).lookup(key, { fold: true, utf8: true })
      return answer.status === 'found' ? answer.value : answer.status
    }
    expect(await ask('users', 'some.user@example.test')).toBe('some.user@example.test')
    expect(await ask('users', 'off@example.test')).toBe('notFound')
    expect(await ask('users', 'unset@example.test')).toBe('notFound')
    expect(await ask('aliases', 'postmaster@example.test')).toBe('some.user@example.test')
    expect(await ask('groups', 'employees@example.test')).toBe(
      'some.user@example.test,some.other@example.test',
    )
    // mailGroupMember compares case, and Postfix asks in lower case.
    expect(await ask('groups', 'Staff@example.test')).toBe('notFound')
    expect(await ask('domains', 'other.test')).toBe('some.user@example.test')
    expect(await ask('domains', 'group.test')).toBe('notFound')
    expect(await ask('senders', 'some.user@example.test')).toBe('some.user,some.user@example.test')
  })

  it.each([true, false])('opens as a site; with a filter for senders: %s', async (sendersFilter) => {
    const path = provision(`site ${sendersFilter}`, {}, sendersFilter)
    const opened = openMailSite(path, liveAccess)
    if (opened.status === 'failed') throw new Error(opened.message)
    const named = tablesOfMainCf(opened.site.mainCf).map(({ parameter, name }) => {
      return `${parameter} ${name.replace(path, '')}`
    })
    expect(named).toEqual([
      'virtual_mailbox_maps ldap:/ldap-users.cf',
      'virtual_mailbox_domains ldap:/ldap-domains.cf',
      'virtual_alias_maps ldap:/ldap-aliases.cf',
      'virtual_alias_maps ldap:/ldap-groups.cf',
      ...(sendersFilter ? ['senders'] : ['users', 'aliases', 'groups']).map((kind) => {
        return `smtpd_sender_login_maps ldap:/ldap-${kind}.cf`
      }),
      'virtual_alias_domains ldap:/ldap-aliases.cf',
      'virtual_alias_domains ldap:/ldap-groups.cf',
    ])
    const trace = await resolveAddress(opened.site, 'employees+x@example.test')
    expect(trace).toMatchObject({
      accepted: true,
      problem: null,
      deliveries: ['some.user+x@example.test', 'some.other+x@example.test'],
    })
    expect(await resolveAddress(opened.site, 'off@example.test')).toMatchObject({
      accepted: false,
      reply:
        '550 5.1.1 <off@example.test>: Recipient address rejected: User unknown in virtual mailbox table',
    })
  })
})
