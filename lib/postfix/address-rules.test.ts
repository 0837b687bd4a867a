/**
 * The rules of address resolution as readable pairs (e2e/delivery/rule-pair.ts), replayed in memory.
 */
import { describe, expect, it } from 'vitest'
import {
  expectedText,
  readRulePair,
  type RulePair,
  rulePairFiles,
  rulePairNames,
} from '@/e2e/delivery/rule-pair'
import { encodeOctets } from '@/lib/ldap/octets'
import { resolveAddress } from './resolution'
import { openMailSite } from './resolution-site'
import type { MailSite } from './resolution-site'
import type { TableAccess } from './table-access'
import type { Trace } from './trace'

function openPair({ mainCf, tables }: RulePair): MailSite {
  const files = new Map(Object.entries(tables).map(([name, text]) => [`/tables/${name}`, text]))
  files.set('/etc/main.cf', `${mainCf.join('\n').replaceAll('@DIR@', '/tables')}\n`)
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

const pairs = rulePairNames()

describe('address rules', () => {
  it.each(pairs)('%s', async (name) => {
    const pair = readRulePair(name)
    const site = openPair(pair)
    let text = ''
    for (const address of pair.addresses) text += printed(await resolveAddress(site, address))
    expect(text).toBe(expectedText(name))
  })

  it('reads every file', () => {
    const read = ['main.cf', ...pairs.flatMap((pair) => [`${pair}.in`, `${pair}.ref`])]
    expect(rulePairFiles().toSorted()).toEqual(read.toSorted())
    expect(pairs.length).toBeGreaterThan(40)
  })
})
