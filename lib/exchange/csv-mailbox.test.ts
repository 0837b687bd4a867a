import { expect, test } from 'vitest'
import { learnDefaults } from '@/lib/entries/mailbox-defaults'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { suggestMapping, TEMPLATE_ROWS } from './csv-columns'
import { type CsvMailbox, mailboxOfRow } from './csv-mailbox'

const model: Entry = {
  dn: 'uid=jd,ou=Mail,dc=example,dc=net',
  attributes: [
    { description: 'uid', values: ['jd'] },
    { description: 'mail', values: ['jd@example.net'] },
    { description: 'mailStorageDirectory', values: ['maildir:/srv/example.net/jd'] },
    { description: 'mailQuota', values: ['1048576'] },
    { description: 'mailEnabled', values: ['TRUE'] },
  ],
}
const defaults = learnDefaults([model], 'ou=Mail,dc=example,dc=net')

function attribute({ change }: CsvMailbox, name: string): readonly string[] {
  if (change?.type !== 'add') throw new TypeError('nothing is added')
  return valuesOf({ dn: change.dn, attributes: change.attributes }, name)
}

test('columns are known by their names, in English and German', () => {
  expect(suggestMapping(['E-Mail', 'Vorname', 'Nachname', 'Alias(e)', 'Quota', 'Foo'])).toEqual([
    'mail',
    'givenName',
    'sn',
    'aliases',
    'mailQuota',
    null,
  ])
  const [names = []] = TEMPLATE_ROWS
  expect(suggestMapping(names)).toEqual(names)
})

test('a row says what it says; the rest is as usual in its domain', () => {
  const mapping = ['mail', 'givenName', 'sn', 'aliases', 'mailQuota'] as const
  const mailbox = mailboxOfRow(
    ['Ada@example.net', 'Ada', 'Lovelace', 'a@example.net; b@example.net', '2 GB'],
    mapping,
    defaults,
  )
  expect(mailbox.problems).toEqual([])
  expect(mailbox.change?.dn).toBe('uid=ada,ou=Mail,dc=example,dc=net')
  expect(attribute(mailbox, 'cn')).toEqual(['Ada Lovelace'])
  expect(attribute(mailbox, 'mailAlias')).toEqual(['a@example.net', 'b@example.net'])
  expect(attribute(mailbox, 'mailQuota')).toEqual(['2097152'])
  expect(attribute(mailbox, 'mailEnabled')).toEqual(['TRUE'])
  expect(mailbox.addresses).toEqual(['ada@example.net', 'a@example.net', 'b@example.net'])
})

test('with an address alone there is a mailbox', () => {
  const mailbox = mailboxOfRow(['solo@example.net'], ['mail'], defaults)
  expect(mailbox.problems).toEqual([])
  expect(attribute(mailbox, 'sn')).toEqual(['solo'])
})

test('what is wrong is said with its column, and a clear password is not taken', () => {
  const mapping = ['mail', 'aliases', 'userPassword', 'mailEnabled'] as const
  const mailbox = mailboxOfRow(['nobody', 'ümlaut@example.net', 'secret', 'perhaps'], mapping, defaults)
  expect(mailbox.change).toBeNull()
  const said = JSON.stringify(mailbox.problems)
  for (const part of [
    'exchange.field.mail',
    'exchange.field.aliases',
    'exchange.clearPassword',
    'exchange.field.mailEnabled',
  ])
    expect(said).toContain(part)
  expect(said).not.toContain('secret')
  const hashed = mailboxOfRow(['a@example.net', '', '{ARGON2}$argon2id$x', 'ja'], mapping, defaults)
  expect(attribute(hashed, 'userPassword')).toEqual(['{ARGON2}$argon2id$x'])
  expect(attribute(hashed, 'mailEnabled')).toEqual(['TRUE'])
})
