/**
 * The rules of address resolution as readable pairs: testdata/address-rules/NAME.in and NAME.ref.
 *
 * A .in file has sections: [main.cf] replaces parameters of testdata/address-rules/main.cf, where @DIR@ stands
 * for the folder of tables; [rcpt] lists addresses; every other section is a texthash table of that name. The
 * .ref file holds what Postfix 3.7.11 answered: for each address the replies to RCPT TO and to the message, and
 * the recipients in the queue file.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodeOctets } from '@/lib/ldap/octets'
import { resolveAddress } from './resolution'
import { openMailSite } from './resolution-site'
import type { MailSite } from './resolution-site'
import type { TableAccess } from './table-access'
import type { Trace } from './trace'

const DATA = join(import.meta.dirname, 'testdata/address-rules')
const ALWAYS = ['domains', 'alias-domains', 'mailboxes', 'aliases']

type Sections = ReadonlyMap<string, readonly string[]>

function read(name: string): string {
  return readFileSync(join(DATA, name), 'utf8')
}

function sectionsOf(text: string): Sections {
  const sections = new Map<string, string[]>()
  let current: string[] | null = null
  for (const line of text.split('\n')) {
    const heading = /^\[([\w.-]+)\]$/.exec(line)?.[1]
    if (heading !== undefined) {
      current = []
      sections.set(heading, current)
    } else if (line !== '') current?.push(line)
  }
  return sections
}

function parameterOf(line: string): string {
  return line.split('=', 1)[0]?.trim() ?? ''
}

function openPair(sections: Sections): MailSite {
  const changed = sections.get('main.cf') ?? []
  const names = new Set(changed.map(parameterOf))
  const kept = read('main.cf')
    .split('\n')
    .filter((line) => !names.has(parameterOf(line)))
  const files = new Map(ALWAYS.map((name) => [`/tables/${name}`, '']))
  for (const [name, lines] of sections) files.set(`/tables/${name}`, `${lines.join('\n')}\n`)
  files.set('/etc/main.cf', `${[...kept, ...changed].join('\n').replaceAll('@DIR@', '/tables')}\n`)
  const access: TableAccess = {
    readFile(path) {
      const text = files.get(path)
      if (text === undefined) return { status: 'missing', reason: 'No such file or directory' }
      return { status: 'read', octets: encodeOctets(text) }
    },
    openDirectory() {
      throw new Error('no pair has a directory')
    },
  }
  const opened = openMailSite('/etc', access)
  if (opened.status === 'failed') throw new Error(opened.message)
  return opened.site
}

function printed(trace: Trace): string {
  const rcpt = trace.stage === 'RCPT' ? (trace.reply ?? trace.problem ?? '') : '250 2.1.5 Ok'
  const lines = [trace.address, `  RCPT ${rcpt}`]
  if (trace.stage !== 'RCPT') lines.push(`  DATA ${trace.reply ?? trace.problem ?? '250 2.0.0 Ok'}`)
  lines.push(...trace.recipients.map((recipient) => `  queued ${recipient}`))
  return lines.map((line) => `${line.trimEnd()}\n`).join('')
}

const names = readdirSync(DATA).filter((name) => name !== 'main.cf')
const pairs = names.filter((name) => name.endsWith('.in')).map((name) => name.slice(0, -'.in'.length))

describe('address rules', () => {
  it.each(pairs)('%s', async (pair) => {
    const sections = sectionsOf(read(`${pair}.in`))
    const site = openPair(sections)
    let text = ''
    for (const address of sections.get('rcpt') ?? []) text += printed(await resolveAddress(site, address))
    expect(text).toBe(read(`${pair}.ref`))
  })

  it('reads every file', () => {
    expect(names.toSorted()).toEqual(pairs.flatMap((pair) => [`${pair}.in`, `${pair}.ref`]).toSorted())
    expect(pairs.length).toBeGreaterThan(40)
  })
})
