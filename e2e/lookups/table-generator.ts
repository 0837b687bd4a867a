/**
 * table-generator - random tables of ldap_table(5), as the lines of a .cf file.
 *
 * Most are such as a site could have; each parameter that has an influence on answers is sometimes set to
 * something odd, and rarely to something that Postfix refuses. Authority: ldap_table(5).
 */
import fc from 'fast-check'
import { PASSWORD, SUFFIX } from './differential-server'

/** A list to choose from, with how often each choice comes. */
function choice(
  ...weighted: readonly (readonly [weight: number, ...values: readonly string[]])[]
): fc.Arbitrary<string> {
  return fc.oneof(
    ...weighted.map(([weight, ...values]) => ({
      weight: weight * values.length,
      arbitrary: fc.constantFrom(...values),
    })),
  )
}

const searchBase = choice(
  [60, '@BASE@'],
  [40, 'ou=people,@BASE@'],
  [4, 'ou=groups,@BASE@', 'ou=domains,@BASE@', 'ou=%d,@BASE@'],
  [
    2,
    'OU=People, @BASE@',
    'ou=%u,@BASE@',
    'dc=%d,ou=domains,@BASE@',
    'uid=p1,ou=people,@BASE@',
    'ou=hidden,@BASE@',
  ],
  [
    1,
    'uid=%s,ou=people,@BASE@',
    'cn=l0,@BASE@',
    'ou=none,@BASE@',
    'ou=none%%,@BASE@',
    'ou=%2.%1,@BASE@',
    'no dn',
    '',
  ],
  [1, 'cn=ref,@BASE@', 'ou=%x,@BASE@', 'bogus=%s,@BASE@', 'uid=\\zz,@BASE@'],
)

const queryFilter = choice(
  [60, '(mail=%s)', '(mailAlias=%s)', '(|(mail=%s)(mailAlias=%s))'],
  [30, '(&(objectClass=inetOrgPerson)(mail=%s))', '(&(objectClass=PostfixBookMailAccount)(mailAlias=%s))'],
  [8, '(&(objectClass=dNSDomain)(dc=%s))', '(dc=%d)', 'mail=%s', '(cn=%s)', '(uid=%u)', '(description=%s)'],
  [
    4,
    '(mail=*@%d)',
    '(mail=%u@*)',
    '(|(mail=%s)(mailAlias=@%d))',
    '(&(mail=%s)(!(mailEnabled=FALSE)))',
    '(cn=%u)',
  ],
  [
    4,
    '(&(objectClass=groupOfNames)(mail=%s))',
    '(cn=g1)',
    '(|(mail=%s)(cn=g0))',
    '(mailGroupMember=%s)',
    '(title=%s)',
  ],
  [
    3,
    '(description=*%u*)',
    '(&(mail=%s)(title=*))',
    '(description;lang-de=%s)',
    '(rfc822Mailbox=%s)',
    '(jpegPhoto=%s)',
  ],
  [
    3,
    '(&(|(mail=%s)(mailAlias=%s))(uid=p*))',
    '(&(mail=%s)(mailAlias=%u@a.net))',
    '(mail=%u@%d)',
    '(uid=p%1)',
    '(name=%s)',
  ],
  [
    2,
    '(!(mail=%s))',
    '(&)',
    '(|)',
    '(mail>=%s)',
    '(mail~=%s)',
    '(member=%s)',
    '(entryDN=uid=%s,ou=people,@BASE@)',
  ],
  [
    2,
    '(cn:caseExactMatch:=%s)',
    '(member=uid=%u,ou=people,@BASE@)',
    '(mail=\\%s)',
    '( mail=%s)',
    '(mail= %s)',
    '(nosuch=%s)',
  ],
  [
    2,
    '(|(nosuch=%s)(mail=%s))',
    '(2.5.4.3=%s)',
    '(objectClass=%s)',
    '(cn=%1)',
    '(mail=%%s)',
    '(&(mail=%s) (uid=*))',
    '(cn=\\c3%s)',
  ],
  [
    1,
    '(mail=%s',
    '(mail=%s))',
    '((mail=%s))',
    '(%u=%d)',
    '(mail=**%s)',
    '(&(mail=%s)',
    '(=%s)',
    '(a_b=%s)',
    '',
    '%s',
    '(mail=%q)',
  ],
)

const name = choice(
  [30, 'mail'],
  [5, 'cn', 'uid', 'mailAlias', 'description', 'dc'],
  [
    2,
    'description;lang-de',
    'title',
    'member',
    'seeAlso',
    'labeledURI',
    'jpegPhoto',
    'MAIL',
    'mailGroupMember',
  ],
  [
    1,
    'description;lang-en',
    'rfc822Mailbox',
    'entryDN',
    'nosuch',
    '*',
    'name',
    'objectClass',
    'description;lang-de;lang-en',
  ],
)
const names = fc
  .tuple(fc.uniqueArray(name, { minLength: 1, maxLength: 3 }), fc.constantFrom(', ', ' ', ','))
  .map(([list, separator]) => list.join(separator))
const special = choice(
  [8, 'member'],
  [3, 'labeledURI', 'seeAlso', 'member labeledURI', 'associatedName'],
  [1, 'description', 'cn'],
)

const resultFormat = choice(
  [6, '%s'],
  [3, '%u', '%d', 'OK', '%s/%S', '%U+%u@%d', 'smtp:[%d]', '%1', '%2.%1'],
  [1, '', '%%%s', 'é%s', '%D', '%9', '%s,%s', '\udcff%s', '%', '%x', ' %s x '],
)

const domainItem = choice(
  [6, 'a.net', 'b.example', 'A.NET', 'X.com'],
  [3, '!a.net', '!!b.example', '.net', 'localhost', 'xn--mnchen-3ya.de'],
  [
    2,
    '@FOLDER@/domains',
    '!@FOLDER@/domains',
    'static:all',
    'inline:{a.net=x}',
    '!static:all',
    '{a.net b.example}',
  ],
  [1, '#x', '@FOLDER@/none', '!', 'fail:1', 'nosuch:x', 'münchen.de', '*', 'inline:{B.example=x}'],
)
const domain = fc
  .tuple(fc.array(domainItem, { minLength: 1, maxLength: 4 }), fc.constantFrom(', ', ' '))
  .map(([items, separator]) => items.join(separator))

const host = choice(
  [120, '@URI@'],
  [5, '@URI@/', 'ldap://127.0.0.1:1 @URI@', '127.0.0.1:@PORT@', '@URI@/dc=x??base?(a=b)', '<URL:@URI@>'],
  [
    2,
    'ldap://127.0.0.1:1, ldap://[::1]:1, @URI@',
    '@URI@ ldap://127.0.0.1:1',
    'ldap:///%zz @URI@',
    'LDAP://127.0.0.1:@PORT@',
  ],
  [1, 'ldap://127.0.0.1:1', '127.0.0.1', 'http://x', '', ',', '@URI@ http://x', 'ldap://127.0.0.1:x @URI@'],
)

const binds = [
  [8, ['bind = no']],
  [8, []],
  [8, [`bind_dn = cn=service,${SUFFIX}`, `bind_pw = ${PASSWORD}`]],
  [8, ['bind = simple', `bind_dn = cn=postfix,${SUFFIX}`, `bind_pw = ${PASSWORD}`]],
  [1, ['bind = none', `bind_dn = cn=service,${SUFFIX}`, 'bind_pw = wrong']],
  [1, [`bind_dn = cn=service,${SUFFIX}`, 'bind_pw = wrong']],
  [1, [`bind_dn = cn=service,${SUFFIX}`]],
  [1, ['bind_pw = secret']],
  [1, ['bind_dn = nonsense', 'bind_pw = secret']],
  [1, ['bind = perhaps']],
] as const
const bind: fc.Arbitrary<readonly string[]> = fc.oneof(
  ...binds.map(([weight, lines]) => ({ weight, arbitrary: fc.constant([...lines]) })),
)

/** A line in one of so many tables. */
function sometimes(
  outOf: number,
  parameter: string,
  value: fc.Arbitrary<string>,
): fc.Arbitrary<readonly string[]> {
  return fc.oneof(
    { weight: outOf - 1, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: value.map((text) => [`${parameter} = ${text}`]) },
  )
}

function always(parameter: string, value: fc.Arbitrary<string>): fc.Arbitrary<readonly string[]> {
  return value.map((text) => [`${parameter} = ${text}`])
}

const limit = choice([4, '1', '2', '3'], [2, '0', '10'], [1, '-1', '1x', '', '99999999999'])

/** The lines of a table file. */
export const tableLines: fc.Arbitrary<readonly string[]> = fc
  .tuple(
    always('server_host', host),
    always('search_base', searchBase),
    sometimes(40, 'server_port', choice([1, '@PORT@', '1', 'x'])),
    fc.oneof(
      { weight: 19, arbitrary: always('query_filter', queryFilter) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    fc.oneof(
      { weight: 19, arbitrary: always('result_attribute', names) },
      sometimes(2, 'result_attribute', fc.constant('')),
    ),
    sometimes(3, 'special_result_attribute', special),
    sometimes(8, 'leaf_result_attribute', names),
    sometimes(8, 'terminal_result_attribute', names),
    sometimes(3, 'result_format', resultFormat),
    sometimes(15, 'result_filter', resultFormat),
    sometimes(4, 'scope', choice([6, 'sub', 'one', 'base'], [1, 'SUB', 'One', 'tree', ''])),
    sometimes(10, 'domain', domain),
    fc.tuple(
      sometimes(5, 'expansion_limit', limit),
      sometimes(8, 'size_limit', limit),
      sometimes(6, 'recursion_limit', choice([4, '1', '2', '3'], [1, '20', '0', '-1'])),
      sometimes(8, 'dereference', choice([4, '0', '1', '2', '3'], [1, '4', 'x'])),
      sometimes(12, 'version', choice([4, '3', '2'], [1, '4', '1', 'three'])),
      bind,
      sometimes(25, 'start_tls', choice([1, 'yes', 'no', 'maybe'])),
      sometimes(25, 'chase_referrals', choice([3, 'no'], [1, 'NO', 'perhaps'])),
      sometimes(25, 'timeout', choice([4, '5', '30'], [1, '0', '-1', '10s'])),
      sometimes(50, 'cache', choice([1, 'yes', 'no', '1'])),
    ),
    sometimes(60, 'query_filter', fc.constant('(uid=p1)')),
    sometimes(80, 'foo bar', fc.constant('x')),
  )
  .map(
    ([
      host,
      base,
      port,
      filter,
      result,
      special,
      leaf,
      terminal,
      format,
      old,
      scope,
      domains,
      more,
      ...rest
    ]) => [
      ...[host, base, port, filter, result, special, leaf, terminal, format, old, scope, domains].flat(),
      ...more.flat(),
      ...rest.flat(),
    ],
  )
