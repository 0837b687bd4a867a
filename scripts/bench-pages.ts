/**
 * bench-pages - how soon the pages of the panel answer with 100,000 mailboxes, and what they ask of the directory.
 *
 * The production build on a private slapd. Each page is asked as the postmaster over HTTP, some times to warm up
 * and then measured: time to the first byte, time to the last, LDAP operations and round trips (ldap-meter). Beside
 * it stands what reading the list takes by itself, without the page around it (bench-lists), and the same entries
 * asked of the same slapd by ldapsearch, in turn. After a write the server sorts a list anew: that is measured too.
 * Fails when the first byte of a page takes more than 150 ms, or reading a sorted list more than 60 ms.
 *
 * Needs a build (npm run build), slapd, ldap-utils and chromium for the sign-in. Arguments: mailboxes, runs.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { pagesOf, ROWS_PER_PAGE } from '@/lib/entries/list-page'
import { aliasList, domainList, mailboxList, type Reading, timeToRead } from './bench-lists'
import { createDirectory, startDirectory } from './demo/demo-directory'
import { MAIL_BASE, personDn } from './demo/names'
import { startPanel } from './demo/panel'
import { SAMPLE_LOGINS } from './demo/sample-people'
import { startLdapMeter } from './ldap-meter'
import { freePort } from './private-slapd'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const MOST_MILLISECONDS = 150
const MOST_MILLISECONDS_TO_READ = 60
const SIZE_LIMIT_EXCEEDED = 4
const [mailboxes = 100_000, runs = 15] = process.argv.slice(2).map(Number)

interface Measured {
  readonly firstByte: number
  readonly lastByte: number
}

/** The samples are in the list, too, so that this is its last page, or one before it. */
const LAST_PAGE = pagesOf(mailboxes)

interface Page {
  readonly path: string
  /** The options of ldapsearch that ask for the same. */
  readonly search?: readonly string[]
  /** Reads the list as the page does. */
  readonly read?: Reading
}

/** Pages of the staff. */
const PAGES: readonly Page[] = [
  { path: '/overview' },
  {
    path: '/mailboxes',
    search: listed('mail', '(objectClass=PostfixBookMailAccount)'),
    read: mailboxList({}),
  },
  { path: `/mailboxes?page=${LAST_PAGE / 2}`, read: mailboxList({ page: LAST_PAGE / 2 }) },
  { path: `/mailboxes?page=${LAST_PAGE}`, read: mailboxList({ page: LAST_PAGE }) },
  {
    path: '/mailboxes?sort=cn',
    search: listed('cn', '(objectClass=PostfixBookMailAccount)'),
    read: mailboxList({ sortBy: 'cn' }),
  },
  {
    path: '/mailboxes?q=nilsson',
    search: listed('mail', '(|(mail=*nilsson*)(cn=*nilsson*))'),
    read: mailboxList({ text: 'nilsson' }),
  },
  { path: '/mailboxes?domain=domain1.net', read: mailboxList({ domain: 'domain1.net' }) },
  { path: '/mailboxes?kind=disabled', read: mailboxList({ kind: 'disabled' }) },
  { path: '/mailboxes?kind=withFinding' },
  { path: '/domains', read: domainList() },
  { path: '/aliases', read: aliasList() },
  { path: '/lookups?q=superjohn@domain2.me' },
  { path: '/history' },
]

/** The first page of a list, sorted by the server. */
function listed(sort: string, filter: string): readonly string[] {
  return ['-z', String(ROWS_PER_PAGE), '-E', `!sss=${sort}:2.5.13.3`, filter, 'mail', 'cn', 'mailAlias']
}

/** The middle one. */
function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0
}

async function signedInCookie(url: string): Promise<string> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage({ locale: 'en-GB' })
    const login = SAMPLE_LOGINS.find(({ role }) => role === 'postmaster')
    await page.goto(`${url}/sign-in`)
    await page.getByLabel('Mail address or user name').fill(login?.uid ?? '')
    await page.getByLabel('Password').fill(login?.password ?? '')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL((at) => !at.pathname.includes('sign-in'))
    const cookies = await page.context().cookies()
    return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  } finally {
    await browser.close()
  }
}

async function measure(url: string, cookie: string): Promise<Measured> {
  const start = performance.now()
  const response = await fetch(url, { headers: { cookie }, redirect: 'manual' })
  if (response.status !== 200) throw new Error(`${url} answered ${String(response.status)}`)
  const reader = response.body?.getReader()
  await reader?.read()
  const firstByte = performance.now() - start
  while (!(await reader?.read())?.done);
  return { firstByte, lastByte: performance.now() - start }
}

function ldapsearch(uri: string, bind: readonly string[], words: readonly string[]): number {
  const start = performance.now()
  const { status } = spawnSync('ldapsearch', ['-LLL', '-x', '-H', uri, ...bind, '-b', MAIL_BASE, ...words])
  if (status !== 0 && status !== SIZE_LIMIT_EXCEEDED)
    throw new Error(`ldapsearch ended with ${String(status)}`)
  return performance.now() - start
}

/** Changes an entry, so that no list that the server keeps sorted may be used again. */
function touch(uri: string, at: number): void {
  const { LDAP_BIND_DN: dn = '', LDAP_BIND_PASSWORD: password = '' } = process.env
  const input = `dn: ${personDn('johndoe')}\nchangetype: modify\nreplace: title\ntitle: Measured ${at}\n`
  const { status } = spawnSync('ldapmodify', ['-x', '-H', uri, '-D', dn, '-w', password], { input })
  if (status !== 0) throw new Error(`ldapmodify ended with ${String(status)}`)
}

/** The tables of Postfix ask through the meter too. */
function redirectTables(postfix: string, from: string, to: number): void {
  const folder = join(postfix, 'ldap')
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(`:${from}`, `:${String(to)}`))
  }
}

const folder = mkdtempSync(join(tmpdir(), 'postbook-bench-'))
const missed: string[] = []
try {
  await createDirectory(folder, mailboxes)
  const directory = await startDirectory(folder)
  const { LDAP_URL: uri = '', LDAP_BIND_DN: dn = '', LDAP_BIND_PASSWORD: password = '' } = directory.settings
  const ldapPort = new URL(uri).port
  const meter = await startLdapMeter(Number(ldapPort))
  redirectTables(directory.postfix, ldapPort, meter.port)
  const port = await freePort()
  const url = `http://localhost:${String(port)}`
  const settings = {
    ...directory.settings,
    AUTH_URL: url,
    LDAP_URL: uri.replace(ldapPort, String(meter.port)),
  }
  Object.assign(process.env, directory.settings)
  const panel = await startPanel({ root: ROOT, port, settings, logFile: join(folder, 'panel.log') })
  try {
    const cookie = await signedInCookie(url)
    console.log(`${mailboxes} mailboxes, ${runs} runs; milliseconds are medians`)
    console.log(
      'page                              first byte  last byte  operations  round trips  list read  ldapsearch',
    )
    for (const { path, search, read } of PAGES) {
      for (let at = 0; at < 5; at += 1) await measure(url + path, cookie)
      meter.take()
      await measure(url + path, cookie)
      const { operations, roundTrips } = meter.take()
      const times: Measured[] = []
      const theirs: number[] = []
      const reads: number[] = []
      for (let at = 0; at < runs; at += 1) {
        times.push(await measure(url + path, cookie))
        if (read !== undefined) reads.push(await timeToRead(read))
        if (search !== undefined) theirs.push(ldapsearch(uri, ['-D', dn, '-w', password], search))
      }
      const [first, last] = [
        median(times.map(({ firstByte }) => firstByte)),
        median(times.map(({ lastByte }) => lastByte)),
      ]
      console.log(
        [
          path.padEnd(32),
          first.toFixed(0).padStart(11),
          last.toFixed(0).padStart(10),
          String(operations).padStart(11),
          String(roundTrips).padStart(12),
          (reads.length === 0 ? '' : median(reads).toFixed(1)).padStart(10),
          (theirs.length === 0 ? '' : median(theirs).toFixed(0)).padStart(11),
        ].join(' '),
      )
      if (reads.length > 0 && median(reads) > MOST_MILLISECONDS_TO_READ)
        missed.push(`${path}: the list was read in ${median(reads).toFixed(0)} ms`)
      if (first > MOST_MILLISECONDS) missed.push(`${path}: first byte after ${first.toFixed(0)} ms`)
    }
    const anew: Measured[] = []
    for (let at = 0; at < 5; at += 1) {
      touch(uri, at)
      anew.push(await measure(`${url}/mailboxes`, cookie))
    }
    const [first, last] = [
      median(anew.map(({ firstByte }) => firstByte)),
      median(anew.map(({ lastByte }) => lastByte)),
    ]
    console.log(
      `/mailboxes right after a write: first byte ${first.toFixed(0)}, last byte ${last.toFixed(0)}`,
    )
    if (first > MOST_MILLISECONDS) missed.push(`after a write: first byte after ${first.toFixed(0)} ms`)
  } finally {
    await panel.stop()
    await meter.close()
    await directory.stop()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
for (const aim of missed) console.error(`Missed: ${aim}.`)
process.exit(missed.length === 0 ? 0 : 1)
