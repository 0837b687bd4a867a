/**
 * The readable pairs of address rules (rule-pair.ts), asked of a real Postfix.
 *
 * The unit test in lib/postfix compares our answers with the .ref files; this one compares Postfix's, so that no
 * .ref file can say what Postfix does not. Every message is held, its recipients are read from the queue file,
 * and it is deleted.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostfix, type PrivatePostfix } from '@/e2e/fixtures/postfix'
import type { PostfixConfiguration } from '@/e2e/fixtures/postfix-files'
import { basePair, expectedText, readRulePair, type RulePair, rulePairNames } from './rule-pair'
import { probe } from './smtp-session'

let postfix: PrivatePostfix

beforeAll(async () => {
  postfix = await startPostfix(configurationOf(basePair()))
})
afterAll(async () => {
  await postfix.stop()
})

function configurationOf({ mainCf, tables }: RulePair): PostfixConfiguration {
  const hold = 'smtpd_data_restrictions = check_client_access static:HOLD'
  return { mainCf: [...mainCf, hold].map((line) => line.replaceAll('@DIR@', '@TABLES@')), tables }
}

const pairs = rulePairNames()

describe('address rules, as Postfix has them', () => {
  it.each(pairs)('%s', async (name) => {
    const pair = readRulePair(name)
    const { addresses } = pair
    await postfix.configure(configurationOf(pair))
    const smtputf8 = !pair.mainCf.includes('smtputf8_enable = no')
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
    expect(lines.map((line) => `${line.trimEnd()}\n`).join('')).toBe(expectedText(name))
  })

  it('has pairs', () => {
    expect(pairs.length).toBeGreaterThan(40)
  })
})
