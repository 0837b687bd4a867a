/**
 * The recorded answers of the real postmap 3.7.11 (Debian 12, slapd 2.5.13), replayed in memory.
 *
 * testdata/postmap: expected.jsonl over directory.ldif, and further.jsonl over the same with further.ldif.
 *
 * Standard output, exit code, kind of result and the normalised diagnostics in their order must be equal. A
 * case that is neither replayed nor listed below fails the run. The server is scripted where a case is about
 * connecting or binding; everything behind that is the in-memory directory.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultSchema } from '@/lib/ldap/default-schema'
import type { DirectoryView, SearchFailure } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import { parseLdif } from '@/lib/ldap/ldif'
import { memoryDirectory } from '@/lib/ldap/memory-directory'
import { decodeOctets, encodeOctets } from '@/lib/ldap/octets'
import { utf8Mode } from './ldap-table-source'
import type { TableOpener } from './lookup-table'
import { readMainCf } from './main-cf'
import { tableOpener } from './map-opening'
import { postmapQuery, postmapStream, type PostmapOutput } from './postmap'
import type { FileContent, ServerSettings, TableAccess } from './table-access'

interface Case {
  readonly id: string
  readonly table?: string
  readonly tables?: readonly string[]
  readonly key?: string
  readonly keyB64?: string
  readonly mode?: 'stdin'
  readonly stdinB64?: string
  readonly flags?: readonly string[]
  readonly profile?: string
  readonly serverOrder?: boolean
  readonly stdout?: string
  readonly stdoutB64?: string
  readonly exit: number
  readonly result: string
  readonly errorClass: string
  readonly diags?: readonly string[]
}

/** Cases whose answer is only known to Postfix itself: they must be an error, never "not found". */
const NOT_EVALUATED: ReadonlyMap<string, string> = new Map([
  ...['1308', '1309', '1311', '1312', '1315'].map((id) => [id, 'regexp: tables are not evaluated'] as const),
  ['1481', "an approximate match is the server's own affair; the in-memory directory says so"],
])

/** Our codes where the same message is told differently. */
const RECORDED_CODES: ReadonlyMap<string, readonly string[]> = new Map([
  ['fatal.main-cf.expansion', ['warn.cf.empty-macro', 'fatal.cf.macro']],
  ['fatal.not-evaluated', ['fatal.domain.dict-type']],
])

const DATA = join(import.meta.dirname, 'testdata/postmap')
const ROOT = '/corpus'
const SERVER = 'ldap://127.0.0.1:4210'
const SOCKET = 'ldapi://%2Fcorpus%2Fldapi'
const PLACEHOLDERS = [
  ['@LDAP_URI@', SERVER],
  ['@LDAP_HOST@', '127.0.0.1'],
  ['@LDAP_PORT@', '4210'],
  ['@LDAPI_URI@', SOCKET],
  ['@DIR@', ROOT],
] as const

const cases = readCases('expected.jsonl')
const furtherCases = readCases('further.jsonl')
const entries = readEntries('directory.ldif')
const directory = memoryDirectory(entries, defaultSchema())
const furtherDirectory = memoryDirectory([...entries, ...readEntries('further.ldif')], defaultSchema())

function readCases(file: string): readonly Case[] {
  const lines = readFileSync(join(DATA, file), 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line): Case => JSON.parse(line) as Case)
}

function readEntries(file: string): readonly Entry[] {
  const ldif = parseLdif(readFileSync(join(DATA, file), 'utf8'))
  if (ldif.status !== 'parsed') throw new Error(JSON.stringify(ldif))
  return ldif.records.flatMap((record) => (record.type === 'content' ? [record.entry] : []))
}

function readFile(path: string): FileContent {
  const relative = path.replace(`${ROOT}/`, '')
  if (relative === 'tables') return { status: 'directory', reason: 'Is a directory' }
  const [folder = '', ...names] = relative.split('/')
  const name = names.at(-1) ?? ''
  const files = readdirSync(join(DATA, folder, ...names.slice(0, -1)))
  if (!files.includes(name)) return { status: 'missing', reason: 'No such file or directory' }
  let text = decodeOctets(readFileSync(join(DATA, relative)))
  for (const [placeholder, value] of PLACEHOLDERS) text = text.replaceAll(placeholder, value)
  return { status: 'read', octets: encodeOctets(text) }
}

/** The recorded slapd: one listener in clear text, one socket, one account. */
function openDirectory(settings: ServerSettings, up: DirectoryView): DirectoryView {
  const isUp = settings.uris.some((uri) => uri === SERVER || uri === SOCKET)
  const refusal = !isUp
    ? failed('connect', -1)
    : settings.startTls
      ? failed('startTls', 2)
      : bindRefusal(settings)
  if (refusal === null) return up
  return { ready: () => Promise.resolve(refusal), search: () => Promise.resolve(refusal) }
}

function bindRefusal({ bind, bindDn, bindPassword, version }: ServerSettings): SearchFailure | null {
  if (bind === 'none') return null
  if (bind === 'sasl') return failed('bind', -6)
  if (version === 2) return failed('bind', 2)
  if (bindDn === '') return bindPassword === '' ? null : failed('bind', 49)
  if (bindPassword === '') return failed('bind', 53)
  if (!bindDn.includes('=')) return failed('bind', 34)
  return bindDn === 'cn=admin,dc=example,dc=net' && bindPassword === 'secret' ? null : failed('bind', 49)
}

function failed(stage: SearchFailure['stage'], resultCode: number): SearchFailure {
  return { status: 'failed', stage, resultCode, diagnostic: 'scripted' }
}

function tableName(table: string): string {
  if (table.startsWith('main:')) return `ldap:${table.slice('main:'.length)}`
  if (table === '@missing') return `ldap:${ROOT}/tables/no-such-file.cf`
  if (table === '@dir') return `ldap:${ROOT}/tables`
  return `ldap:${ROOT}/tables/${table}.cf`
}

interface OpenTables {
  readonly open: TableOpener
  readonly utf8: boolean
}

/** The tables as a Postfix with this main.cf opens them. */
function openTables(profile: string, up: DirectoryView): OpenTables {
  const access: TableAccess = { readFile, openDirectory: (settings) => openDirectory(settings, up) }
  const mainCf = readMainCf(`${ROOT}/postfix/${profile}`, access)
  if (mainCf.status !== 'read') throw new Error(mainCf.message)
  const { parameters } = mainCf
  return { open: tableOpener(parameters, access), utf8: utf8Mode((name) => parameters.setting(name)) }
}

async function replay(recorded: Case, up: DirectoryView): Promise<PostmapOutput> {
  const { open, utf8 } = openTables(recorded.profile ?? 'utf8', up)
  const names = recorded.tables ?? (recorded.table === undefined ? [] : [recorded.table])
  const tables = names.map((name) => open(tableName(name)))
  const flags = {
    fold: recorded.flags?.includes('-f') !== true,
    utf8: utf8 && recorded.flags?.includes('-u') !== true,
  }
  if (recorded.mode === 'stdin') return postmapStream(tables, octetsOf(recorded.stdinB64), flags)
  return postmapQuery(tables, keyOf(recorded), flags)
}

function keyOf(recorded: Case): string {
  return recorded.key ?? decodeOctets(octetsOf(recorded.keyB64))
}

function octetsOf(base64: string | undefined): Uint8Array {
  return Uint8Array.from(Buffer.from(base64 ?? '', 'base64'))
}

/** In the words of the corpus. */
function classOf(output: PostmapOutput): Pick<Case, 'result' | 'errorClass'> {
  const fatals = output.diagnostics.filter((diagnostic) => diagnostic.severity === 'fatal')
  const isQueryError = fatals.some((diagnostic) => diagnostic.code === 'fatal.query-error')
  const ofError = isQueryError ? 'query-error' : 'config-error'
  const ofOther = output.diagnostics.length > 0 ? 'warning' : 'none'
  return {
    errorClass: fatals.length > 0 ? ofError : ofOther,
    result: output.exitCode === 0 ? 'found' : fatals.length > 0 ? 'error' : 'notfound',
  }
}

function inAnyOrder(text: string): readonly string[] {
  return text.split(/[,\n]/).sort()
}

async function check(recorded: Case, up: DirectoryView): Promise<void> {
  const output = await replay(recorded, up)
  if (NOT_EVALUATED.has(recorded.id)) {
    expect(classOf(output).result).toBe('error')
    return
  }
  const stdout = decodeOctets(output.stdout)
  const wanted = recorded.stdout ?? decodeOctets(octetsOf(recorded.stdoutB64))
  const codes = output.diagnostics.flatMap(({ code }) => RECORDED_CODES.get(code) ?? [code])
  expect({
    stdout: recorded.serverOrder === true ? inAnyOrder(stdout) : stdout,
    exit: output.exitCode,
    diags: codes,
    ...classOf(output),
  }).toEqual({
    stdout: recorded.serverOrder === true ? inAnyOrder(wanted) : wanted,
    exit: recorded.exit,
    diags: recorded.diags ?? [],
    result: recorded.result,
    errorClass: recorded.errorClass,
  })
}

const titled = (list: readonly Case[]): (readonly [string, Case])[] =>
  list.map((recorded) => [`${recorded.id} ${recorded.table ?? recorded.tables?.join(' ') ?? ''}`, recorded])

describe('the recorded lookups of postmap', () => {
  it('are all there, with different numbers', () => {
    expect(new Set(cases.map((recorded) => recorded.id)).size).toBe(1343)
    expect(new Set(furtherCases.map((recorded) => recorded.id)).size).toBe(163)
  })

  it('include each case that is listed as not evaluated', () => {
    const ids = new Set(cases.map((recorded) => recorded.id))
    expect([...NOT_EVALUATED.keys()].filter((id) => !ids.has(id))).toEqual([])
  })

  it.each(titled(cases))('%s', async (_title, recorded) => {
    await check(recorded, directory)
  })

  it.each(titled(furtherCases))('further: %s', async (_title, recorded) => {
    await check(recorded, furtherDirectory)
  })

  it('are the same when the keys of each table are asked together', async () => {
    const keysOf = new Map<string, string[]>()
    for (const recorded of cases) {
      if (recorded.table === undefined || recorded.mode === 'stdin') continue
      keysOf.set(recorded.table, [...(keysOf.get(recorded.table) ?? []), keyOf(recorded)])
    }
    const { open } = openTables('utf8', directory)
    const flags = { fold: true, utf8: true }
    for (const [name, keys] of keysOf) {
      const table = open(tableName(name))
      const singly = await Promise.all(keys.map((key) => table.lookup(key, flags)))
      expect(await table.lookupMany(keys, flags), name).toEqual(singly)
    }
  }, 60_000)
})
