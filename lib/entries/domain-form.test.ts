import { describe, expect, test } from 'vitest'
import { parseDn } from '@/lib/ldap/dn'
import type { Entry } from '@/lib/ldap/entry'
import { inEnglish } from '@/lib/words/english'
import { EMPTY_DOMAIN_FORM, readDomain } from './domain'
import {
  domainProblems,
  newNameProblems,
  planDomain,
  planNewDomain,
  soundDomainForm,
  tidyDomainForm,
} from './domain-form'
import { tidyDomainName } from './domain-name'

const ENTRY: Entry = {
  dn: 'dc=example.net,ou=Domains,dc=example,dc=net',
  attributes: [
    { description: 'objectClass', values: ['dNSDomain'] },
    { description: 'dc', values: ['Example.NET'] },
    { description: 'description', values: ['Head office', 'second'] },
    { description: 'mXRecord', values: ['10 mail.example.net', 'odd'] },
    { description: 'associatedName', values: ['uid=a,dc=x'] },
    { description: 'manager', values: ['uid=b,dc=x'] },
    { description: 'entryUUID', values: ['4f'] },
  ],
}

test('a domain is read with its name in lower case and the administrators of the site’s attribute', () => {
  expect(readDomain(ENTRY)).toMatchObject({ id: '4f', name: 'example.net', administrators: ['uid=a,dc=x'] })
  expect(readDomain(ENTRY, 'manager').administrators).toEqual(['uid=b,dc=x'])
})

test.each([
  [' Example.NET. ', null],
  ['@example.net', null],
  ['xn--mller-kva.example', null],
  ['', 'Type the name'],
  ['müller.example', 'xn-- form'],
  ['localhost', 'whole domain'],
  ['a b.example', 'not a host name'],
  ['-a.example', 'not a host name'],
])('the name %o', (typed, problem) => {
  const problems = newNameProblems(typed).map(({ message }) => inEnglish(message))
  if (problem === null) expect(problems).toEqual([])
  else expect(problems.join()).toContain(problem)
})

describe('records', () => {
  test('what cannot be such a record is named with its place, and what is there already may stay', () => {
    const form = tidyDomainForm({
      description: ' d ',
      records: {
        ...EMPTY_DOMAIN_FORM.records,
        mXRecord: [' 10 mail.example.net ', '', 'odd', 'mail'],
        aRecord: ['192.0.2.1', '192.0.2.256'],
        nSRecord: ['ns1.example.net.', 'ä'],
        sOARecord: ['anything 1 2 3'],
      },
    })
    const problems = domainProblems(form, readDomain(ENTRY).form)
    expect(problems.map(({ field, index }) => [field, index])).toEqual([
      ['mXRecord', 2],
      ['aRecord', 1],
      ['nSRecord', 1],
    ])
    const { records } = soundDomainForm(form, problems)
    expect(records).toMatchObject({
      mXRecord: ['10 mail.example.net', 'odd'],
      aRecord: ['192.0.2.1'],
      nSRecord: ['ns1.example.net.'],
    })
  })
})

test('only what differs is changed, and further descriptions stay', () => {
  const form = { ...readDomain(ENTRY).form, description: 'Main office' }
  const records = { ...form.records, mXRecord: ['odd'], aRecord: ['192.0.2.1'] }
  expect(planDomain(ENTRY, { ...form, records })).toEqual([
    {
      type: 'modify',
      dn: ENTRY.dn,
      modifications: [
        { operation: 'delete', attribute: 'description', values: ['Head office'] },
        { operation: 'add', attribute: 'description', values: ['Main office'] },
        { operation: 'delete', attribute: 'mXRecord', values: ['10 mail.example.net'] },
        { operation: 'add', attribute: 'aRecord', values: ['192.0.2.1'] },
      ],
    },
  ])
  expect(planDomain(ENTRY, readDomain(ENTRY).form)).toEqual([])
})

test('a new domain gets what is filled in', () => {
  const base = parseDn('ou=Domains,dc=example,dc=net') ?? []
  expect(
    planNewDomain(base, tidyDomainName('New.example'), { ...EMPTY_DOMAIN_FORM, description: 'x' }),
  ).toEqual({
    type: 'add',
    dn: 'dc=new.example,ou=Domains,dc=example,dc=net',
    attributes: [
      { description: 'objectClass', values: ['dNSDomain'] },
      { description: 'dc', values: ['new.example'] },
      { description: 'description', values: ['x'] },
    ],
  })
})
