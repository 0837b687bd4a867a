/**
 * random-changes - random subtrees with people, groups and domains, and random lists of changes to them.
 *
 * Addresses come from a small pool, so that duplicates, shadowed mailboxes, catch-alls, loops and dangling
 * aliases are common. A list may well be one that the directory refuses. The pool is all that is asked later.
 */
import type { ChangeRecord, Modification } from '@/lib/ldap/change-record'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import type { RandomChoices } from './random-numbers'
import { SUFFIX } from './random-site'

const LOCAL_PARTS = ['ann', 'bob', 'cat', 'info', 'postmaster', 'x.y']
const UIDS = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay']

/** One subtree of its own, with domains that no other has. */
export class RandomTree {
  readonly base: string
  readonly domains: readonly string[]
  readonly addresses: readonly string[]

  constructor(
    readonly number: number,
    private readonly choices: RandomChoices,
  ) {
    this.base = `ou=r${number},${SUFFIX}`
    // The second label names the subtree: a table takes its search base from it.
    this.domains = ['one', 'two'].map((name) => `${name}.r${number}.test`)
    this.addresses = this.domains.flatMap((domain) => LOCAL_PARTS.map((local) => `${local}@${domain}`))
  }

  /** Every key to ask: addresses, one with an extension, catch-alls, domains, and one that nobody has. */
  keys(): readonly string[] {
    const more = this.domains.flatMap((domain) => [
      `@${domain}`,
      domain,
      `nobody@${domain}`,
      `ann+x@${domain}`,
    ])
    return [...this.addresses, ...more]
  }

  /** The changes that make the subtree. */
  planting(): readonly ChangeRecord[] {
    const { choices, base, domains } = this
    const units = [base, `ou=team,${base}`, `ou=spare,${base}`]
    return [
      ...units.map((dn) => added(dn, { objectClass: ['organizationalUnit'], ou: [rdnValue(dn)] })),
      ...domains.filter(() => choices.chance(80)).map((domain) => this.domainEntry(domain)),
      ...choices.some(UIDS, 3, 6).map((uid) => this.person(uid, choices.pick(units))),
      ...['g1', 'g2', 'g3'].filter(() => choices.chance(60)).map((name) => this.group(name)),
    ]
  }

  /** One to four changes of what is there now. */
  changes(entries: readonly Entry[]): readonly ChangeRecord[] {
    const count = this.choices.chance(60) ? 1 : 2 + this.choices.below(3)
    return Array.from({ length: count }, () => this.change(entries))
  }

  private change(entries: readonly Entry[]): ChangeRecord {
    const { choices } = this
    const of = (objectClass: string): readonly Entry[] =>
      entries.filter((entry) => valuesOf(entry, 'objectClass').includes(objectClass))
    const people = of('inetOrgPerson')
    const groups = of('groupOfNames')
    const kind = choices.below(100)
    if (people.length > 0 && kind < 45) return this.personChange(choices.pick(people))
    if (kind < 55) return this.newcomer(entries)
    if (people.length > 0 && kind < 62) return { type: 'delete', dn: choices.pick(people).dn }
    if (people.length > 0 && kind < 72)
      return this.rename(choices.pick(people).dn, `uid=${choices.pick(UIDS)}`, entries)
    if (groups.length > 0 && kind < 82) return this.groupChange(choices.pick(groups))
    if (kind < 86) return this.group(choices.pick(['g1', 'g2', 'g3']))
    if (groups.length > 0 && kind < 89) return { type: 'delete', dn: choices.pick(groups).dn }
    const units = of('organizationalUnit').filter(({ dn }) => dn !== this.base)
    if (units.length > 0 && kind < 94)
      return this.rename(choices.pick(units).dn, `ou=${choices.pick(['team', 'crew', 'spare'])}`, entries)
    const hosted = of('dNSDomain')
    if (hosted.length > 0 && choices.chance(60)) return { type: 'delete', dn: choices.pick(hosted).dn }
    return this.domainEntry(choices.pick(this.domains))
  }

  /** Mostly under a name that nobody has, below an entry that is there. */
  private newcomer(entries: readonly Entry[]): ChangeRecord {
    const { choices } = this
    const taken = new Set(entries.map(({ dn }) => dn))
    const units = entries.filter(({ dn }) => dn.startsWith('ou=')).map(({ dn }) => dn)
    const names = units.flatMap((unit) => UIDS.map((uid) => [uid, unit] as const))
    const free = names.filter(([uid, unit]) => !taken.has(`uid=${uid},${unit}`))
    const [uid, unit] = choices.pick(free.length > 0 && choices.chance(90) ? free : names)
    return this.person(uid, unit)
  }

  private personChange(entry: Entry): ChangeRecord {
    const { choices } = this
    const aliases = valuesOf(entry, 'mailAlias')
    const replace = (attribute: string, values: readonly string[]): Modification => {
      return { operation: 'replace', attribute, values }
    }
    const kinds: readonly (() => Modification)[] = [
      () => ({ operation: 'add', attribute: 'mailAlias', values: [this.aliasValue()] }),
      () => ({ operation: 'add', attribute: 'mailAlias', values: [this.aliasValue()] }),
      () =>
        aliases.length === 0
          ? replace('mailAlias', [this.aliasValue()])
          : { operation: 'delete', attribute: 'mailAlias', values: [choices.pick(aliases)] },
      () => replace('mailAlias', choices.some(this.addresses, 0, 3)),
      () => replace('mail', choices.some(this.addresses, 1, 2)),
      () => replace('mailEnabled', choices.pick([[], ['TRUE'], ['FALSE']])),
      () => replace('cn', choices.some(LOCAL_PARTS, 1, 2)),
      () => replace(choices.pick(['l', 'st']), choices.some(this.domains, 0, 2)),
      () => replace('description', ['nothing that a table reads']),
    ]
    const modifications = choices.some(kinds, 1, 2).map((kind) => kind())
    return { type: 'modify', dn: entry.dn, modifications }
  }

  private groupChange(entry: Entry): ChangeRecord {
    const { choices } = this
    const name = valuesOf(entry, 'cn')[0] ?? ''
    const kinds: readonly (() => Modification)[] = [
      () => ({ operation: 'add', attribute: 'member', values: [this.memberDn(name)] }),
      () => ({ operation: 'delete', attribute: 'member', values: [choices.pick(valuesOf(entry, 'member'))] }),
      () => ({ operation: 'replace', attribute: 'member', values: [this.memberDn(name)] }),
      () => ({ operation: 'replace', attribute: 'labeledURI', values: this.urls() }),
      () => ({ operation: 'replace', attribute: 'mailAlias', values: [this.aliasValue()] }),
    ]
    return { type: 'modify', dn: entry.dn, modifications: [choices.pick(kinds)()] }
  }

  private rename(dn: string, newRdn: string, entries: readonly Entry[]): ChangeRecord {
    const { choices } = this
    const units = entries.filter((entry) => entry.dn.startsWith('ou=') && !entry.dn.endsWith(dn))
    const newSuperior = choices.chance(50) || units.length === 0 ? null : choices.pick(units).dn
    const stays = choices.chance(50) ? (dn.split(',')[0] ?? newRdn) : newRdn
    return { type: 'modifyDn', dn, newRdn: stays, deleteOldRdn: choices.chance(70), newSuperior }
  }

  private person(uid: string, parent: string): ChangeRecord {
    const { choices } = this
    return added(`uid=${uid},${parent}`, {
      objectClass: ['inetOrgPerson', 'PostfixBookMailAccount'],
      uid: [uid],
      cn: [choices.pick(LOCAL_PARTS)],
      sn: [uid],
      mail: choices.some(this.addresses, 1, choices.chance(20) ? 2 : 1),
      mailAlias: choices.chance(70) ? [...new Set([this.aliasValue(), this.aliasValue()])] : [],
      mailEnabled: choices.chance(20) ? ['FALSE'] : [],
      l: choices.chance(30) ? [choices.pick(this.domains)] : [],
    })
  }

  private group(name: string): ChangeRecord {
    const { choices } = this
    return added(`cn=${name},${this.base}`, {
      objectClass: ['groupOfNames', 'PostfixBookMailAccount', 'labeledURIObject'],
      cn: [name],
      member: [...new Set([this.memberDn(name), this.memberDn(name)])],
      mailAlias: [this.aliasValue()],
      labeledURI: choices.chance(40) ? this.urls() : [],
      mail: choices.chance(20) ? [choices.pick(this.addresses)] : [],
    })
  }

  private domainEntry(domain: string): ChangeRecord {
    return added(`dc=${domain},${this.base}`, { objectClass: ['dNSDomain'], dc: [domain] })
  }

  private aliasValue(): string {
    const { choices } = this
    if (choices.chance(12)) return `@${choices.pick(this.domains)}`
    const address = choices.pick(this.addresses)
    return choices.chance(15) ? address.toUpperCase() : address
  }

  /** Groups of groups mostly end: a circle is an error for every key that leads to it. */
  private memberDn(group: string): string {
    const { choices, base } = this
    const inner = choices.chance(5) ? ['g1', 'g2', 'g3'] : ['g2', 'g3'].filter((name) => name > group)
    if (inner.length > 0 && choices.chance(25)) return `cn=${choices.pick(inner)},${base}`
    return `uid=${choices.pick(UIDS)},${this.unit()}`
  }

  private urls(): readonly string[] {
    const { choices } = this
    const uid = choices.pick(UIDS)
    return [
      choices.pick([
        `ldap:///${this.base}?mail?sub?(uid=${uid})`,
        `ldap:///ou=team,${this.base}?mail?one?(objectClass=inetOrgPerson)`,
        `ldap:///uid=${uid},${this.base}?mail`,
      ]),
    ]
  }

  private unit(): string {
    return this.choices.pick([this.base, `ou=team,${this.base}`, `ou=spare,${this.base}`])
  }
}

function added(dn: string, attributes: Readonly<Record<string, readonly string[]>>): ChangeRecord {
  return {
    type: 'add',
    dn,
    attributes: Object.entries(attributes)
      .filter(([, values]) => values.length > 0)
      .map(([description, values]) => ({ description, values })),
  }
}

function rdnValue(dn: string): string {
  return /^ou=([^,]*)/.exec(dn)?.[1] ?? ''
}
