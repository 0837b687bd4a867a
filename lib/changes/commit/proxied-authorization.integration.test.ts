/**
 * With LDAP_PROXIED_AUTHORIZATION (RFC 4370) the directory's own access control judges the person: a domain
 * administrator whom it lets write aliases and nothing else, through a service account that may write everything.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runProgram } from '@/e2e/fixtures/program'
import { startTestSlapd, type TestSlapd } from '@/e2e/fixtures/slapd'
import { commitEdit, type PlannedEdit, previewEdit } from '@/lib/changes/edit'
import { grantAuthority } from '@/lib/directory/authority'
import { undoCommit } from '@/lib/history/commit-undo'
import type { Modification } from '@/lib/ldap/change-record'
import { moduleFolder, schemaFolder } from '@/scripts/private-slapd'

const SUFFIX = 'dc=example,dc=net'
const MAIL = `ou=Mail,${SUFFIX}`
const [SERVICE, ANN, BOB] = [`cn=service,${SUFFIX}`, `uid=ann,${MAIL}`, `uid=bob,${MAIL}`]
const PASSWORD = 'of a private test server'
const POSTFIX_BOOK = fileURLToPath(
  new URL('../../../scripts/demo/schema/postfix-book.schema', import.meta.url),
)

function configuration(folder: string): string {
  return [
    ...['core', 'cosine', 'inetorgperson', 'nis'].map((name) => `include "${schemaFolder}/${name}.schema"`),
    `include "${POSTFIX_BOOK}"`,
    `pidfile "${folder}/slapd.pid"`,
    `modulepath ${moduleFolder}`,
    'moduleload back_mdb',
    'authz-policy to',
    'database mdb',
    `suffix "${SUFFIX}"`,
    `directory "${folder}/database"`,
    'maxsize 67108864',
    'access to attrs=userPassword by anonymous auth by * none',
    `access to attrs=mailAlias by dn.exact="${SERVICE}" write by dn.exact="${ANN}" write by * read`,
    `access to attrs=entry by dn.exact="${SERVICE}" write by dn.exact="${ANN}" write by * read`,
    `access to * by dn.exact="${SERVICE}" write by * read`,
    '',
  ].join('\n')
}

function person(dn: string, uid: string): string {
  return `dn: ${dn}
objectClass: inetOrgPerson
objectClass: PostfixBookMailAccount
uid: ${uid}
cn: ${uid}
sn: ${uid}
mail: ${uid}@d.test
mailQuota: 1000
`
}

const ENTRIES = `dn: ${SUFFIX}
objectClass: domain
dc: example

dn: ${SERVICE}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: service
userPassword: ${PASSWORD}
authzTo: dn.children:${MAIL}

dn: ${MAIL}
objectClass: organizationalUnit
ou: Mail

${person(ANN, 'ann')}
${person(BOB, 'bob')}
dn: dc=d.test,${SUFFIX}
objectClass: dNSDomain
dc: d.test
`

let slapd: TestSlapd

beforeAll(async () => {
  slapd = await startTestSlapd(configuration, { suffix: SUFFIX, text: ENTRIES })
  Object.assign(process.env, {
    LDAP_URL: slapd.uri,
    LDAP_BIND_DN: SERVICE,
    LDAP_BIND_PASSWORD: PASSWORD,
    LDAP_DOMAINS_BASE: SUFFIX,
    LDAP_MAIL_BASE: MAIL,
    LDAP_STORE_BASE: '',
    LDAP_ACCESSLOG_BASE: '',
    LDAP_PROXIED_AUTHORIZATION: 'yes',
    POSTFIX_CONFIG_DIRECTORY: '',
    POSTBOOK_STATE_DIRECTORY: join(slapd.folder, 'state'),
  })
})
afterAll(() => slapd.stop())

const administrator = grantAuthority({
  person: { dn: ANN, name: 'Ann', mail: 'ann@d.test' },
  role: 'domainAdministrator',
  domains: ['d.test'],
})

/** A form of which this is what was typed. */
function editOf(modification: Modification): PlannedEdit<'quota', object> {
  return {
    status: 'planned',
    changes: [{ type: 'modify', dn: BOB, modifications: [modification] }],
    basis: [],
    problems: [],
    fieldOf: (attribute) => (attribute === 'mailQuota' ? 'quota' : null),
    read: () => Promise.resolve({}),
  }
}

/** The attributes of an entry, said by ldapsearch(1). */
async function facts(dn: string, ...attributes: readonly string[]): Promise<string> {
  const access = ['-x', '-LLL', '-o', 'ldif-wrap=no', '-H', slapd.uri, '-D', SERVICE, '-w', PASSWORD]
  const search = ['-b', dn, '-s', 'base', '(objectClass=*)', ...attributes]
  const found = await runProgram('ldapsearch', [...access, ...search], { variables: { LDAPNOINIT: '1' } })
  // slapd writes modifiersName in its own spelling.
  return found.stdout.replace('ou=mail', 'ou=Mail')
}

test('an edit is committed and undone with the rights of the person, and the directory knows who it was', async () => {
  const edit = editOf({ operation: 'add', attribute: 'mailAlias', values: ['news@d.test'] })
  const preview = await previewEdit(administrator, edit)
  if (preview.status !== 'previewed') throw new Error(JSON.stringify(preview))
  expect(preview.preview.rehearsal.status).toBe('accepted')
  const { checksum, findings } = preview.preview
  const confirmed = findings.map(({ code }) => code)
  const saved = await commitEdit(administrator, edit, { checksum, confirmed })
  if (saved.status !== 'saved') throw new Error(JSON.stringify(saved))
  expect(saved).toMatchObject({ brokenCount: 0 })
  expect(await facts(BOB, 'mailAlias', 'modifiersName')).toBe(
    `dn: ${BOB}\nmailAlias: news@d.test\nmodifiersName: ${ANN}\n\n`,
  )
  expect(await undoCommit(administrator, saved.journal ?? '')).toMatchObject({ status: 'undone' })
  expect(await facts(BOB, 'mailAlias', 'modifiersName')).toBe(`dn: ${BOB}\nmodifiersName: ${ANN}\n\n`)
})

test('what the directory refuses to the person is refused, although the service account might', async () => {
  const edit = editOf({ operation: 'replace', attribute: 'mailQuota', values: ['2000'] })
  const preview = await previewEdit(administrator, edit)
  if (preview.status !== 'previewed') throw new Error(JSON.stringify(preview))
  // insufficientAccessRights, which the form shows below its preview before anybody presses a button.
  expect(preview.preview.rehearsal).toMatchObject({ status: 'refused', resultCode: 50 })
  const { checksum, findings } = preview.preview
  const confirmed = findings.map(({ code }) => code)
  const saved = await commitEdit(administrator, edit, { checksum, confirmed })
  expect(saved).toMatchObject({ status: 'refused' })
  expect(JSON.stringify(saved)).toContain('insufficientAccessRights')
  expect(await facts(BOB, 'mailQuota')).toBe(`dn: ${BOB}\nmailQuota: 1000\n\n`)
})
