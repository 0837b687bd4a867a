import { describe, expect, test } from 'vitest'
import { refusalOfAuthority } from '@/lib/changes/authorization'
import type { OwnerRules } from '@/lib/changes/owner-authorization'
import { grantAuthority, type Role } from '@/lib/directory/authority'
import { defaultSchema } from '@/lib/ldap/default-schema'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { matchFilter } from '@/lib/ldap/filter-match'
import { visibleDomains, visibleMailboxes } from '@/lib/lists/visibility'
import { inEnglish } from '@/lib/words/english'

const bases = { domains: 'ou=Domains,dc=example,dc=net', mail: 'ou=Mail,dc=example,dc=net' }
const schema = defaultSchema()

function entry(dn: string, attributes: Readonly<Record<string, readonly string[]>>): Entry {
  return {
    dn,
    attributes: Object.entries(attributes).map(([description, values]) => ({ description, values })),
  }
}

function mailbox(uid: string, domain: string): Entry {
  return entry(`uid=${uid},${bases.mail}`, {
    objectClass: ['inetOrgPerson', 'PostfixBookMailAccount'],
    uid: [uid],
    mail: [`${uid}@${domain}`],
    mailAlias: [`${uid}.alias@${domain}`],
    mailHomeDirectory: [`/srv/mail/${uid}`],
  })
}

function domain(name: string): Entry {
  return entry(`dc=${name},${bases.domains}`, { objectClass: ['dNSDomain'], dc: [name] })
}

/** The person who acts is ann@own.example; an administrator administers own.example. */
const ENTRIES: Readonly<Record<string, Entry>> = {
  'own mailbox': mailbox('ann', 'own.example'),
  "mailbox of the administrator's domain": mailbox('ben', 'own.example'),
  'mailbox of a domain below': mailbox('cat', 'sub.own.example'),
  'mailbox elsewhere': mailbox('dan', 'foreign.example'),
  'domain that is administered': domain('own.example'),
  'domain elsewhere': domain('foreign.example'),
  'entry outside of both bases': entry('cn=postmasters,ou=Groups,dc=example,dc=net', {
    objectClass: ['groupOfNames'],
    member: ['uid=ann,ou=Mail,dc=example,dc=net'],
  }),
}

function replacing(of: Entry, description: string, values: readonly string[]): Entry {
  const others = of.attributes.filter((attribute) => attribute.description !== description)
  return { ...of, attributes: [...others, { description, values }] }
}

type Image = readonly [before: Entry | null, after: Entry | null]

const CHANGES: Readonly<Record<string, (of: Entry) => Image>> = {
  create: (of) => [null, replacing(of, 'mailHomeDirectory', [])],
  rename: (of) => [of, replacing(of, 'cn', ['Another'])],
  'add an alias of the own domain': (of) => [
    of,
    replacing(of, 'mailAlias', [...valuesOf(of, 'mailAlias'), 'new@OWN.example']),
  ],
  'add a foreign alias': (of) => [
    of,
    replacing(of, 'mailAlias', [...valuesOf(of, 'mailAlias'), 'postmaster@foreign.example']),
  ],
  'give an address that the policy lets owners have': (of) => [
    of,
    replacing(of, 'mailAlias', [...valuesOf(of, 'mailAlias'), 'fresh@own.example']),
  ],
  'give an address that the owner has paused': (of) => [
    of,
    replacing(of, 'mailAlias', [...valuesOf(of, 'mailAlias'), 'paused@own.example']),
  ],
  'give a reserved address': (of) => [
    of,
    replacing(of, 'mailAlias', [...valuesOf(of, 'mailAlias'), 'postmaster@own.example']),
  ],
  'give the rest of the domain': (of) => [
    of,
    replacing(of, 'mailAlias', [...valuesOf(of, 'mailAlias'), '@own.example']),
  ],
  'remove the aliases': (of) => [of, replacing(of, 'mailAlias', [])],
  'take a foreign address': (of) => [of, replacing(of, 'mail', ['taken@foreign.example'])],
  disable: (of) => [of, replacing(of, 'mailEnabled', ['FALSE'])],
  "change the person's telephone and room": (of) => [
    of,
    replacing(replacing(of, 'mobile', ['+49 30 1']), 'roomNumber', ['7']),
  ],
  'forward the mail': (of) => [
    of,
    replacing(
      replacing(of, 'objectClass', [...valuesOf(of, 'objectClass'), 'PostfixBookMailForward']),
      'mailForwardingAddress',
      ['out@foreign.example'],
    ),
  ],
  'say as whom mail is stored': (of) => [of, replacing(of, 'mailUidNumber', ['0'])],
  'set the password': (of) => [of, replacing(of, 'userPassword', ['x'])],
  'say where mail is stored': (of) => [of, replacing(of, 'mailHomeDirectory', ['/srv/mail/dan'])],
  'move out of the base': (of) => [of, { ...of, dn: 'uid=x,ou=Groups,dc=example,dc=net' }],
  delete: (of) => [of, null],
}

/** What each role may do; whatever is not here is not allowed. */
const ALLOWED: Readonly<Record<Role, readonly (readonly [entry: RegExp, actions: RegExp])[]>> = {
  postmaster: [
    [/^(own mailbox|mailbox|domain)/, /^(?!move)/],
    [/^entry/, /^$/],
  ],
  domainAdministrator: [
    [
      /^own mailbox$|^mailbox of the admin/,
      /^(see|create|rename|add an alias|give|remove|disable|change the person|set|delete)/,
    ],
    [/^domain that/, /^see$/],
  ],
  owner: [[/^own mailbox$/, /^(see|give an address|remove the aliases|forward)/]],
}

/** What holds for owners here. */
const RULES: OwnerRules = {
  policy: {
    aliases: true,
    domains: ['own'],
    limit: 3,
    reserved: [],
    pattern: '',
    requests: [],
    forwarding: 'anywhere',
  },
  kept: new Set(['paused@own.example']),
}

const ROLES: readonly Role[] = ['postmaster', 'domainAdministrator', 'owner']

function isAllowed(role: Role, name: string, action: string): boolean {
  return ALLOWED[role].some(([entries, actions]) => entries.test(name) && actions.test(action))
}

function authorityOf(role: Role) {
  return grantAuthority({
    person: { dn: `uid=ann,${bases.mail}`, name: 'Ann', mail: 'ann@own.example' },
    role,
    domains: role === 'domainAdministrator' ? ['own.example'] : [],
  })
}

describe.each(ROLES)('%s', (role) => {
  const authority = authorityOf(role)
  describe.each(Object.entries(ENTRIES))('%s', (name, of) => {
    test('see', () => {
      const filters = [visibleMailboxes(authority), visibleDomains(authority)]
      const seen = filters.some((filter) => matchFilter(filter, of, schema) === true)
      expect(seen).toBe(isAllowed(role, name, 'see'))
    })
    test.each(Object.entries(CHANGES))('%s', (action, change) => {
      const [before, after] = change(of)
      const refusal = refusalOfAuthority(authority, [{ before, after }], bases, RULES)
      expect(refusal === null).toBe(isAllowed(role, name, action))
      if (refusal !== null) expect(inEnglish(refusal)).toMatch(/^[A-Z].*\.$/)
    })
    test('one change that is not allowed spoils those that are', () => {
      const [before, after] = [of, { ...of, dn: 'uid=x,ou=Groups,dc=example,dc=net' }]
      const images = [
        { before: of, after: of },
        { before, after },
      ]
      expect(refusalOfAuthority(authority, images, bases, RULES)).not.toBeNull()
    })
  })
})

describe('an owner', () => {
  const own = ENTRIES['own mailbox'] ?? mailbox('ann', 'own.example')
  const judged = (change: keyof typeof CHANGES, policy: Partial<OwnerRules['policy']>, kept = RULES.kept) => {
    const [before, after] = CHANGES[change]?.(own) ?? [null, null]
    const rules = { policy: { ...RULES.policy, ...policy }, kept }
    return refusalOfAuthority(authorityOf('owner'), [{ before, after }], bases, rules)
  }
  test('is bound by the policy', () => {
    const fresh = 'give an address that the policy lets owners have'
    expect(judged(fresh, {})).toBeNull()
    expect(judged(fresh, { aliases: false })).toMatchObject({ key: 'account.problem.aliasesOff' })
    expect(judged(fresh, { domains: ['other.example'] })).toMatchObject({ key: 'account.problem.domain' })
    expect(judged(fresh, { requests: ['own.example'] })).toMatchObject({
      key: 'account.refusal.awaitsRequest',
    })
    expect(judged(fresh, { limit: 1 })).toMatchObject({ key: 'account.problem.limit' })
    expect(judged(fresh, { reserved: ['fresh'] })).toMatchObject({ key: 'account.problem.reserved' })
    expect(judged(fresh, { pattern: 'x-.*' })).toMatchObject({ key: 'account.problem.pattern' })
    expect(judged('forward the mail', { forwarding: 'no' })).not.toBeNull()
    expect(judged('remove the aliases', { reserved: ['ann.alias'] })).not.toBeNull()
  })
  test('takes back what was paused, in any domain, and no more', () => {
    const paused = 'give an address that the owner has paused'
    expect(judged(paused, { domains: ['other.example'], requests: ['all'] })).toBeNull()
    expect(judged(paused, { domains: ['other.example'] }, new Set())).not.toBeNull()
  })
  test('changes nothing without rules', () => {
    expect(refusalOfAuthority(authorityOf('owner'), [{ before: own, after: own }], bases)).not.toBeNull()
  })
})

test('an administrator of nothing sees and changes nothing', () => {
  const nobody = grantAuthority({ ...authorityOf('domainAdministrator'), domains: [] })
  for (const of of Object.values(ENTRIES)) {
    const filters = [visibleMailboxes(nobody), visibleDomains(nobody)]
    expect(filters.map((filter) => matchFilter(filter, of, schema))).toEqual([false, false])
    expect(refusalOfAuthority(nobody, [{ before: of, after: of }], bases)).not.toBeNull()
  }
})
