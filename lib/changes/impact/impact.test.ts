import { describe, expect, it } from 'vitest'
import { defaultSchema } from '@/lib/ldap/default-schema'
import type { Entry } from '@/lib/ldap/entry'
import type { LdapTableConfiguration } from '@/lib/postfix/ldap-table-configuration'
import { ldapTableConfiguration } from '@/lib/postfix/ldap-table-parameters'
import { inEnglish } from '@/lib/words/english'
import type { Text } from '@/lib/words/text'
import { attributesOfTable, impactOf, type QueriedTable } from './impact'

const schema = defaultSchema()

function table(parameter: string, query_filter: string, result_attribute: string, more = {}): QueriedTable {
  const values: Readonly<Record<string, string>> = {
    search_base: 'dc=example,dc=net',
    query_filter,
    result_attribute,
    ...more,
  }
  const parsed = ldapTableConfiguration(`ldap:${parameter}`, (name) => values[name])
  if (parsed.status === 'invalid') throw new Error(JSON.stringify(parsed))
  return { parameter, configuration: parsed.configuration }
}

const domains = table('virtual_mailbox_domains', '(&(objectClass=dNSDomain)(dc=%s))', 'dc')
const mailboxes = table('virtual_mailbox_maps', '(&(objectClass=inetOrgPerson)(mail=%s))', 'mail')
const aliases = table('virtual_alias_maps', '(mailAlias=%s)', 'mail')

function entry(
  attributes: Readonly<Record<string, readonly string[]>>,
  dn = 'uid=a,dc=example,dc=net',
): Entry {
  return {
    dn,
    attributes: Object.entries(attributes).map(([description, values]) => ({ description, values })),
  }
}

const jane = {
  objectClass: ['inetOrgPerson'],
  mail: ['jane@d.net'],
  mailAlias: ['j@d.net', 'Info@e.org'],
  cn: ['J'],
}

async function impact(
  before: Entry | null,
  after: Entry | null,
  tables: readonly QueriedTable[],
): Promise<readonly (readonly string[])[]> {
  const found = await impactOf(tables, [{ before, after }], [], schema, { fold: true, utf8: true })
  return found.tables.map(({ keys }) => [...keys].sort())
}

const all = [domains, mailboxes, aliases]

describe('impactOf', () => {
  it('asks an added alias everywhere, and its domain', async () => {
    const after = entry({ ...jane, mailAlias: [...jane.mailAlias, 'New@f.me'] })
    expect(await impact(entry(jane), after, all)).toEqual([['f.me'], ['new@f.me'], ['new@f.me']])
  })
  it('asks all aliases when their result changes', async () => {
    const keys = ['info@e.org', 'j@d.net', 'jane@d.net', 'jd@d.net']
    expect(await impact(entry(jane), entry({ ...jane, mail: ['jd@d.net'] }), all)).toEqual([
      ['d.net', 'e.org'],
      keys,
      keys,
    ])
  })
  it('asks all keys when a condition of the filter changes, or the entry comes or goes', async () => {
    const enabled = table('virtual_alias_maps', '(&(!(mailEnabled=FALSE))(mailAlias=%s))', 'mail')
    const disabled = entry({ ...jane, mailEnabled: ['FALSE'] })
    expect(await impact(entry(jane), disabled, [enabled])).toEqual([['info@e.org', 'j@d.net']])
    expect(await impact(null, entry(jane), [mailboxes])).toEqual([['info@e.org', 'j@d.net', 'jane@d.net']])
    expect(await impact(entry(jane), null, [aliases])).toEqual([['info@e.org', 'j@d.net', 'jane@d.net']])
  })
  it('asks nothing when no table reads what changes', async () => {
    expect(await impact(entry(jane), entry({ ...jane, cn: ['Jane'] }), all)).toEqual([[], [], []])
  })
  it('asks a domain that is added', async () => {
    const domain = entry({ objectClass: ['dNSDomain'], dc: ['New.org'] }, 'dc=New.org,dc=example,dc=net')
    expect(await impact(null, domain, all)).toEqual([['new.org'], [], []])
  })
  it('knows attributes by their other names', async () => {
    const other = table('virtual_mailbox_maps', '(rfc822Mailbox=%s)', 'mail')
    expect(await impact(entry(jane), entry({ ...jane, mail: ['x@d.net'] }), [other])).toEqual([
      ['jane@d.net', 'x@d.net'],
    ])
  })
  it('says where other keys may change', async () => {
    const open = async (queried: QueriedTable): Promise<Text | null | undefined> => {
      const images = [{ before: entry(jane), after: entry({ ...jane, mail: ['x@d.net'] }) }]
      const { tables } = await impactOf([queried], images, [], schema, { fold: true, utf8: true })
      return tables[0]?.open
    }
    expect(await open(mailboxes)).toBeNull()
    expect(await open(table('virtual_mailbox_maps', '(mail=%u@*)', 'mail'))).not.toBeNull()
    expect(await open({ parameter: 'virtual_alias_maps', configuration: null })).toBeNull()
  })
})

describe('groups', () => {
  const group = table('virtual_alias_maps', '(mailAlias=%s)', 'mail', { special_result_attribute: 'member' })
  const team = entry(
    { objectClass: ['groupOfNames'], mailAlias: ['Team@d.net'] },
    'cn=team,dc=example,dc=net',
  )
  const images = [{ before: entry(jane), after: entry({ ...jane, mail: ['x@d.net'] }) }]
  it('asks the keys of groups that lead to a touched entry', async () => {
    const found = await impactOf([group], images, [{ entries: [team], problem: null }], schema, {
      fold: true,
      utf8: true,
    })
    expect(found.tables[0]?.keys).toContain('team@d.net')
    expect(found.tables[0]?.open).toBeNull()
  })
  it('says when they could not be searched', async () => {
    const found = await impactOf([group], images, [{ entries: [], problem: 'size limit' }], schema, {
      fold: true,
      utf8: true,
    })
    expect(inEnglish(found.tables[0]?.open ?? '')).toContain('size limit')
  })
})

it('names the domains of which every address is concerned', async () => {
  const domain = entry({ objectClass: ['dNSDomain'], dc: ['New.org'] }, 'dc=New.org,dc=example,dc=net')
  const after = entry({ ...jane, mailAlias: ['@F.me'] })
  const images = [
    { before: null, after: domain },
    { before: entry({ ...jane, mailAlias: [] }), after },
  ]
  const { domains: whole } = await impactOf(all, images, [], schema, { fold: true, utf8: true })
  expect(whole).toEqual(['new.org', 'f.me'])
})

describe('attributesOfTable', () => {
  it('names what is searched and what is returned', () => {
    const { configuration } = table('virtual_alias_maps', '(&(mailEnabled=TRUE)(mailAlias=%s))', 'mail, cn')
    const found = attributesOfTable(configuration as LdapTableConfiguration)
    expect([...found].sort()).toEqual(['cn', 'mail', 'mailalias', 'mailenabled'])
  })
})
