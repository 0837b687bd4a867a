import { expect, test } from 'vitest'
import type { Preview, TraceSummary } from '@/lib/changes/preview-result'
import type { AccountTask } from '@/lib/entries/account-task'
import { taskSentence } from './task-sentence'

const MAIL = 'ann@own.example'

function preview(address: string, after: Partial<TraceSummary>): Preview {
  const summary: TraceSummary = {
    address,
    accepted: true,
    stage: null,
    reply: null,
    problem: null,
    domainClass: 'virtualMailbox',
    recipients: [],
    deliveries: [],
    forwards: [],
    locals: [],
    bounces: [],
    deferrals: [],
    ...after,
  }
  return {
    checksum: '',
    ldif: '',
    entries: [],
    lookups: [],
    addresses: [{ address, before: summary, after: summary }],
    findings: [],
    rehearsal: { status: 'accepted', resultCode: null, message: '', attribute: null },
  }
}

const ADD: AccountTask = { task: 'add', localpart: 'Shop', domain: 'own.example', note: '', until: '' }
const PAUSE: AccountTask = { task: 'pause', address: 'shop@own.example' }
const FORWARD: AccountTask = { task: 'forward', entryCsn: '', targets: ['out@x.example'], keepCopy: true }

test.each([
  [ADD, { deliveries: ['ANN@own.example'] }, 'reaches', ''],
  [ADD, { deliveries: [MAIL, '…'] }, 'reachesWith', '…'],
  [ADD, { deliveries: [MAIL], accepted: false }, 'reachesNot', ''],
  [ADD, { problem: 'server down' }, 'unknown', ''],
  [PAUSE, { accepted: false }, 'refused', ''],
  [PAUSE, { deliveries: ['…'] }, 'refusedNot', ''],
] as const)('%j with %j', (task, after, key, targets) => {
  expect(taskSentence(preview('shop@own.example', after), task, 'Shop@own.example', MAIL)).toEqual({
    key,
    targets,
    address: 'shop@own.example',
  })
})

test('forwarding names what was typed, and whether a copy really stays', () => {
  const sentence = (after: Partial<TraceSummary>) => taskSentence(preview(MAIL, after), FORWARD, MAIL, MAIL)
  expect(sentence({ deliveries: ['…', MAIL] })).toMatchObject({
    key: 'goesOnAndStays',
    targets: 'out@x.example',
  })
  expect(sentence({ deliveries: ['…'] })).toMatchObject({ key: 'goesOn', targets: 'out@x.example' })
  expect(sentence({ deliveries: [MAIL] })).toMatchObject({ key: 'reaches' })
})

test('what the preview does not tell is not claimed', () => {
  expect(taskSentence(preview('other@own.example', {}), ADD, 'shop@own.example', MAIL).key).toBe('same')
})
