/**
 * tally-sheet - the sums over mailboxes, entry by entry. Of the entries only aliases are kept until the end. Pure.
 *
 * An alias that several mailboxes have counts once, in its own domain; a mailbox in the domain of its first
 * address. What is wrong with mailboxes is told by the examiner beside it.
 */
import { domainOf } from '@/lib/entries/address'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'

export interface DomainCount {
  readonly name: string
  readonly mailboxes: number
  readonly aliases: number
}

export interface Sums {
  readonly mailboxes: number
  readonly disabled: number
  readonly forwarding: number
  /** Different alias addresses. */
  readonly aliases: number
  /** By number of mailboxes, most first; also domains that are not hosted but have mailboxes. */
  readonly domains: readonly DomainCount[]
}

/** Gathers the sums. */
export class TallySheet {
  private mailboxes = 0
  private disabled = 0
  private forwarding = 0
  private readonly byDomain = new Map<string, number>()
  private readonly aliases = new Set<string>()

  /** @param domains those to be counted, in lower case */
  constructor(domains: readonly string[]) {
    for (const domain of domains) this.byDomain.set(domain, 0)
  }

  /** Takes one mailbox. */
  add(entry: Entry): void {
    const domain = domainOf(valueOf(entry, 'mail')?.toLowerCase() ?? '') ?? ''
    this.mailboxes += 1
    if (valueOf(entry, 'mailEnabled') === 'FALSE') this.disabled += 1
    if (valuesOf(entry, 'mailForwardingAddress').length > 0) this.forwarding += 1
    this.byDomain.set(domain, (this.byDomain.get(domain) ?? 0) + 1)
    for (const alias of valuesOf(entry, 'mailAlias')) this.aliases.add(alias.toLowerCase())
  }

  /** The sums over all that was taken. */
  sums(): Sums {
    const aliasesByDomain = new Map<string, number>()
    for (const alias of this.aliases) {
      const domain = domainOf(alias) ?? ''
      aliasesByDomain.set(domain, (aliasesByDomain.get(domain) ?? 0) + 1)
    }
    const counts = [...this.byDomain].map(([name, mailboxes]) => ({
      name,
      mailboxes,
      aliases: aliasesByDomain.get(name) ?? 0,
    }))
    return {
      mailboxes: this.mailboxes,
      disabled: this.disabled,
      forwarding: this.forwarding,
      aliases: this.aliases.size,
      domains: counts.sort(
        (one, other) => other.mailboxes - one.mailboxes || (one.name < other.name ? -1 : 1),
      ),
    }
  }
}
