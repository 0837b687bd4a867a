/**
 * Replays in memory what a real Postfix 3.7.11 did with whole addresses: testdata/resolve.
 *
 * Each case is one recipient under one variant of main.cf: the reply to RCPT TO, the reply to the message, the
 * recipients in the queue file, and every LDAP key asked, in order, by phase. The recording told the SMTP
 * server's alias lookups from cleanup's by another filter; here the phase of each step says it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultSchema } from '@/lib/ldap/default-schema'
import type { DirectoryView } from '@/lib/ldap/directory-view'
import { parseLdif } from '@/lib/ldap/ldif'
import { memoryDirectory } from '@/lib/ldap/memory-directory'
import { encodeOctets } from '@/lib/ldap/octets'
import { resolveAddress } from './resolution'
import { openMailSite } from './resolution-site'
import type { MailSite } from './resolution-site'
import type { TableAccess } from './table-access'
import type { Trace, TraceLookup } from './trace'

const DATA = join(import.meta.dirname, 'testdata/resolve')
const ROOT = '/mta'
const MAIL = 'ou=Mail,dc=example,dc=net'
const DOMAINS = 'ou=Domains,dc=example,dc=net'

/** name: search base, query filter, result attribute, further lines; and how the recording calls its lookups. */
const TABLES: Readonly<Record<string, readonly [string, string, string, string, string]>> = {
  domains: [DOMAINS, '(&(objectClass=dNSDomain)(dc=%s))', 'dc', '', 'domains'],
  'domains-noattr': [DOMAINS, '(&(objectClass=dNSDomain)(dc=%s))', 'associatedName', '', 'domains'],
  vmailbox: [MAIL, '(&(objectClass=inetOrgPerson)(mail=%s))', 'mail', '', 'mailbox'],
  aliases: [MAIL, '(&(objectClass=PostfixBookMailAccount)(mailAlias=%s))', 'mail', '', 'alias'],
  fwd: [
    MAIL,
    '(&(objectClass=PostfixBookMailForward)(mailAlias=%s))',
    'mailForwardingAddress',
    '',
    'forward',
  ],
  lim: [MAIL, '(mailAlias=%s)', 'mail', 'expansion_limit = 1\n', 'alias'],
}

type KeyAsked = readonly [kind: string, key: string]

interface Case {
  readonly variant: string
  readonly recipient: string
  readonly rcpt: string
  readonly data?: string
  readonly recipients?: readonly string[]
  readonly lookups: Readonly<Record<string, readonly KeyAsked[]>>
}

interface Variant {
  readonly name: string
  readonly set: Readonly<Record<string, string>>
}

const cases = readFileSync(join(DATA, 'expected-resolve.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Case)
const variants = JSON.parse(readFileSync(join(DATA, 'variants.json'), 'utf8')) as readonly Variant[]
const base = readFileSync(join(DATA, 'main.cf.in'), 'utf8').replaceAll('@MTA@', ROOT)
const directory = readDirectory(['../postmap/directory.ldif', 'extra.ldif'])

function readDirectory(names: readonly string[]): DirectoryView {
  const entries = names.flatMap((name) => {
    const ldif = parseLdif(readFileSync(join(DATA, name), 'utf8'))
    if (ldif.status !== 'parsed') throw new Error(`${name}: ${JSON.stringify(ldif)}`)
    return ldif.records.flatMap((record) => (record.type === 'content' ? [record.entry] : []))
  })
  return memoryDirectory(entries, defaultSchema())
}

const dead: DirectoryView = {
  ready: () => Promise.resolve({ status: 'failed', stage: 'connect', resultCode: -1, diagnostic: 'refused' }),
  search: () =>
    Promise.resolve({ status: 'failed', stage: 'connect', resultCode: -1, diagnostic: 'refused' }),
}

function files(mainCf: string): ReadonlyMap<string, string> {
  const texts = new Map([[`${ROOT}/etc/main.cf`, mainCf]])
  for (const [name, [searchBase, filter, attribute, more]] of Object.entries(TABLES)) {
    for (const [suffix, port] of [
      ['', 389],
      ['-dead', 1],
    ] as const) {
      const text = `server_host = ldap://127.0.0.1:${port}\nsearch_base = ${searchBase}\nversion = 3\nbind = no\nquery_filter = ${filter}\nresult_attribute = ${attribute}\n${more}`
      texts.set(`${ROOT}/tables/${name}${suffix}.cf`, text)
    }
  }
  return texts
}

function openVariant(variant: Variant): MailSite {
  const kept = base
    .split('\n')
    .filter((line) => !Object.hasOwn(variant.set, line.split('=', 1)[0]?.trim() ?? ''))
  const changed = Object.entries(variant.set).map(
    ([name, value]) => `${name} = ${value.replaceAll('@MTA@', ROOT)}`,
  )
  const texts = files([...kept, ...changed, ''].join('\n'))
  const access: TableAccess = {
    readFile(path) {
      const text = texts.get(path)
      return text === undefined
        ? { status: 'missing', reason: 'No such file or directory' }
        : { status: 'read', octets: encodeOctets(text) }
    },
    openDirectory: (settings) =>
      settings.uris.some((uri) => uri.includes(':1/') || uri.endsWith(':1')) ? dead : directory,
  }
  const opened = openMailSite(`${ROOT}/etc`, access)
  if (opened.status === 'failed') throw new Error(`${variant.name}: ${opened.message}`)
  return opened.site
}

/** The lookups of a trace as the recording has them: those that reached the server. */
function recordedLookups(trace: Trace): Record<string, KeyAsked[]> {
  const lookups: Record<string, KeyAsked[]> = {}
  for (const step of trace.steps) {
    if (step.type !== 'lookup' || step.phase === 'delivery' || step.searches.length === 0) continue
    const kind = kindOf(step)
    if (kind === null) continue
    const phase = recordedPhase(step, kind)
    lookups[phase] = [...(lookups[phase] ?? []), [kind, step.key]]
  }
  for (const [phase, keys] of Object.entries(lookups)) {
    if (keys.length > 120) lookups[phase] = [...keys.slice(0, 40), ['...', `${keys.length} lookups in all`]]
  }
  return lookups
}

function kindOf(step: TraceLookup): string | null {
  const name = /\/([\w-]+)\.cf$/.exec(step.table)?.[1]
  if (name === undefined || name.endsWith('-dead')) return null
  return TABLES[name]?.[4] ?? null
}

/** The recording counts every bare key with a dot as a question about a domain. */
function recordedPhase(step: TraceLookup, kind: string): string {
  if (kind === 'domains' || (!step.key.includes('@') && step.key.includes('.'))) return 'resolve'
  return step.phase
}

describe.each(variants.map((variant) => [variant.name, variant] as const))('%s', (name, variant) => {
  const site = openVariant(variant)
  it.each(cases.filter((one) => one.variant === name).map((one) => [one.recipient, one] as const))(
    '%s',
    async (recipient, expected) => {
      const trace = await resolveAddress(site, recipient)
      expect({
        rcpt: trace.stage === 'RCPT' ? trace.reply : '250 2.1.5 Ok',
        data: trace.stage === 'RCPT' ? undefined : (trace.reply ?? '250 2.0.0 Ok: queued as QUEUEID'),
        recipients: trace.accepted ? trace.recipients : undefined,
        lookups: recordedLookups(trace),
        problem: trace.problem,
      }).toEqual({
        rcpt: expected.rcpt,
        data: expected.data,
        recipients: expected.recipients,
        lookups: expected.lookups,
        problem: null,
      })
    },
  )
})

it('has a variant for every recorded case', () => {
  const names = new Set(variants.map((variant) => variant.name))
  expect(cases.filter((one) => !names.has(one.variant))).toEqual([])
  expect(cases.length).toBeGreaterThanOrEqual(167)
})
