import { describe, expect, test } from 'vitest'
import { refusalOfAuthority } from '@/lib/changes/authorization'
import { grantAuthority, type Role } from '@/lib/directory/authority'
import { defaultSchema } from '@/lib/ldap/default-schema'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { matchFilter } from '@/lib/ldap/filter-match'
import { visibleDomains, visibleMailboxes } from '@/lib/lists/visibility'

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
  'remove the aliases': (of) => [of, replacing(of, 'mailAlias', [])],
  'take a foreign address': (of) => [of, replacing(of, 'mail', ['taken@foreign.example'])],
  disable: (of) => [of, replacing(of, 'mailEnabled', ['FALSE'])],
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
    [/^own mailbox$|^mailbox of the admin/, /^(see|create|rename|add an alias|remove|disable|set|delete)/],
    [/^domain that/, /^see$/],
  ],
  owner: [[/^own mailbox$/, /^see$/]],
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
      const refusal = refusalOfAuthority(authority, [{ before, after }], bases)
      expect(refusal === null).toBe(isAllowed(role, name, action))
      if (refusal !== null) expect(refusal).toMatch(/^[A-Z].*\.$/)
    })
    test('one change that is not allowed spoils those that are', () => {
      const [before, after] = [of, { ...of, dn: 'uid=x,ou=Groups,dc=example,dc=net' }]
      const images = [
        { before: of, after: of },
        { before, after },
      ]
      expect(refusalOfAuthority(authority, images, bases)).not.toBeNull()
    })
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
