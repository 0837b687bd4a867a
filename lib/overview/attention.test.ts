import { expect, test } from 'vitest'
import type { FindingCode, MailboxFinding } from '@/lib/survey/mailbox-finding'
import { attentionOf } from './attention'

function found(n: number, ...codes: readonly FindingCode[]) {
  const mail = `m${n}@own.example`
  const findings = codes.map((code): MailboxFinding => ({
    code,
    address: code === 'withoutAddress' ? '' : mail,
    other: '',
    count: 1,
    reason: null,
  }))
  return { id: `id ${n}`, mails: [mail], aliases: [], cn: '', uid: `m${n}`, findings }
}

test('counts mailboxes for each finding, and names the first few of many', () => {
  const mailboxes = Array.from({ length: 20 }, (_, n) => found(n, 'unhostedMailbox', 'disabledWithAlias'))
  const counts = [{ code: 'unhostedMailbox' as const, count: 20 }]
  const [item, ...others] = attentionOf({ mailboxes, counts }, [])
  expect(item).toMatchObject({ code: 'unhostedMailbox', count: 20, examples: { length: 5 } })
  expect(item?.examples[0]).toEqual({ address: 'm0@own.example', mailbox: 'id 0' })
  expect(others).toEqual([])
})

test('the other end of a finding is no item, and domains come last', () => {
  const mailboxes = [found(1, 'shadowingAlias'), found(2, 'withoutAddress')]
  const counts = [
    { code: 'withoutAddress' as const, count: 1 },
    { code: 'shadowingAlias' as const, count: 1 },
  ]
  expect(attentionOf({ mailboxes, counts }, ['empty.example'])).toEqual([
    { code: 'withoutAddress', count: 1, examples: [{ address: 'm2@own.example', mailbox: 'id 2' }] },
    { code: 'noPostmaster', count: 1, examples: [{ address: 'empty.example', mailbox: null }] },
  ])
})
