import { describe, expect, it, test } from 'vitest'
import type { FoundMailbox, Survey } from '@/lib/lists/survey'
import type { FindingCode } from '@/lib/survey/mailbox-finding'
import { inEnglish } from '@/lib/words/english'
import { domainChecks, mailboxChecks } from './directory-checks'
import type { DirectoryFacts, NamedPerson } from './directory-facts'
import { foundChecks, foundText, listOf } from './health-check'

const SURVEY: Survey = {
  status: 'surveyed',
  time: 0,
  took: 1,
  sums: { mailboxes: 0, disabled: 0, forwarding: 0, aliases: 0, domains: [] },
  hosted: new Set(['own.example', 'second.example']),
  withoutPostmaster: [],
  withoutAbuse: [],
  withoutAddress: [],
  longestList: null,
  found: [],
  foundInAll: 0,
}

function person(name: string, state: NamedPerson['state']): NamedPerson {
  return { name, state, id: state === 'missing' ? '' : `id of ${name}` }
}

const PEOPLE = [person('ann', 'enabled'), person('ben', 'enabled')]

const WELL: DirectoryFacts = {
  status: 'known',
  survey: SURVEY,
  domains: [{ name: 'own.example', administrators: PEOPLE }],
  caseExactDomains: false,
  postmasters: PEOPLE,
  postmastersByClaim: false,
}

/** Each check that is not passed as `code examples`; `code ?` could not be made. */
function told(facts: Partial<DirectoryFacts>): readonly string[] {
  return domainChecks({ ...WELL, ...facts })
    .filter(({ count }) => count !== 0)
    .map(({ code, count, examples }) =>
      count === null ? `${code} ?` : `${code} ${examples.map(({ text }) => text).join(' ')}`,
    )
}

function named(name: string, ...administrators: readonly NamedPerson[]): DirectoryFacts['domains'] {
  return [{ name, administrators }]
}

const CASES: readonly (readonly [string, Partial<DirectoryFacts>, readonly string[]])[] = [
  ['a directory that is well', {}, []],
  [
    'domains without what they need',
    {
      survey: {
        ...SURVEY,
        withoutPostmaster: ['own.example'],
        withoutAbuse: ['own.example', 'second.example'],
        withoutAddress: ['second.example'],
      },
    },
    ['noPostmaster own.example', 'noAbuse own.example second.example', 'emptyDomain second.example'],
  ],
  [
    'a name that is no host name',
    { domains: named('my_domain.example') },
    ['unusableDomainName my_domain.example'],
  ],
  ['a name without a dot', { domains: named('local') }, ['unusableDomainName local']],
  ['upper case where it does not matter', { domains: named('Own.example') }, []],
  [
    'upper case where it does',
    { domains: named('Own.example'), caseExactDomains: true },
    ['unusableDomainName Own.example'],
  ],
  [
    'administrators that are gone or disabled',
    { domains: named('own.example', person('x', 'missing'), person('y', 'disabled')) },
    ['missingAdministrator x', 'disabledAdministrator y'],
  ],
  ['one postmaster', { postmasters: [person('ann', 'enabled')] }, ['fewPostmasters ann']],
  ['one postmaster, and others by a claim', { postmasters: PEOPLE.slice(1), postmastersByClaim: true }, []],
  [
    'postmasters that cannot sign in',
    { postmasters: [person('x', 'missing'), person('y', 'disabled')] },
    ['fewPostmasters POSTMASTER_GROUP', 'missingPostmaster x', 'disabledPostmaster y'],
  ],
  [
    'no group of postmasters',
    { postmasters: null },
    ['fewPostmasters ?', 'missingPostmaster ?', 'disabledPostmaster ?'],
  ],
  [
    'a directory without domains',
    { survey: { ...SURVEY, hosted: null }, domains: [] },
    [
      'unusableDomainName',
      'noPostmaster',
      'noAbuse',
      'emptyDomain',
      'missingAdministrator',
      'disabledAdministrator',
    ].map((code) => `${code} ?`),
  ],
]

describe('domains, administrators and postmasters', () => {
  it.each(CASES)('%s', (_, facts, expected) => {
    expect(told(facts)).toEqual(expected)
  })
})

function mailbox(n: number, ...codes: readonly FindingCode[]): FoundMailbox {
  const mail = `m${n}@own.example`
  const findings = codes.map((code) => ({ code, address: mail, other: '', count: 1, reason: null }))
  return { id: `id ${n}`, mails: [mail], aliases: [], cn: '', uid: `m${n}`, findings }
}

test('mailboxes are counted for each finding, and the list of all is named', () => {
  const checks = mailboxChecks({
    mailboxes: [mailbox(1, 'disabledWithAlias'), mailbox(2, 'shadowedMailbox'), mailbox(3, 'shadowingAlias')],
    counts: [
      { code: 'shadowedMailbox', count: 1 },
      { code: 'disabledWithAlias', count: 7 },
      { code: 'shadowingAlias', count: 1 },
    ],
  })
  expect(checks).toHaveLength(11)
  const found = foundChecks(checks)
  expect(found.map(({ code, severity, count }) => [code, severity, count])).toEqual([
    ['shadowedMailbox', 'fault', 1],
    ['disabledWithAlias', 'notice', 7],
  ])
  expect(found[0]?.examples).toEqual([
    { text: 'm2@own.example', about: null, place: { page: 'mailbox', id: 'id 2' } },
  ])
  expect(listOf('shadowedMailbox')).toBe('/mailboxes?kind=withFinding&finding=shadowedMailbox')
  expect(listOf('noAbuse')).toBeNull()
})

test('a sentence says how many', () => {
  expect(inEnglish(foundText({ code: 'noAbuse', count: 2 }))).toBe('2 domains have no abuse@.')
  expect(inEnglish(foundText({ code: 'shadowedMailbox', count: 1 }))).toContain('1 mailbox gets no mail')
})
