/**
 * generated-directory - random mail directories, and addresses worth mailing to in them.
 *
 * A directory has hosted, alias and relay domains, mailboxes, aliases, forwards and groups under a base of its
 * own, so that one server holds many. Few local parts and few domains are used, so that catch-alls, shadowing,
 * loops and dangling targets come about by themselves. The same seed gives the same directory.
 */
import fc from 'fast-check'

export const SUFFIX = 'dc=example,dc=net'

export interface GeneratedDirectory {
  /** Its name, for example `s01`; the base is `ou=s01,dc=example,dc=net`. */
  readonly name: string
  readonly ldif: string
  /** Recipients to try, in external form. */
  readonly addresses: readonly string[]
}

interface Person {
  readonly mail: readonly string[]
  readonly aliases: readonly string[]
  readonly memberOf: readonly string[]
}

interface Forward {
  readonly aliases: readonly string[]
  readonly targets: readonly string[]
}

interface Group {
  readonly mail: string
  /** Indexes of persons first, then of groups, then of nobody. */
  readonly members: readonly number[]
}

interface Model {
  readonly hosted: readonly string[]
  readonly withName: readonly string[]
  readonly persons: readonly Person[]
  readonly forwards: readonly Forward[]
  readonly groups: readonly Group[]
  readonly addresses: readonly string[]
}

const HOSTED = ['d1.test', 'd2.test', 'a1.test', 'r1.test']
const DOMAINS = [...HOSTED, 'd1.test', 'd2.test', 'u1.test', 'local.test', 'far.test']
const NAMES = [
  ...['ann', 'ben', 'cat', 'jane', 'jane.doe', 'info', 'list', 'postmaster', 'owner-list', 'list-request'],
  ...["o'neil", 'Mixed.Case', 'ann+tag', 'ben-x', 'strasse', '"a b"', 'a b', '"x@y"', 'root'],
]

const name = fc.constantFrom(...NAMES)
const domain = fc.constantFrom(...DOMAINS)
const address = fc.tuple(name, domain).map((parts) => parts.join('@'))
const mailboxAddress = fc
  .tuple(name, fc.constantFrom('d1.test', 'd1.test', 'd2.test', 'u1.test', 'r1.test', 'local.test'))
  .map((parts) => parts.join('@'))
const aliasKey = fc.oneof(
  { weight: 9, arbitrary: address },
  { weight: 1, arbitrary: domain.map((one) => `@${one}`) },
)
const oddTarget = fc.constantFrom(
  ...['@far.test', '@d2.test', '@', ' ', ',', 'ann', 'root@', '<ben@d1.test>', 'Ann B <ann@d1.test>'],
  ...['ann@d1.test, ben@far.test', 'ann@d1.test ben@d2.test', '@far.test, cat@d1.test', 'a!b', 'a%far.test'],
  ...['ann@far.test.', 'ann@bad..test', 'ann@-bad.test', 'ann@[127.0.0.1]', 'ann@[192.0.2.1]', 'ann@[bad]'],
  ...['jane+kept@d1.test', '"a b"@d1.test', '|command', ':include:/etc/x', '/file', 'ann@d1.test (note)'],
  ...['ann%far.test@d1.test', 'far.test!ann@d1.test', '"ann@far.test"@d1.test', 'MAILER-DAEMON', '<>'],
)
const target = fc.oneof({ weight: 5, arbitrary: address }, { weight: 3, arbitrary: oddTarget })

const person: fc.Arbitrary<Person> = fc.record({
  mail: fc.uniqueArray(mailboxAddress, { minLength: 1, maxLength: 2, selector: lowerCase }),
  aliases: fc.uniqueArray(aliasKey, { maxLength: 2, selector: lowerCase }),
  memberOf: fc.uniqueArray(address.map(lowerCase), { maxLength: 1 }),
})
const forward: fc.Arbitrary<Forward> = fc.record({
  aliases: fc.uniqueArray(aliasKey, { minLength: 1, maxLength: 2, selector: lowerCase }),
  targets: fc.uniqueArray(target, { minLength: 1, maxLength: 4, selector: lowerCase }),
})
const group: fc.Arbitrary<Group> = fc.record({
  mail: address,
  members: fc.uniqueArray(fc.nat(10), { minLength: 1, maxLength: 5 }),
})

/** What is put behind or around an address of the directory to get another one. */
type Change = (address: string) => string
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Change>((one) => one) },
  { weight: 4, arbitrary: fc.constantFrom('+ext', '-Ext', '.ext', '+a+b', '+').map(extended) },
  { weight: 1, arbitrary: fc.constant<Change>((one) => one.toUpperCase()) },
  { weight: 1, arbitrary: fc.constant<Change>((one) => one.replace('strasse', 'straße')) },
  { weight: 1, arbitrary: fc.constant<Change>((one) => `${one}.`) },
)
const stranger = fc.constantFrom(
  ...['nobody@d1.test', 'nobody@d2.test', 'nobody@a1.test', 'x@sub.d1.test', 'x@unknown.test', 'nobody'],
  ...['postmaster', 'ann%far.test@d1.test', '@far.test:ann@d1.test', '-x@d1.test', 'x@', 'x@d1..test', ''],
  ...['jörg@d1.test', '*@d1.test', 'x)(mail=*@d1.test', '"a\\\\b"@d1.test', 'ann@[127.0.0.1]', 'far.test!x'],
  ...['nobody@local.test', 'nobody@r1.test', 'mailer-daemon@d1.test', 'double-bounce@d1.test', '.x@d1.test'],
)

const model: fc.Arbitrary<Model> = fc
  .record({
    hosted: fc.subarray(HOSTED, { minLength: 2 }),
    withName: fc.subarray(HOSTED),
    persons: fc.array(person, { minLength: 4, maxLength: 8 }),
    forwards: fc.array(forward, { minLength: 3, maxLength: 7 }),
    groups: fc.array(group, { minLength: 1, maxLength: 3 }),
  })
  .chain((directory) => {
    const known = [
      ...directory.persons.flatMap(({ mail, aliases, memberOf }) => [...mail, ...aliases, ...memberOf]),
      ...directory.forwards.flatMap(({ aliases }) => aliases),
      ...directory.groups.map(({ mail }) => mail),
    ]
    const addresses = fc.uniqueArray(
      fc.oneof(
        {
          weight: 7,
          arbitrary: fc.tuple(fc.constantFrom(...known), name, change).map(([key, local, apply]) => {
            return apply(key.startsWith('@') ? `${local}${key}` : key)
          }),
        },
        { weight: 2, arbitrary: fc.tuple(address, change).map(([one, apply]) => apply(one)) },
        { weight: 1, arbitrary: stranger },
      ),
      { minLength: 40, maxLength: 40 },
    )
    return addresses.map((list) => ({ ...directory, addresses: list }))
  })

/** The directory of this name and seed. */
export function generateDirectory(name: string, seed: number): GeneratedDirectory {
  const [generated] = fc.sample(model, { seed, numRuns: 1 })
  if (generated === undefined) throw new Error('fast-check gave no sample')
  return { name, ldif: ldifOf(name, generated), addresses: generated.addresses }
}

function lowerCase(text: string): string {
  return text.toLowerCase()
}

function extended(extension: string): Change {
  return (one) => {
    const at = one.lastIndexOf('@')
    const localpart = at === -1 ? one : one.slice(0, at)
    const inside = localpart.endsWith('"') ? `${localpart.slice(0, -1)}${extension}"` : localpart + extension
    return inside + (at === -1 ? '' : one.slice(at))
  }
}

function ldifOf(name: string, { hosted, withName, persons, forwards, groups }: Model): string {
  const base = `ou=${name},${SUFFIX}`
  const unit = (ou: string, under: string) =>
    entry(`ou=${ou},${under}`, { objectClass: ['organizationalUnit'], ou: [ou] })
  const personDn = (index: number) => `cn=person${index},ou=Mail,${base}`
  const groupDn = (index: number) => `cn=group${index},ou=Mail,${base}`
  const memberDn = (index: number) =>
    index < persons.length ? personDn(index) : groupDn(index - persons.length)
  return [
    unit(name, SUFFIX),
    ...['Mail', 'Domains'].map((ou) => unit(ou, base)),
    ...hosted.map((dc) =>
      entry(`dc=${dc},ou=Domains,${base}`, {
        objectClass: ['dNSDomain'],
        dc: [dc],
        associatedName: withName.includes(dc) ? [base] : [],
      }),
    ),
    ...persons.map(({ mail, aliases, memberOf }, index) =>
      entry(personDn(index), {
        objectClass: ['inetOrgPerson', 'PostfixBookMailAccount'],
        cn: [`person${index}`],
        sn: ['x'],
        mail,
        mailAlias: aliases,
        mailGroupMember: memberOf,
      }),
    ),
    ...forwards.map(({ aliases, targets }, index) =>
      entry(`cn=forward${index},ou=Mail,${base}`, {
        objectClass: ['device', 'PostfixBookMailForward'],
        cn: [`forward${index}`],
        mail: [`forward${index}@d1.test`],
        mailAlias: aliases,
        mailForwardingAddress: targets,
      }),
    ),
    ...groups.map(({ mail, members }, index) =>
      entry(groupDn(index), {
        objectClass: ['groupOfNames', 'PostfixBookMailAccount'],
        cn: [`group${index}`],
        mail: [mail],
        member: members.map(memberDn),
      }),
    ),
  ].join('\n')
}

function entry(dn: string, attributes: Readonly<Record<string, readonly string[]>>): string {
  const lines = Object.entries(attributes).flatMap(([type, values]) =>
    values.map((value) => `${type}:: ${Buffer.from(value).toString('base64')}`),
  )
  return [`dn: ${dn}`, ...lines, ''].join('\n')
}
