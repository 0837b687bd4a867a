import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChange, renamedDn } from '@/lib/ldap/change-application'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { defaultSchema } from '@/lib/ldap/default-schema'
import type { DirectoryView, SearchRequest, SearchResult } from '@/lib/ldap/directory-view'
import { formatDn, parseDn } from '@/lib/ldap/dn'
import type { Entry } from '@/lib/ldap/entry'
import { parseFilter } from '@/lib/ldap/filter-parser'
import { memoryDirectory } from '@/lib/ldap/memory-directory'
import { overlayDirectory } from './overlay'

const schema = defaultSchema()
const BASE = 'ou=Mail,dc=example,dc=net'

function entry(dn: string, attributes: Readonly<Record<string, readonly string[]>>): Entry {
  return {
    dn,
    attributes: Object.entries(attributes).map(([description, values]) => ({ description, values })),
  }
}

function mailbox(uid: string, aliases: readonly string[] = [], mail = `${uid}@domain1.net`): Entry {
  return entry(`uid=${uid},${BASE}`, {
    objectClass: ['inetOrgPerson', 'PostfixBookMailAccount'],
    uid: [uid],
    cn: [uid],
    sn: [uid],
    mail: [mail],
    ...(aliases.length === 0 ? {} : { mailAlias: aliases }),
  })
}

const tree: readonly Entry[] = [
  entry('dc=example,dc=net', { objectClass: ['domain'], dc: ['example'] }),
  entry(BASE, { objectClass: ['organizationalUnit'], ou: ['Mail'] }),
  entry(`ou=Old,${BASE}`, { objectClass: ['organizationalUnit'], ou: ['Old'] }),
  mailbox('anna', ['info@domain1.net', 'sales@domain1.net']),
  mailbox('ben', []),
  mailbox('carl', ['info@domain1.net']),
  { ...mailbox('dora', ['old@domain1.net']), dn: `uid=dora,ou=Old,${BASE}` },
]

function request(filter: string, overrides: Partial<SearchRequest> = {}): SearchRequest {
  const parsed = parseFilter(filter)
  if (parsed === null) throw new Error(filter)
  return {
    base: BASE,
    scope: 'sub',
    filter: parsed,
    attributes: ['mail'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
    ...overrides,
  }
}

/** What a server does: the changes applied to all entries, in place. */
function applied(entries: readonly Entry[], changes: readonly ChangeRecord[]): readonly Entry[] | null {
  let state = [...entries]
  for (const change of changes) {
    const at = state.findIndex(({ dn }) => dn === change.dn)
    const result = applyChange(change, state[at] ?? null, schema)
    if (result.status === 'refused') return null
    // A name that is taken: the server refuses, and so does the preview before any overlay is asked.
    const name = result.entry?.dn
    if (state.some(({ dn }, place) => place !== at && dn === name)) return null
    if (change.type === 'delete') state = state.filter((_, place) => place !== at)
    else if (result.entry !== null && at < 0) state.push(result.entry)
    else if (result.entry !== null) state[at] = result.entry
    if (change.type === 'modifyDn')
      state = state.map((other) => {
        const dn = renamedDn(parseDn(other.dn) ?? [], change)
        return dn === null ? other : { ...other, dn: formatDn(dn) }
      })
  }
  return state
}

function names(result: SearchResult): readonly string[] {
  if (result.status === 'failed') throw new Error(`${result.resultCode} ${result.diagnostic}`)
  return result.entries.map(({ dn }) => dn)
}

function modify(uid: string, operation: 'add' | 'delete' | 'replace', ...aliases: string[]): ChangeRecord {
  const modifications = [{ operation, attribute: 'mailAlias', values: aliases }]
  return { type: 'modify', dn: `uid=${uid},${BASE}`, modifications }
}

function overlay(
  changes: readonly ChangeRecord[],
  view: DirectoryView = memoryDirectory(tree, schema),
): DirectoryView {
  return overlayDirectory(view, changes, schema)
}

describe('overlayDirectory', () => {
  it('finds by an added value, in the server’s order', async () => {
    const result = await overlay([modify('ben', 'add', 'info@domain1.net')]).search(
      request('(mailAlias=info@domain1.net)'),
    )
    expect(names(result)).toEqual(['anna', 'ben', 'carl'].map((uid) => `uid=${uid},${BASE}`))
  })
  it('no longer finds by a removed value', async () => {
    const view = overlay([modify('anna', 'delete', 'info@domain1.net')])
    expect(names(await view.search(request('(mailAlias=info@domain1.net)')))).toEqual([`uid=carl,${BASE}`])
    expect(names(await view.search(request('(mailAlias=sales@domain1.net)')))).toHaveLength(1)
  })
  it('returns changed values of an entry that still matches', async () => {
    const change: ChangeRecord = {
      type: 'modify',
      dn: `uid=anna,${BASE}`,
      modifications: [{ operation: 'replace', attribute: 'mail', values: ['a@domain2.me'] }],
    }
    const result = await overlay([change]).search(request('(mailAlias=sales@domain1.net)'))
    expect(result.status === 'complete' && result.entries[0]?.attributes).toEqual([
      { description: 'mail', values: ['a@domain2.me'] },
    ])
  })
  it('judges the size limit on the result after the change', async () => {
    const fewer = overlay([modify('anna', 'delete', 'info@domain1.net')])
    const limited = request('(mailAlias=info@domain1.net)', { sizeLimit: 1 })
    expect(names(await fewer.search(limited))).toHaveLength(1)
    const more = overlay([modify('ben', 'add', 'sales@domain1.net')])
    expect(await more.search(request('(mailAlias=sales@domain1.net)', { sizeLimit: 1 }))).toMatchObject({
      status: 'failed',
      resultCode: 4,
    })
  })
  it('shows a new entry without its password, and its base', async () => {
    const added = mailbox('eve', ['e@domain1.net'])
    const attributes = [...added.attributes, { description: 'userPassword', values: ['secret'] }]
    const view = overlay([{ type: 'add', dn: added.dn, attributes }])
    const result = await view.search(request('(mailAlias=e@domain1.net)', { attributes: [] }))
    expect(JSON.stringify(result)).not.toContain('secret')
    expect(names(result)).toEqual([added.dn])
    const based = request('(objectClass=*)', { base: added.dn, scope: 'base' })
    expect(names(await view.search(based))).toEqual([added.dn])
  })
  it('does not find a deleted entry, nor below it', async () => {
    const view = overlay([{ type: 'delete', dn: `uid=anna,${BASE}` }])
    expect(names(await view.search(request('(mail=anna@domain1.net)')))).toEqual([])
    const based = request('(objectClass=*)', { base: `UID=Anna, ${BASE}`, scope: 'base' })
    expect(await view.search(based)).toMatchObject({ status: 'failed', resultCode: 32 })
  })
  it('renames a subtree with its untouched entries', async () => {
    const rename: ChangeRecord = {
      type: 'modifyDn',
      dn: `ou=Old,${BASE}`,
      newRdn: 'ou=New',
      deleteOldRdn: true,
      newSuperior: null,
    }
    const view = overlay([rename])
    expect(names(await view.search(request('(mail=dora@domain1.net)')))).toEqual([`uid=dora,ou=New,${BASE}`])
    const under = (ou: string): SearchRequest =>
      request('(mail=dora@domain1.net)', { base: `ou=${ou},${BASE}` })
    expect(names(await view.search(under('New')))).toEqual([`uid=dora,ou=New,${BASE}`])
    expect(await view.search(under('Old'))).toMatchObject({ status: 'failed', resultCode: 32 })
    expect(await view.search(request('(entryDN=*)'))).toMatchObject({ status: 'failed', resultCode: -12 })
  })
  it('says so when a change would be refused', async () => {
    const view = overlay([modify('anna', 'add', 'info@domain1.net')])
    const result = await view.search(request('(mailAlias=info@domain1.net)'))
    expect(result).toMatchObject({ status: 'failed', stage: 'search' })
    expect(result.status === 'failed' && result.diagnostic).toContain('cannot be predicted')
  })
  it('hands on the failures of the live view', async () => {
    const failed = { status: 'failed', stage: 'connect', resultCode: -1, diagnostic: 'down' } as const
    const dead: DirectoryView = {
      ready: () => Promise.resolve(failed),
      search: () => Promise.resolve(failed),
    }
    const view = overlay([modify('ben', 'add', 'x@domain1.net')], dead)
    expect(await view.ready()).toEqual(failed)
    expect(await view.search(request('(mailAlias=x@domain1.net)'))).toEqual(failed)
  })
})

/** A directory that hides attributes from reading, and from searching, as access control does. */
function guarded(unread: readonly string[], unsearched: readonly string[]): DirectoryView {
  const all = memoryDirectory(tree, schema)
  const strip = (from: Entry, hidden: readonly string[]): Entry => ({
    ...from,
    attributes: from.attributes.filter(({ description }) => !hidden.includes(description)),
  })
  return {
    ready: () => all.ready(),
    search: async (asked) => {
      const mentions = unsearched.some((attribute) =>
        JSON.stringify(asked.filter).toLowerCase().includes(`"${attribute.toLowerCase()}"`),
      )
      if (mentions) return { status: 'complete', entries: [] }
      const result = await all.search(asked)
      return result.status === 'failed'
        ? result
        : { status: 'complete', entries: result.entries.map((found) => strip(found, unread)) }
    },
  }
}

describe('what the account may not see', () => {
  it('stays unseen', async () => {
    const view = overlay([modify('ben', 'add', 'b@domain1.net')], guarded(['mailAlias'], ['mailAlias']))
    expect(names(await view.search(request('(mailAlias=b@domain1.net)')))).toEqual([])
  })
  it('is not guessed when it can be searched but not read', async () => {
    const view = overlay([modify('anna', 'delete', 'info@domain1.net')], guarded(['mailAlias'], []))
    expect(await view.search(request('(mailAlias=info@domain1.net)'))).toMatchObject({ resultCode: -12 })
  })
  it('does not hinder changes of what can be seen', async () => {
    const view = overlay([modify('ben', 'add', 'b@domain1.net')], guarded(['uid', 'sn', 'objectClass'], []))
    expect(names(await view.search(request('(mailAlias=b@domain1.net)')))).toEqual([`uid=ben,${BASE}`])
  })
})

describe('the overlay and the changed directory', () => {
  const aliases = ['info@domain1.net', 'sales@domain1.net', 'new@domain1.net']
  const alias = fc.constantFrom(...aliases)
  const uid = fc.constantFrom('anna', 'ben', 'carl', 'dora', 'eve')
  const change = fc.oneof(
    fc
      .record({ uid, operation: fc.constantFrom('add' as const, 'delete' as const), alias })
      .map((drawn): ChangeRecord => modify(drawn.uid, drawn.operation, drawn.alias)),
    fc.uniqueArray(alias).chain((values) => uid.map((drawn) => modify(drawn, 'replace', ...values))),
    uid.map((drawn): ChangeRecord => ({ type: 'delete', dn: `uid=${drawn},${BASE}` })),
    fc.tuple(uid, alias).map(([drawn, value]): ChangeRecord => {
      const { dn, attributes } = mailbox(drawn, [value])
      return { type: 'add', dn, attributes }
    }),
    fc.tuple(uid, uid, fc.boolean()).map(([from, to, inside]): ChangeRecord => ({
      type: 'modifyDn',
      dn: `uid=${from},${BASE}`,
      newRdn: `uid=${to}`,
      deleteOldRdn: true,
      newSuperior: inside ? `ou=Old,${BASE}` : null,
    })),
  )
  const filter = fc.oneof(
    alias.map((value) => `(mailAlias=${value})`),
    uid.map((value) => `(uid=${value})`),
    alias.map((value) => `(!(mailAlias=${value}))`),
    fc.constant('(&(objectClass=PostfixBookMailAccount)(mail=*))'),
  )
  const scope = fc.constantFrom('sub' as const, 'one' as const, 'subordinate' as const)
  const base = fc.constantFrom(BASE, `ou=Old,${BASE}`, 'dc=example,dc=net', `uid=eve,${BASE}`)

  it('give the same entries in the same order, or the overlay says that it cannot tell', async () => {
    const refused: string[] = []
    const property = fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 3 }),
      filter,
      base,
      scope,
      fc.constantFrom(0, 1, 2),
      async (changes, text, searched, depth, sizeLimit) => {
        const after = applied(tree, changes)
        fc.pre(after !== null)
        const asked = request(text, { base: searched, scope: depth, sizeLimit })
        const predicted = await overlay(changes).search(asked)
        if (predicted.status === 'failed' && predicted.resultCode === -12) {
          refused.push(predicted.diagnostic)
          return
        }
        const actual = await memoryDirectory(after, schema).search(asked)
        if (actual.status === 'failed' || predicted.status === 'failed') {
          expect([predicted.status, 'resultCode' in predicted ? predicted.resultCode : 0]).toEqual([
            actual.status,
            'resultCode' in actual ? actual.resultCode : 0,
          ])
          return
        }
        expect(predicted.entries).toEqual(actual.entries)
      },
    )
    await fc.assert(property, { numRuns: 300 })
    expect(refused.length).toBeLessThan(60)
  })
})
