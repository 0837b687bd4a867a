/**
 * The memory directory and its filter matching against a real slapd: the same entries, the same searches, the
 * same entries found or the same result code. The filters are random, from the attributes and values at hand.
 */
import { execFile, execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultSchema } from './default-schema'
import type { Dereference, DirectoryView, Scope } from './directory-view'
import { parseDn } from './dn'
import type { Entry } from './entry'
import type { Filter } from './filter'
import { parseFilter } from './filter-parser'
import { formatFilter } from './filter-text'
import { parseLdif } from './ldif'
import { dnKey } from './matching-rules'
import { memoryDirectory } from './memory-directory'

const run = promisify(execFile)
const testdata = fileURLToPath(new URL('testdata', import.meta.url))
const schema = defaultSchema()
const SUFFIX = 'dc=example,dc=net'

let folder = ''
let server: ChildProcess | null = null
let uri = ''
let entries: readonly Entry[] = []
let memory: DirectoryView

interface Answer {
  readonly code: number
  readonly found: readonly string[]
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postbook-slapd-'))
  mkdirSync(join(folder, 'db'))
  const schemas = ['core', 'cosine', 'inetorgperson', 'nis'].map(
    (name) => `include /etc/ldap/schema/${name}.schema`,
  )
  const configuration = [
    ...schemas,
    `include ${testdata}/postfix-book.schema`,
    `pidfile ${folder}/slapd.pid`,
    'modulepath /usr/lib/ldap',
    'moduleload back_mdb.so',
    'sizelimit unlimited',
    'database mdb',
    `suffix "${SUFFIX}"`,
    `rootdn "cn=admin,${SUFFIX}"`,
    `directory ${folder}/db`,
    'maxsize 16777216',
    'index objectClass eq',
    'index uid,mail eq,sub',
  ]
  writeFileSync(join(folder, 'slapd.conf'), `${configuration.join('\n')}\n`)
  execFileSync('/usr/sbin/slapadd', [
    '-f',
    join(folder, 'slapd.conf'),
    '-l',
    join(testdata, 'directory.ldif'),
  ])
  uri = `ldap://127.0.0.1:${await freePort()}`
  server = spawn('/usr/sbin/slapd', ['-f', join(folder, 'slapd.conf'), '-h', uri, '-d', '0'], {
    stdio: 'ignore',
  })
  for (let attempt = 0; (await ask('', 'base', '(objectClass=*)')).code !== 0; attempt += 1) {
    if (attempt > 500) throw new Error('slapd does not answer')
  }
  const parsed = parseLdif(readFileSync(join(testdata, 'directory.ldif'), 'utf8'))
  if (parsed.status !== 'parsed') throw new Error(parsed.message)
  entries = parsed.records.flatMap((record) => (record.type === 'content' ? [record.entry] : []))
  memory = memoryDirectory(entries, schema)
})

afterAll(() => {
  server?.kill()
  rmSync(folder, { recursive: true, force: true })
})

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  })
}

const DEREFERENCE = ['never', 'search', 'find', 'always'] as const

async function ask(
  base: string,
  scope: Scope,
  filter: string,
  attributes: readonly string[] = ['1.1'],
  dereference: Dereference = 0,
): Promise<Answer & { readonly entries: readonly Entry[] }> {
  const options = ['-LLL', '-x', '-o', 'ldif-wrap=no', '-H', uri, '-a', DEREFERENCE[dereference]]
  const search = ['-b', base, '-s', scope, filter, ...attributes]
  const { code, stdout } = await run('ldapsearch', [...options, ...search]).then(
    (output) => ({ code: 0, stdout: output.stdout }),
    (error: unknown) => ({ code: (error as { code: number }).code, stdout: '' }),
  )
  const parsed = parseLdif(stdout)
  if (parsed.status !== 'parsed') throw new Error(`${parsed.line}: ${parsed.message}`)
  const found = parsed.records.flatMap((record) => (record.type === 'content' ? [record.entry] : []))
  return { code, found: keys(found), entries: found }
}

async function askMemory(
  base: string,
  scope: Scope,
  filter: Filter,
  dereference: Dereference = 0,
): Promise<Answer> {
  const request = { base, scope, filter, attributes: ['1.1'], sizeLimit: 0, timeLimit: 0, dereference }
  const result = await memory.search(request)
  if (result.status === 'failed') return { code: result.resultCode, found: [] }
  return { code: 0, found: keys(result.entries) }
}

function keys(found: readonly Entry[]): readonly string[] {
  return found.map(({ dn }) => dnKey(parseDn(dn) ?? [], schema)).sort()
}

/** Asks both, unless the memory directory says that it cannot tell. */
async function compare(
  base: string,
  scope: Scope,
  filter: Filter,
  dereference: Dereference = 0,
): Promise<void> {
  const ours = await askMemory(base, scope, filter, dereference)
  if (ours.code === -12) return
  const { code, found } = await ask(base, scope, formatFilter(filter), ['1.1'], dereference)
  const asked = `${formatFilter(filter)} ${scope} of ${base}`
  expect({ asked, code, found }).toEqual({ asked, ...ours })
}

const ATTRIBUTES =
  `uid cn sn mail mailAlias mailEnabled mailGroupMember mailQuota objectClass name description
  description;lang-de description;lang- description;x-no telephoneNumber uidNumber seeAlso member distinguishedName
  entryDN hasSubordinates structuralObjectClass userPassword ou jpegPhoto mailUidNumber commonName 2.5.4.4 nosuch
  roleOccupant dc`.split(/\s+/)
const VALUES = [
  'johndoe|JOHN DOE| john  doe |doe|jane q. doe|Jane|jörg|JÖRG|j|straße|STRASSE|joerg@domain1.net|a b c@domain1.net',
  'JD@DOMAIN1.NET|@domain1.net|| |o|TRUE|FALSE|true|staff@domain1.net|Staff@domain1.net|100M|100m|person|top|2.5.6.6',
  'Frau|ms|plain|+15551234|+1 555 1234|99|0099|1001|-1|uid=johndoe,ou=Mail,dc=example,dc=net|notadn|inetOrgPerson',
  'uid=JANE, OU=mail,dc=example,dc=net|*star(x)|\\|Mail|domain1.net|J|ü|\udcff\udcfe\0bin|\udcff|alias|nosuchclass',
  'mail|Doe, John|,|é|e|jane@domain1.net|TRUE |q. |  q|c@d| b|b ',
].flatMap((line) => line.split('|'))
const RULES =
  `caseIgnoreMatch caseExactMatch caseIgnoreIA5Match caseExactIA5Match 2.5.13.2 integerMatch nosuchMatch
  distinguishedNameMatch booleanMatch octetStringMatch caseIgnoreOrderingMatch`.split(/\s+/)
const attribute = fc.constantFrom(...ATTRIBUTES)
const value = fc.constantFrom(...VALUES)
const piece = fc.constantFrom(...VALUES.filter((text) => text !== ''))
const optionalPiece = fc.option(piece, { nil: null })
const item: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('equality' as const), attribute, value }) },
  fc.record({ type: fc.constantFrom('greaterOrEqual' as const, 'lessOrEqual' as const), attribute, value }),
  fc.record({ type: fc.constant('present' as const), attribute }),
  fc
    .record({
      type: fc.constant('substrings' as const),
      attribute,
      initial: optionalPiece,
      any: fc.array(piece, { maxLength: 2 }),
      final: optionalPiece,
    })
    .filter(({ initial, any, final }) => initial !== null || final !== null || any.length > 0),
  fc
    .record({
      type: fc.constant('extensible' as const),
      attribute: fc.option(attribute, { nil: null }),
      matchingRule: fc.option(fc.constantFrom(...RULES), { nil: null }),
      dnAttributes: fc.boolean(),
      value,
    })
    .filter(({ attribute: named, matchingRule }) => named !== null || matchingRule !== null),
)
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: item },
    fc.record({ type: fc.constant('not' as const), filter: tie('filter') }),
    fc.record({
      type: fc.constantFrom('and' as const, 'or' as const),
      filters: fc.array(tie('filter'), { maxLength: 3 }),
    }),
  ),
}))

describe('the memory directory beside slapd', () => {
  it('finds the same entries for random filters', async () => {
    await fc.assert(
      fc.asyncProperty(filter, (random) => compare(SUFFIX, 'sub', random)),
      { numRuns: Number(process.env['RUNS'] ?? 300) },
    )
  })

  it('judges every attribute with every kind of assertion alike', async () => {
    for (const name of ATTRIBUTES) {
      for (const text of [
        `(${name}=*)`,
        `(!(${name}=*))`,
        `(!(${name}=x))`,
        `(!(${name}>=1))`,
        `(!(${name}=*x*))`,
      ]) {
        const parsed = parseFilter(text)
        if (parsed !== null) await compare(SUFFIX, 'sub', parsed)
      }
    }
  })

  it('starts at the same base in every scope and with every way of following aliases', async () => {
    const bases = [
      'dc=example,dc=net| OU = mail ; DC=example,dc=NET|ou=Groups,dc=example,dc=net||ou=People,dc=example,dc=net',
      'uid=Jane,ou=People,dc=example,dc=net|uid=x,ou=People,dc=example,dc=net|cn=dangling,ou=Groups,dc=example,dc=net',
      'cn=x,cn=dangling,ou=Groups,dc=example,dc=net|dc=other|cn=alias,ou=Groups,dc=example,dc=net|no dn|cn=|dc=ü',
      'ou=Elsewhere,dc=example,dc=net|ou=x,ou=Elsewhere,dc=example,dc=net|OU=two+cn=UID,ou=Groups,dc=example,dc=net',
      'cn="Some, One",ou=Mail,dc=example,dc=net|mail=ü,dc=example,dc=net|cn=ü|nosuch=x,dc=example,dc=net|cn=\\ff',
      'cn=#0403414243|mailEnabled=x|mail=,dc=example,dc=net|uid=JÖRG,ou=Mail,dc=example,dc=net|c=DEU|uidNumber=007',
    ].flatMap((line) => line.split('|'))
    const everything: Filter = { type: 'present', attribute: 'objectClass' }
    for (const base of bases) {
      for (const scope of ['base', 'one', 'sub'] as const) {
        for (const dereference of [0, 1, 2, 3] as const) await compare(base, scope, everything, dereference)
      }
    }
  })

  it('returns the same attributes', async () => {
    const lists = [
      '|*|1.1|1.1 mail|commonName|2.5.4.3 MAIL|name|description|description;lang-de|description;lang-|@nosuch|nosuch',
      '@PostfixBookMailAccount|@inetOrgPerson uidNumber|!inetOrgPerson|entryDN hasSubordinates structuralObjectClass',
    ].flatMap((line) => line.split('|').map((list) => list.split(' ').filter((name) => name !== '')))
    const everything: Filter = { type: 'present', attribute: 'objectClass' }
    for (const attributes of lists) {
      const base = 'uid=Jane,ou=Mail,dc=example,dc=net'
      const theirs = await ask(base, 'base', '(objectClass=*)', attributes)
      const request = { base, filter: everything, attributes, sizeLimit: 0, timeLimit: 0 }
      const ours = await memory.search({ ...request, scope: 'base', dereference: 0 })
      expect(ours).toEqual({ status: 'complete', entries: theirs.entries })
    }
  })
})
