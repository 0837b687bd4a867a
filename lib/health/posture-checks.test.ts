import { describe, expect, it, test } from 'vitest'
import { encodeOctets } from '@/lib/ldap/octets'
import { defaultSchema } from '@/lib/ldap/default-schema'
import { ldapTableConfiguration } from '@/lib/postfix/ldap-table-parameters'
import { readMainCf } from '@/lib/postfix/main-cf'
import { postureChecks, type PostureContext } from './posture-checks'
import type { DomainClasses, PostureFacts, TableFacts } from './posture-facts'

const CONTEXT: PostureContext = {
  schema: defaultSchema(),
  bases: ['ou=Domains,dc=example,dc=net', 'ou=Mail,dc=example,dc=net'],
  survey: { longestList: null, sums: { disabled: 0 } },
}
const MAIN_CF =
  'compatibility_level = 3.6\nvirtual_mailbox_domains = own.example\nvirtual_mailbox_maps = ldap:m\n'

function mainCf(text: string): PostureFacts['mainCf'] {
  const read = readMainCf('/etc/postfix', {
    readFile: () => ({ status: 'read', octets: encodeOctets(text) }),
  })
  if (read.status === 'failed') throw new Error(read.message)
  return read.parameters
}

const USUAL = {
  server_host: 'ldaps://ldap.example.net',
  tls_require_cert: 'yes',
  bind_dn: 'cn=postfix,dc=example,dc=net',
  bind_pw: 'secret',
  search_base: 'ou=Mail,dc=example,dc=net',
  query_filter: '(mailAlias=%s)',
  result_attribute: 'mail',
}

function table(parameters: Partial<Record<string, string>> = {}, more: Partial<TableFacts> = {}): TableFacts {
  const written: Readonly<Record<string, string | undefined>> = { ...USUAL, ...parameters }
  const parsed = ldapTableConfiguration('ldap:/t.cf', (name) => written[name])
  if (parsed.status === 'invalid') throw new Error('This is no table.')
  return {
    parameter: 'virtual_alias_maps',
    name: 'ldap:/t.cf',
    configuration: parsed.configuration,
    isUnserved: false,
    openSecret: null,
    problem: null,
    ...more,
  }
}

function domain(name: string, ...lists: DomainClasses['lists']): DomainClasses {
  return { name, lists, problem: null }
}

const WELL: PostureFacts = {
  mainCf: mainCf(MAIN_CF),
  tables: [table()],
  domains: [domain('own.example', 'virtualMailbox')],
  hosted: 1,
}

/** Each check that is not passed as `code example about`; `code ?` could not be made. */
function told(
  facts: Partial<PostureFacts>,
  context: Partial<PostureContext['survey']> = {},
): readonly string[] {
  return postureChecks(
    { ...WELL, ...facts },
    { ...CONTEXT, survey: { ...CONTEXT.survey, ...context } },
  ).flatMap(({ code, count, examples }) =>
    count === null ? [`${code} ?`] : examples.map(({ text }) => `${code} ${text}`),
  )
}

const with_ = (text: string): Partial<PostureFacts> => ({ mainCf: mainCf(`${MAIN_CF}${text}\n`) })
const asked = (...tables: readonly TableFacts[]): Partial<PostureFacts> => ({ tables })

const CASES: readonly (readonly [string, Partial<PostureFacts>, readonly string[]])[] = [
  ['a configuration that is well', {}, []],
  ['a table that fails', asked(table({}, { problem: 'Unable to bind' })), ['tableFails ldap:/t.cf']],
  ['a domain in no list', { domains: [domain('own.example')] }, ['domainNotServed own.example']],
  [
    'a domain in two lists',
    { domains: [domain('own.example', 'mydestination', 'virtualMailbox')] },
    ['domainInTwoClasses own.example'],
  ],
  ['an alias domain of the directory', { domains: [domain('own.example', 'virtualAlias')] }, []],
  [
    'lists that cannot be asked',
    { domains: [{ name: 'own.example', lists: [], problem: 'hash' }] },
    ['domainNotServed ?', 'domainInTwoClasses ?'],
  ],
  [
    'no table of mailboxes',
    with_('virtual_mailbox_maps ='),
    ['unknownRecipientsAccepted virtual_mailbox_maps ='],
  ],
  [
    'every address is a mailbox',
    with_('virtual_mailbox_maps = static:all'),
    ['unknownRecipientsAccepted virtual_mailbox_maps = static:all'],
  ],
  ['no mailbox domains and no mailboxes', with_('virtual_mailbox_maps =\nvirtual_mailbox_domains ='), []],
  [
    'recipients are not checked',
    with_('smtpd_reject_unlisted_recipient = no'),
    ['unlistedRecipientsAccepted smtpd_reject_unlisted_recipient = no'],
  ],
  [
    'recipients are checked by a restriction',
    with_('smtpd_reject_unlisted_recipient = no\nsmtpd_recipient_restrictions = reject_unlisted_recipient'),
    [],
  ],
  [
    'recipients are let pass',
    with_('receive_override_options = no_unknown_recipient_checks'),
    ['unlistedRecipientsAccepted receive_override_options = no_unknown_recipient_checks'],
  ],
  ['a table that proxymap refuses', asked(table({}, { isUnserved: true })), ['tableNotProxied ldap:/t.cf']],
  [
    'a filter without a key',
    asked(table({ query_filter: '(mail=100%%s)' })),
    ['filterWithoutKey ldap:/t.cf'],
  ],
  [
    'a key in the base',
    asked(table({ query_filter: '(mail=*)', search_base: 'uid=%u,ou=Mail,dc=example,dc=net' })),
    [],
  ],
  [
    'an attribute that is none',
    asked(table({ result_attribute: 'mial' })),
    ['unknownResultAttribute ldap:/t.cf'],
  ],
  ['a file that everybody reads', asked(table({}, { openSecret: '/t.cf' })), ['secretReadable /t.cf']],
  ['a password in clear text', asked(table({ server_host: 'ldap.example.net' })), ['clearText ldap:/t.cf']],
  ['StartTLS', asked(table({ server_host: 'ldap.example.net', start_tls: 'yes' })), []],
  ['a server on this machine', asked(table({ server_host: 'localhost' })), []],
  ['no bind', asked(table({ server_host: 'ldap.example.net', bind: 'no' })), []],
  [
    'nobody looks at the certificate',
    asked(table({ tls_require_cert: 'no' })),
    ['certificateUnchecked ldap:/t.cf'],
  ],
  ['another base', asked(table({ search_base: 'ou=Else,dc=example,dc=net' })), ['baseOutside ldap:/t.cf']],
  ['a wider base', asked(table({ search_base: 'dc=example,dc=net' })), []],
  [
    'another base of a table that is not about mail',
    asked(table({ search_base: 'ou=Else,dc=example,dc=net' }, { parameter: 'smtpd_sender_login_maps' })),
    [],
  ],
  [
    'one of two heeds mailEnabled',
    asked(table(), table({ query_filter: '(&(mail=%s)(mailEnabled=TRUE))' }, { name: 'ldap:/heeding.cf' })),
    ['enabledDisagrees ldap:/t.cf'],
  ],
  [
    'members are to be followed and must not',
    asked(table({ special_result_attribute: 'member', recursion_limit: '1' })),
    ['limitTooSmall ldap:/t.cf recursion_limit = 1'],
  ],
  [
    'few rewrites',
    with_('virtual_alias_recursion_limit = 2'),
    ['limitTooSmall virtual_alias_recursion_limit = 2'],
  ],
]

describe('the mail configuration', () => {
  it.each(CASES)('%s', (_, facts, expected) => {
    expect(told(facts)).toEqual(expected)
  })

  it('needs limits for the longest list of the directory', () => {
    const tables = [table({ expansion_limit: '2' }), table({ size_limit: '3' })]
    const longest = (mailboxes: number) => ({ longestList: { address: 'all@own.example', mailboxes } })
    expect(told({ tables }, longest(2))).toEqual([])
    expect(told({ tables }, longest(3))).toEqual(['limitTooSmall ldap:/t.cf expansion_limit = 2'])
    const few = { tables, ...with_('virtual_alias_expansion_limit = 3') }
    expect(told(few, longest(4))).toEqual([
      'limitTooSmall ldap:/t.cf expansion_limit = 2',
      'limitTooSmall ldap:/t.cf size_limit = 3',
      'limitTooSmall virtual_alias_expansion_limit = 3',
    ])
  })

  it('may let disabled mailboxes get mail, if there are any', () => {
    const sums = { sums: { disabled: 1 } }
    expect(told({}, sums)).toEqual(['disabledReceives ldap:/t.cf'])
    expect(told(asked(table({ query_filter: '(&(mail=%s)(!(mailEnabled=FALSE)))' })), sums)).toEqual([])
  })
})

test('how far the domains were looked for is said', () => {
  const notes = postureChecks({ ...WELL, hosted: 900 }, CONTEXT).flatMap(({ note }) =>
    note === null ? [] : [note],
  )
  expect(notes).toHaveLength(2)
  expect(notes[0]).toEqual({ key: 'health.firstDomains', values: { asked: 1, hosted: 900 } })
})
