/**
 * mailbox-examiner - gives for each mailbox what is wrong with it, from one look at every entry. Pure.
 *
 * What one entry tells is noted when it is taken; what only the others tell (who else has an address, where a
 * forward leads) at the end. It may be given only the entries that have to do with a few addresses: then it is right
 * about those. A forward to an address with an extension after `+` is known where the address without it is.
 * Authority: virtual(5): full address before @domain, alias before mailbox; an alias to itself keeps the mail.
 */
import { domainOf, isCatchAll } from '@/lib/entries/address'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'
import { AddressHolders, type AliasList } from './address-holders'
import { FINDING_CODES, type FindingCode, type MailboxFinding } from './mailbox-finding'
import { KEY_ATTRIBUTES, reasonNeverFound } from './never-found'

/** Attributes that an entry is examined by. */
export const EXAMINED_ATTRIBUTES = [
  'mail',
  'mailAlias',
  'mailEnabled',
  'mailForwardingAddress',
  'mailGroupMember',
  'objectClass',
  'entryUUID',
] as const

/** So many findings of one kind are told of one mailbox. */
const MOST_OF_A_KIND = 20

/** Every domain that takes mail has the one (RFC 2142 section 5) and ought to have the other (section 4). */
export type RequiredLocalpart = 'postmaster' | 'abuse'

export interface ExaminerFacts {
  /** All hosted domains, in lower case; null where the directory has none to judge by. */
  readonly hosted: ReadonlySet<string> | null
  /** Attributes, in lower case, whose equality rule tells upper from lower case. */
  readonly caseExact: ReadonlySet<string>
}

/** Takes entries, then tells the findings. */
export class MailboxExaminer {
  private readonly mails = new AddressHolders()
  private readonly aliases = new AddressHolders()
  /** The address to call a mailbox by. */
  private readonly names = new Map<string, string>()
  private readonly forwards = new Map<string, readonly string[]>()
  private readonly found = new Map<string, MailboxFinding[]>()

  constructor(private readonly facts: ExaminerFacts) {}

  /** Takes one mailbox. */
  add(entry: Entry): void {
    const id = valueOf(entry, 'entryUUID') ?? ''
    const mails = valuesOf(entry, 'mail').map((value) => value.toLowerCase())
    const aliases = valuesOf(entry, 'mailAlias').map((value) => value.toLowerCase())
    const forwards = valuesOf(entry, 'mailForwardingAddress').map((value) => value.toLowerCase())
    this.names.set(id, mails[0] ?? '')
    for (const mail of mails) {
      this.mails.add(mail, id)
      if (this.isUnhosted(mail)) this.note(id, 'unhostedMailbox', mail)
    }
    for (const alias of aliases) {
      this.aliases.add(alias, id)
      if (this.isUnhosted(alias)) this.note(id, 'unhostedAlias', alias)
    }
    if (mails.length === 0) this.note(id, 'withoutAddress', '')
    if (aliases.length > 0 && valueOf(entry, 'mailEnabled')?.toUpperCase() === 'FALSE')
      this.note(id, 'disabledWithAlias', mails[0] ?? '')
    this.noteNeverFound(entry, id)
    if (forwards.length === 0) return
    this.forwards.set(id, forwards)
    const classes = valuesOf(entry, 'objectClass').map((name) => name.toLowerCase())
    if (!classes.includes('postfixbookmailforward')) this.note(id, 'forwardWithoutClass', mails[0] ?? '')
  }

  /** The findings by entryUUID, of all that was taken; each mailbox's grave ones first. Ask once. */
  findings(): ReadonlyMap<string, readonly MailboxFinding[]> {
    this.judgeAddresses()
    this.judgeForwards()
    for (const findings of this.found.values()) findings.sort(byGravity)
    return this.found
  }

  /** Those of the hosted domains for which nobody has this localpart, nor a catch-all. */
  domainsWithout(localpart: RequiredLocalpart): readonly string[] {
    const isKnown = (address: string): boolean => this.mails.has(address) || this.aliases.has(address)
    return [...(this.facts.hosted ?? [])].filter(
      (domain) => !isKnown(`${localpart}@${domain}`) && !this.aliases.has(`@${domain}`),
    )
  }

  /** Those of the hosted domains in which there is neither a mailbox nor an alias. */
  domainsWithoutAddress(): readonly string[] {
    const used = new Set<string>()
    for (const holders of [this.mails, this.aliases])
      for (const address of holders.addresses()) used.add(domainOf(address) ?? '')
    return [...(this.facts.hosted ?? [])].filter((domain) => !used.has(domain))
  }

  /** The alias that most mailboxes have; null where no alias is shared. */
  longestList(): AliasList | null {
    return this.aliases.mostShared()
  }

  private noteNeverFound(entry: Entry, id: string): void {
    for (const attribute of KEY_ATTRIBUTES)
      for (const value of valuesOf(entry, attribute)) {
        const reason = reasonNeverFound(attribute, value, this.facts.caseExact)
        if (reason !== null) this.note(id, 'neverFound', value, { reason })
      }
  }

  private judgeAddresses(): void {
    const diverted = new Map<string, number>()
    for (const address of this.mails.addresses()) {
      const owners = this.mails.of(address)
      const holders = this.aliases.of(address)
      const catchAll = `@${domainOf(address) ?? ''}`
      const catchers = holders.length > 0 ? [] : this.aliases.of(catchAll)
      for (const owner of owners) {
        const twin = owners.find((other) => other !== owner)
        if (twin !== undefined) this.note(owner, 'sharedAddress', address, { other: this.nameOf(twin) })
        if (holders.length > 0 && !holders.includes(owner))
          this.note(owner, 'shadowedMailbox', address, { other: this.nameOf(holders[0]) })
        if (catchers.length === 0 || catchers.includes(owner)) continue
        this.note(owner, 'divertedMailbox', address, { other: this.nameOf(catchers[0]) })
        diverted.set(catchAll, (diverted.get(catchAll) ?? 0) + 1)
      }
      this.judgeHolders(address, owners, holders)
    }
    for (const [address, count] of diverted)
      for (const catcher of this.aliases.of(address))
        this.note(catcher, 'divertingCatchAll', address, { count })
  }

  private judgeHolders(address: string, owners: readonly string[], holders: readonly string[]): void {
    const [loser] = owners.filter((owner) => !holders.includes(owner))
    if (loser === undefined) return
    for (const holder of holders)
      if (!owners.includes(holder))
        this.note(holder, 'shadowingAlias', address, { other: this.nameOf(loser) })
  }

  private judgeForwards(): void {
    for (const [id, targets] of this.forwards)
      for (const target of targets) {
        const takers = this.takersOf(target)
        if (takers.length === 0 && this.isHosted(target)) this.note(id, 'danglingForward', target)
        const back = takers.find((taker) => taker !== id && this.forwardsTo(taker, id))
        if (back !== undefined) this.note(id, 'forwardLoop', target, { other: this.nameOf(back) })
      }
  }

  private forwardsTo(from: string, to: string): boolean {
    return (this.forwards.get(from) ?? []).some((target) => this.takersOf(target).includes(to))
  }

  /** The mailboxes that mail for this address goes to. */
  private takersOf(address: string): readonly string[] {
    const plain = address.replace(/\+[^@]*@/, '@')
    const catchAll = `@${domainOf(address) ?? ''}`
    const found = [
      [this.aliases, address],
      [this.aliases, plain],
      [this.aliases, catchAll],
      [this.mails, address],
      [this.mails, plain],
    ] as const
    return found.map(([holders, key]) => holders.of(key)).find((ids) => ids.length > 0) ?? []
  }

  private isHosted(address: string): boolean {
    return this.facts.hosted?.has(domainOf(address) ?? '') === true
  }

  /** A name without a domain is completed by Postfix and cannot be judged. */
  private isUnhosted(address: string): boolean {
    const domain = isCatchAll(address) ? address.slice(1) : domainOf(address)
    return this.facts.hosted !== null && domain !== null && !this.facts.hosted.has(domain)
  }

  private nameOf(id: string | undefined): string {
    return this.names.get(id ?? '') ?? ''
  }

  private note(
    id: string,
    code: FindingCode,
    address: string,
    more: Partial<Pick<MailboxFinding, 'other' | 'count' | 'reason'>> = {},
  ): void {
    const findings = this.found.get(id) ?? []
    this.found.set(id, findings)
    if (findings.filter((finding) => finding.code === code).length < MOST_OF_A_KIND)
      findings.push({ code, address, other: '', count: 1, reason: null, ...more })
  }
}

const GRAVITY = new Map(FINDING_CODES.map((code, at) => [code, at]))

function byGravity(one: MailboxFinding, other: MailboxFinding): number {
  return (GRAVITY.get(one.code) ?? 0) - (GRAVITY.get(other.code) ?? 0)
}
