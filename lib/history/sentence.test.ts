import { createTranslator } from 'use-intl/core'
import { describe, expect, it } from 'vitest'
import { defaultSchema } from '@/lib/ldap/default-schema'
import { inEnglish } from '@/lib/words/english'
import { say as sayText } from '@/lib/words/text'
import { german } from '@/messages/de'
import { differencesOf } from './difference'
import type { HistoryEntry } from './history-entry'
import { sentenceOf } from './sentence'
import { shownChange, shownDetail } from './shown-change'
import { maySee } from './visibility'

const schema = defaultSchema()
const modify: HistoryEntry = {
  id: '20260101120000.000001Z',
  type: 'modify',
  dn: 'uid=johndoe,ou=Mail,dc=example,dc=net',
  entryUuid: null,
  authorizationDn: 'uid=mokafor,ou=Mail,dc=example,dc=net',
  session: '7',
  entryCsnBefore: '1',
  entryCsnAfter: '2',
  modifications: [],
  old: [],
  unrecorded: [],
  rename: null,
  commit: null,
}

function say(change: Partial<HistoryEntry>): string {
  return inEnglish(sentenceOf({ ...modify, ...change }, 'Martha Okafor', 'John Doe', schema))
}

const add = (attribute: string, ...values: readonly string[]) =>
  ({ operation: 'add', attribute, values }) as const
const replace = (attribute: string, ...values: readonly string[]) =>
  ({ operation: 'replace', attribute, values }) as const

describe('sentenceOf', () => {
  it.each<[string, Partial<HistoryEntry>]>([
    [
      'Martha Okafor added the alias press@domain2.me to John Doe',
      { modifications: [add('mailAlias', 'press@domain2.me')] },
    ],
    [
      'Martha Okafor added the aliases a@x and b@x to John Doe',
      { modifications: [add('mailAlias', 'a@x', 'b@x')] },
    ],
    ['Martha Okafor added 3 aliases to John Doe', { modifications: [add('mailAlias', 'a@x', 'b@x', 'c@x')] }],
    [
      'Martha Okafor removed the alias a@x from John Doe',
      {
        modifications: [{ operation: 'delete', attribute: 'mailAlias', values: [] }],
        old: [{ description: 'mailAlias', values: ['a@x'] }],
      },
    ],
    [
      'Martha Okafor changed the family name of John Doe from Doe to Dow',
      { modifications: [replace('sn', 'Dow')], old: [{ description: 'sn', values: ['Doe'] }] },
    ],
    ['Martha Okafor disabled sign-in of John Doe', { modifications: [replace('mailEnabled', 'FALSE')] }],
    ['Martha Okafor changed the password of John Doe', { modifications: [replace('userPassword', '{X}y')] }],
    ['Martha Okafor changed the password of John Doe', { unrecorded: ['userPassword'] }],
    [
      'Martha Okafor edited John Doe: added the alias a@x and changed the family name from Doe to Dow',
      {
        modifications: [add('mailAlias', 'a@x'), replace('sn', 'Dow')],
        old: [{ description: 'sn', values: ['Doe'] }],
      },
    ],
    [
      'Martha Okafor changed the title of John Doe to x',
      { modifications: [replace('title', 'x')], old: null },
    ],
    [
      'Martha Okafor changed the quota of John Doe from 1 GB to 3 GB',
      {
        modifications: [replace('mailQuota', '3145728')],
        old: [{ description: 'mailQuota', values: ['1048576'] }],
      },
    ],
    ['Martha Okafor saved John Doe without a difference', {}],
    [
      'Martha Okafor added the mailbox John Doe',
      { type: 'add', old: null, modifications: [add('objectClass', 'PostfixBookMailAccount')] },
    ],
    [
      'Martha Okafor deleted the domain John Doe',
      { type: 'delete', old: [{ description: 'objectClass', values: ['dNSDomain'] }] },
    ],
    [
      'Martha Okafor renamed johndoe to jd',
      { type: 'modifyDn', rename: { newRdn: 'uid=jd', deleteOldRdn: true, newSuperior: null } },
    ],
  ])('%s', (sentence, change) => {
    expect(say(change)).toBe(sentence)
  })
})

describe('in German', () => {
  const translate = createTranslator({ locale: 'de', messages: german })
  it.each<[string, Partial<HistoryEntry>]>([
    [
      'Martha Okafor hat bei John Doe den Alias a@x hinzugefügt',
      { modifications: [add('mailAlias', 'a@x')] },
    ],
    [
      'Martha Okafor hat bei John Doe die Aliasse a@x und b@x hinzugefügt',
      { modifications: [add('mailAlias', 'a@x', 'b@x')] },
    ],
    [
      'Martha Okafor hat John Doe bearbeitet: den Alias a@x hinzugefügt und den Nachnamen von Doe in Dow geändert',
      {
        modifications: [add('mailAlias', 'a@x'), replace('sn', 'Dow')],
        old: [{ description: 'sn', values: ['Doe'] }],
      },
    ],
    [
      'Martha Okafor hat das Postfach John Doe gelöscht',
      { type: 'delete', old: [{ description: 'objectClass', values: ['PostfixBookMailAccount'] }] },
    ],
  ])('%s', (sentence, change) => {
    const said = sentenceOf({ ...modify, ...change }, 'Martha Okafor', 'John Doe', schema)
    expect(sayText(said, translate)).toBe(sentence)
  })
})

describe('what is shown', () => {
  it('never holds a password, whichever way it was changed', () => {
    const SECRET = '{ARGON2}secret'
    const changes: Partial<HistoryEntry>[] = [
      { modifications: [replace('userPassword', SECRET)] },
      { modifications: [add('userPassword;x-y', SECRET)], old: null },
      { type: 'add', modifications: [add('uid', 'x'), add('userPassword', SECRET)] },
      { type: 'delete', old: [{ description: 'userPassword', values: [SECRET] }] },
      {
        modifications: [{ operation: 'delete', attribute: 'authPassword', values: [SECRET] }],
        old: [{ description: 'authPassword', values: [SECRET] }],
      },
    ]
    for (const change of changes) {
      const entry = { ...modify, ...change }
      const shown = shownChange(entry, undefined, new Map(), { dn: 'cn=panel' }, schema)
      const text = JSON.stringify(shownDetail(shown, entry, schema))
      expect(text).not.toContain('secret')
      expect(text).toMatch(/password/i)
    }
  })

  it('is text also where a value is none', () => {
    const [difference] = differencesOf(
      { ...modify, modifications: [add('jpegPhoto', '\udcff\udcd8')] },
      schema,
    )
    expect(difference?.added.map(inEnglish)).toEqual(['(2 octets that are no text)'])
  })

  it('says when the panel’s account was used and nobody knows by whom', () => {
    const panel = { dn: modify.authorizationDn.toUpperCase() }
    const shown = shownChange(modify, undefined, new Map(), panel, schema)
    expect(inEnglish(shown.who.name)).toBe('Postbook’s account')
    expect(inEnglish(shown.origin)).toContain('another program')
    const own = shownChange({ ...modify, session: 'postbook' }, undefined, new Map(), panel, schema)
    expect([own.who.name, inEnglish(own.origin)]).toEqual(['mokafor', 'in Postbook'])
  })
})

describe('maySee', () => {
  const administrator = { role: 'domainAdministrator', domains: ['domain2.me'] } as const
  it('shows a domain administrator the own domains, by now, old or new address', () => {
    expect(maySee(administrator, modify, ['a@Domain2.me'])).toBe(true)
    expect(maySee(administrator, modify, ['a@domain1.net'])).toBe(false)
    expect(maySee(administrator, modify, [])).toBe(false)
    expect(maySee(administrator, { ...modify, modifications: [replace('mail', 'a@domain2.me')] }, [])).toBe(
      true,
    )
    const gone = {
      ...modify,
      type: 'delete',
      old: [{ description: 'mail', values: ['a@domain2.me'] }],
    } as const
    expect(maySee(administrator, gone, [])).toBe(true)
    expect(maySee(administrator, { ...modify, modifications: [add('mailAlias', 'a@domain2.me')] }, [])).toBe(
      false,
    )
  })
  it('shows owners nothing and postmasters all', () => {
    expect(maySee({ role: 'owner', domains: [] }, modify, ['johndoe@domain1.net'])).toBe(false)
    expect(maySee({ role: 'postmaster', domains: [] }, modify, [])).toBe(true)
  })
})
