import { describe, expect, test } from 'vitest'
import type { Entry } from '@/lib/ldap/entry'
import { aliasProblems, aliasSubmission, isAsOpened, planAlias } from './alias-form'

function mailbox(uid: string, aliases: readonly string[] = []): Entry {
  return {
    dn: `uid=${uid},ou=Mail,dc=example,dc=net`,
    attributes: [
      { description: 'mail', values: [`${uid}@domain1.net`] },
      { description: 'mailAlias', values: aliases },
    ],
  }
}

const modify = (uid: string, operation: 'add' | 'delete', value: string) => ({
  type: 'modify',
  dn: `uid=${uid},ou=Mail,dc=example,dc=net`,
  modifications: [{ operation, attribute: 'mailAlias', values: [value] }],
})

describe('the plan', () => {
  const [ann, ben] = [mailbox('ann', ['Sales@domain1.net', 'ann.b@domain1.net']), mailbox('ben')]

  test('makes an alias on each mailbox', () => {
    expect(planAlias('new@domain1.net', [], [ann, ben])).toEqual([
      modify('ann', 'add', 'new@domain1.net'),
      modify('ben', 'add', 'new@domain1.net'),
    ])
  })

  test('moves it: the new one gets it before the old one loses it, as the old one spells it', () => {
    expect(planAlias('sales@domain1.net', [ann], [ben])).toEqual([
      modify('ben', 'add', 'sales@domain1.net'),
      modify('ann', 'delete', 'Sales@domain1.net'),
    ])
  })

  test('adds a destination and touches no other', () => {
    expect(planAlias('sales@domain1.net', [ann], [ann, ben])).toEqual([
      modify('ben', 'add', 'sales@domain1.net'),
    ])
  })

  test('takes it away, and changes nothing where nothing is to be changed', () => {
    expect(planAlias('sales@domain1.net', [ann], [])).toEqual([modify('ann', 'delete', 'Sales@domain1.net')])
    expect(planAlias('sales@domain1.net', [ann], [ann])).toEqual([])
  })
})

test('what is wrong is said beside its field, for a new alias alone', () => {
  const form = { address: 'new@domain1.net', isNew: true, opened: [], destinations: ['a'] }
  expect(aliasProblems(form, null)).toEqual([])
  expect(aliasProblems({ ...form, address: 'nonsense' }, null)).toMatchObject([{ field: 'address' }])
  expect(aliasProblems(form, 'ann@domain1.net')).toEqual([
    {
      field: 'address',
      index: null,
      message: { key: 'aliases.problem.taken', values: { address: 'ann@domain1.net' } },
    },
  ])
  expect(aliasProblems({ ...form, destinations: [] }, null)).toMatchObject([{ field: 'destinations' }])
  // An odd alias that is there already can be taken away.
  expect(aliasProblems({ ...form, address: 'nonsense', isNew: false, destinations: [] }, 'x')).toEqual([])
})

test('another holder, or another state of one, is not what was opened', () => {
  const one = { id: 'a', entryCsn: '1' }
  expect(isAsOpened([one], [one])).toBe(true)
  expect(isAsOpened([one], [{ id: 'a', entryCsn: '2' }])).toBe(false)
  expect(isAsOpened([one], [one, { id: 'b', entryCsn: '1' }])).toBe(false)
  expect(isAsOpened([one], [])).toBe(false)
})

test('anything but the form is refused whole', () => {
  const form = { address: 'a@b.example', isNew: true, opened: [], destinations: [] }
  expect(aliasSubmission.safeParse(form).success).toBe(true)
  for (const odd of [null, {}, { ...form, destinations: ['x'] }, { ...form, address: 'a'.repeat(321) }])
    expect(aliasSubmission.safeParse(odd).success).toBe(false)
})
