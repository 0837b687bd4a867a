import { expect, test } from 'vitest'
import type { Entry } from '@/lib/ldap/entry'
import { bulkProblem, bulkTask, planBulk } from './bulk-task'

const entry: Entry = {
  dn: 'uid=jd,ou=Mail,dc=example,dc=net',
  attributes: [
    { description: 'mail', values: ['JD@example.net'] },
    { description: 'mailAlias', values: ['jd@other.net'] },
    { description: 'mailQuota', values: ['1024'] },
  ],
}

test('only what is to be changed is planned', () => {
  expect(planBulk(entry, { task: 'enable' })).toEqual([])
  expect(planBulk(entry, { task: 'disable' })).toHaveLength(1)
  expect(planBulk(entry, { task: 'quota', quota: '1 MB' })).toEqual([])
  expect(planBulk(entry, { task: 'quota', quota: '' })).toMatchObject([
    { modifications: [{ operation: 'replace', attribute: 'mailQuota', values: [] }] },
  ])
  expect(planBulk(entry, { task: 'alias', domain: 'other.net' })).toEqual([])
  expect(planBulk(entry, { task: 'alias', domain: 'new.net' })).toMatchObject([
    { modifications: [{ operation: 'add', attribute: 'mailAlias', values: ['jd@new.net'] }] },
  ])
  expect(planBulk(entry, { task: 'delete' })).toEqual([{ type: 'delete', dn: entry.dn }])
})

test('what cannot be is said before anything is read', () => {
  expect(bulkProblem({ task: 'quota', quota: 'plenty' })).not.toBeNull()
  expect(bulkProblem({ task: 'alias', domain: 'not a domain' })).not.toBeNull()
  expect(bulkProblem({ task: 'alias', domain: 'new.net' })).toBeNull()
  expect(bulkTask.safeParse({ task: 'format' }).success).toBe(false)
})
