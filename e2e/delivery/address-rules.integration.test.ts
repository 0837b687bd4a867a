/**
 * The readable pairs of lib/postfix/testdata/address-rules, asked of a real Postfix.
 *
 * The unit test beside them compares our answers with the .ref files; this one compares Postfix's, so that no
 * .ref file can say what Postfix does not. Every message is held, its recipients are read from the queue file,
 * and it is deleted. The format of the pairs is described in lib/postfix/address-rules.test.ts.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostfix, type PostfixConfiguration, type PrivatePostfix } from '@/e2e/fixtures/postfix'
import { probe } from './smtp-session'

const DATA = fileURLToPath(new URL('../../lib/postfix/testdata/address-rules', import.meta.url))
const ALWAYS = ['domains', 'alias-domains', 'mailboxes', 'aliases']

type Sections = ReadonlyMap<string, readonly string[]>

let postfix: PrivatePostfix

beforeAll(async () => {
  postfix = await startPostfix(configurationOf(new Map()))
})
afterAll(async () => {
  await postfix.stop()
})

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

function configurationOf(sections: Sections): PostfixConfiguration {
  const changed = sections.get('main.cf') ?? []
  const names = new Set(changed.map(parameterOf))
  const kept = read('main.cf')
    .split('\n')
    .filter((line) => !line.startsWith('#') && !names.has(parameterOf(line)))
  const tables = Object.fromEntries(ALWAYS.map((name) => [name, '']))
  for (const [name, lines] of sections) {
    if (name !== 'main.cf' && name !== 'rcpt') tables[name] = `${lines.join('\n')}\n`
  }
  const hold = 'smtpd_data_restrictions = check_client_access static:HOLD'
  return {
    mainCf: [...kept, ...changed, hold].map((line) => line.replaceAll('@DIR@', '@TABLES@')),
    tables,
  }
}

const pairs = readdirSync(DATA)
  .filter((name) => name.endsWith('.in'))
  .map((name) => name.slice(0, -'.in'.length))

describe('address rules, as Postfix has them', () => {
  it.each(pairs)('%s', async (pair) => {
    const sections = sectionsOf(read(`${pair}.in`))
    await postfix.configure(configurationOf(sections))
    const addresses = sections.get('rcpt') ?? []
    const smtputf8 = !(sections.get('main.cf') ?? []).includes('smtputf8_enable = no')
    const answers = await probe(postfix.port, addresses, { smtputf8 })
    const ids = answers.flatMap(({ queueId }) => queueId ?? [])
    const queued = await postfix.queuedRecipients(ids)
    await postfix.discard(ids)
    const lines = answers.flatMap(({ rcpt, data, queueId }, at) => [
      addresses[at] ?? '',
      `  RCPT ${rcpt}`,
      ...(data === null ? [] : [`  DATA ${data}`]),
      ...(queueId === null ? [] : (queued.get(queueId) ?? ['(not in the queue)'])).map(
        (recipient) => `  queued ${recipient}`,
      ),
    ])
    expect(lines.map((line) => `${line.trimEnd()}\n`).join('')).toBe(read(`${pair}.ref`))
  })

  it('has pairs', () => {
    expect(pairs.length).toBeGreaterThan(40)
  })
})
