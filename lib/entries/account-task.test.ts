import { describe, expect, test } from 'vitest'
import type { Entry } from '@/lib/ldap/entry'
import { accountTask, type AccountTask, planTask, tidyTask } from './account-task'

function ann(more: Readonly<Record<string, readonly string[]>> = {}): Entry {
  const attributes = {
    objectClass: ['inetOrgPerson', 'PostfixBookMailAccount'],
    mail: ['ann@own.example'],
    mailAlias: ['Shop@own.example', 'b@own.example'],
    ...more,
  }
  return {
    dn: 'uid=ann,ou=Mail',
    attributes: Object.entries(attributes).map(([description, values]) => ({ description, values })),
  }
}

function modifications(entry: Entry, task: AccountTask): readonly string[] {
  return planTask(entry, task).flatMap((change) =>
    change.type === 'modify'
      ? change.modifications.map(
          ({ operation, attribute, values }) => `${operation} ${attribute} ${values.join(' ')}`,
        )
      : ['?'],
  )
}

const forward = (targets: readonly string[], keepCopy: boolean): AccountTask => ({
  task: 'forward',
  entryCsn: '',
  targets: [...targets],
  keepCopy,
})
const FORWARDING = {
  objectClass: ['inetOrgPerson', 'PostfixBookMailAccount', 'postfixbookmailforward'],
  mailForwardingAddress: ['ann@own.example', 'x@own.example'],
}

describe('planTask', () => {
  test('names the alias as the entry spells it', () => {
    expect(modifications(ann(), { task: 'pause', address: 'shop@own.example' })).toEqual([
      'delete mailAlias Shop@own.example',
    ])
    expect(modifications(ann(), { task: 'remove', address: 'other@own.example' })).toEqual([])
    expect(modifications(ann(), { task: 'resume', address: 'SHOP@own.example' })).toEqual([])
  })
  test('takes the class of forwarding with the last alias, if nothing is forwarded', () => {
    const last = { mailAlias: ['b@own.example'] }
    const task: AccountTask = { task: 'remove', address: 'b@own.example' }
    const idle = { ...last, objectClass: FORWARDING.objectClass }
    expect(modifications(ann(idle), task)).toEqual([
      'delete objectClass postfixbookmailforward',
      'delete mailAlias b@own.example',
    ])
    expect(modifications(ann(last), task)).toEqual(['delete mailAlias b@own.example'])
  })
  test('forwards with and without a copy, and not at all', () => {
    expect(modifications(ann(), forward(['x@own.example'], true))).toEqual([
      'add objectClass PostfixBookMailForward',
      'add mailForwardingAddress ann@own.example x@own.example',
    ])
    expect(modifications(ann(FORWARDING), forward(['x@own.example', 'y@own.example'], false))).toEqual([
      'delete mailForwardingAddress ann@own.example',
      'add mailForwardingAddress y@own.example',
    ])
    expect(modifications(ann(FORWARDING), forward([], true))).toEqual([
      'delete mailForwardingAddress ann@own.example x@own.example',
      'delete objectClass postfixbookmailforward',
    ])
    expect(modifications(ann(FORWARDING), forward(['X@own.example'], true))).toEqual([])
    expect(modifications(ann(), forward([], true))).toEqual([])
  })
})

test('tidyTask folds ASCII letters and takes blanks off', () => {
  const task = accountTask.parse({
    task: 'add',
    localpart: ' Shop ',
    domain: 'Own.Example',
    note: ' n ',
    until: '',
  })
  expect(tidyTask(task)).toMatchObject({ localpart: 'shop', domain: 'own.example', note: 'n' })
  expect(tidyTask(forward([' A@x.example', 'a@x.example', ''], true))).toMatchObject({
    targets: ['a@x.example'],
  })
})

test.each([
  { task: 'add', localpart: 'a', domain: 'b', note: '', until: '', dn: 'x' },
  { task: 'add', localpart: 'a', domain: 'b', note: '', until: '1.1.2030' },
  { task: 'add', localpart: ['a'], domain: 'b', note: '', until: '' },
  { task: 'forward', entryCsn: '', targets: Array.from({ length: 6 }, () => 'a@b.net'), keepCopy: true },
  { task: 'rename', address: 'a' },
])('a task of another shape is refused whole: %j', (task) => {
  expect(accountTask.safeParse(task).success).toBe(false)
})
