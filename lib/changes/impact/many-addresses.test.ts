import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeOctets } from '@/lib/ldap/octets'
import { type MailSite, openMailSite } from '@/lib/postfix/resolution-site'
import { followAddress, isSameOutcome } from './address-outcome'
import { followMany } from './many-addresses'
import { SharedLookups } from '@/lib/changes/overlay/shared-lookups'

const LOCAL_PARTS = ['ann', 'bob', 'cat', 'postmaster', 'ann+x', 'a.b', 'large1', 'large11', '-x', 'x y']
const DOMAINS = ['d.net', 'e.net']
const addresses = DOMAINS.flatMap((domain) => LOCAL_PARTS.map((local) => `${local}@${domain}`))

type Table = Readonly<Record<string, string>>

interface Tables {
  readonly aliases: Table
  readonly mailboxes: Table
  readonly domains: Table
}

/** The name makes the code take it for an LDAP table, which tells what it has answered. */
function siteOf({ aliases, mailboxes, domains }: Tables): { site: MailSite; shared: SharedLookups } {
  const file = (table: Table): string =>
    Object.entries(table)
      .map(([key, value]) => `${key} ${value}\n`)
      .join('')
  const files: Readonly<Record<string, string>> = {
    '/c/main.cf': [
      'compatibility_level = 3.6',
      'myhostname = mail.example.net',
      'mydestination = localhost',
      'recipient_delimiter = +',
      'virtual_transport = lmtp:unix:x',
      'virtual_mailbox_domains = texthash:/c/domains',
      'virtual_mailbox_maps = texthash:/c/mailboxes',
      'virtual_alias_maps = texthash:/c/aliases',
      '',
    ].join('\n'),
    '/c/aliases': file(aliases),
    '/c/mailboxes': file(mailboxes),
    '/c/domains': file(domains),
  }
  const opened = openMailSite('/c', {
    readFile: (path) => {
      const text = files[path]
      return text === undefined
        ? { status: 'missing', reason: 'No such file or directory' }
        : { status: 'read', octets: encodeOctets(text) }
    },
    openDirectory: () => {
      throw new Error('there is no directory')
    },
  })
  if (opened.status === 'failed') throw new Error(opened.message)
  const shared = new SharedLookups()
  const list = (domains: MailSite['domains']['relay']): MailSite['domains']['relay'] => ({
    ...domains,
    list: {
      ...domains.list,
      patterns: domains.list.patterns.map((pattern) =>
        pattern.type === 'table'
          ? { ...pattern, table: { ...pattern.table, name: `ldap:${pattern.table.name}` } }
          : pattern,
      ),
    },
  })
  const named = ({ maps, domains: lists, ...site }: MailSite): MailSite => ({
    ...site,
    maps: {
      ...maps,
      virtualAlias: renamed(maps.virtualAlias),
      virtualMailbox: renamed(maps.virtualMailbox),
    },
    domains: {
      ...lists,
      virtualAlias: list(lists.virtualAlias),
      virtualMailbox: list(lists.virtualMailbox),
    },
  })
  return { site: shared.shareSite(named(opened.site)), shared }
}

function renamed(list: MailSite['maps']['virtualAlias']): MailSite['maps']['virtualAlias'] {
  return { ...list, tables: list.tables.map((table) => ({ ...table, name: `ldap:${table.name}` })) }
}

const plain = addresses.filter((address) => !address.includes(' '))
const keys = fc.constantFrom(...plain, '@d.net', '@e.net')
const values = fc.constantFrom(...plain, '@e.net', 'far@f.org', 'ann@d.net, bob@e.net', 'ann', 'LARGE1@d.net')
const tables: fc.Arbitrary<Tables> = fc.record({
  aliases: fc.dictionary(keys, values, { maxKeys: 8 }),
  mailboxes: fc.dictionary(keys, fc.constantFrom('x', ...plain), { maxKeys: 16 }),
  domains: fc.dictionary(fc.constantFrom('d.net', 'e.net'), fc.constant('x'), { maxKeys: 2 }),
})

describe('followMany', () => {
  it('gives what following each address in full gives', async () => {
    await fc.assert(
      fc.asyncProperty(tables, tables, fc.boolean(), async (first, second, alike) => {
        const before = siteOf(first)
        const after = siteOf(alike ? { ...first, aliases: second.aliases } : second)
        const expected = []
        for (const address of addresses) {
          const [now, then] = [
            await followAddress(before.site, address),
            await followAddress(after.site, address),
          ]
          if (!isSameOutcome(now, then)) expected.push({ address, before: now, after: then })
        }
        const changed = await followMany(
          {
            before: before.site,
            after: after.site,
            known: {
              before: (table, key) => before.shared.known(table, key),
              after: (table, key) => after.shared.known(table, key),
            },
            isSame: () => false,
          },
          addresses,
        )
        expect(changed).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  it('does not follow again what nothing has touched', async () => {
    const state = { aliases: {}, mailboxes: { 'ann@d.net': 'x' }, domains: { 'd.net': 'x' } }
    const { site, shared } = siteOf(state)
    const known = (table: string, key: string): ReturnType<SharedLookups['known']> => shared.known(table, key)
    const sites = { before: site, after: site, known: { before: known, after: known }, isSame: () => true }
    expect(await followMany(sites, addresses)).toEqual([])
  })
})
