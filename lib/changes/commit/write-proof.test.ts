import { expect, test } from 'vitest'
import type { LookupResult } from '@/lib/postfix/lookup-result'
import type { LdapTableConfiguration } from '@/lib/postfix/ldap-table-configuration'
import type { LookupTable } from '@/lib/postfix/lookup-table'
import type { SiteTable } from '@/lib/site/postfix-configuration'
import type { PromisedLookup } from '@/lib/changes/examination'
import { answerOf } from '@/lib/changes/impact/lookup-answer'
import { prove } from './write-proof'

Object.assign(process.env, {
  LDAP_URL: 'ldap://primary.example.net',
  LDAP_ALLOW_CLEAR_TEXT: 'yes',
  LDAP_BIND_DN: 'cn=x',
  LDAP_BIND_PASSWORD: 'x',
  LDAP_DOMAINS_BASE: 'ou=Domains,dc=example,dc=net',
  LDAP_MAIL_BASE: 'ou=Mail,dc=example,dc=net',
})

const OLD: LookupResult = {
  status: 'found',
  value: 'old@d.net',
  values: ['old@d.net'],
  steps: [],
  diagnostics: [],
  skipped: null,
}
const NEW: LookupResult = {
  status: 'found',
  value: 'new@d.net',
  values: ['new@d.net'],
  steps: [],
  diagnostics: [],
  skipped: null,
}

/** A table on this server that answers as before for some time. */
function tableAt(uri: string, lag: number): { readonly table: SiteTable; readonly asked: () => number } {
  let asked = 0
  const lookupMany = (keys: readonly string[]): Promise<readonly LookupResult[]> => {
    asked += 1
    return Promise.resolve(keys.map(() => (asked <= lag ? OLD : NEW)))
  }
  const table: SiteTable = {
    parameter: 'virtual_alias_maps',
    name: 'ldap:x',
    configuration: { server: { uris: [uri] } } as unknown as LdapTableConfiguration,
    open: () => ({ lookupMany }) as unknown as LookupTable,
  }
  return { table, asked: () => asked }
}

function promiseOf(table: SiteTable): PromisedLookup {
  const lookup = {
    parameter: table.parameter,
    map: table.name,
    key: 'a@d.net',
    before: answerOf(OLD),
    after: answerOf(NEW),
    difference: 'changed' as const,
    command: '',
  }
  return { lookup, table, promised: NEW, overLimit: false }
}

const flags = { fold: true, utf8: false }

test('a replica is asked again until it has the change', async () => {
  const { table, asked } = tableAt('ldap://replica.example.net', 3)
  expect(await prove({ tables: [table], flags }, { promises: [promiseOf(table)] }, null)).toMatchObject({
    status: 'asPreviewed',
  })
  expect(asked()).toBe(4)
})

test('the server that was written to is asked once', async () => {
  const { table, asked } = tableAt('ldap://Primary.example.net:389/', 1)
  const result = await prove({ tables: [table], flags }, { promises: [promiseOf(table)] }, null)
  expect(result).toMatchObject({ status: 'alarm', broken: [{ now: { value: 'old@d.net' } }] })
  expect(asked()).toBe(1)
})

test('a replica that does not follow raises the alarm in the end', async () => {
  const { table } = tableAt('ldap://replica.example.net', Infinity)
  const result = await prove({ tables: [table], flags }, { promises: [promiseOf(table)] }, null)
  expect(result.status).toBe('alarm')
})
