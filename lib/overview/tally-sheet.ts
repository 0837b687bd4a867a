/**
 * tally-sheet - the sums over mailboxes, entry by entry. Of the entries only addresses are kept until the end.
 *
 * What needs attention is what a postmaster would want to know and what can be told from addresses alone. Each
 * item has the number of all and the first few as examples. Authority: RFC 2142 section 5; virtual(5).
 */
import { domainOf } from '@/lib/entries/address'
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'

const MOST_EXAMPLES = 5

export type AttentionCode =
  'noPostmaster' | 'unhostedAlias' | 'unhostedMailbox' | 'shadowedMailbox' | 'disabledWithAlias'

export interface Example {
  readonly address: string
  /** The mailbox that it is about, by entryUUID; null if it is about a domain or an alias. */
  readonly mailbox: string | null
}

export interface AttentionItem {
  readonly code: AttentionCode
  readonly count: number
  readonly examples: readonly Example[]
}

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
  readonly attention: readonly AttentionItem[]
}

/** Gathers the sums. */
export class TallySheet {
  private mailboxes = 0
  private disabled = 0
  private forwarding = 0
  private readonly byDomain = new Map<string, number>()
  /** Mailboxes by address, with their entryUUID. */
  private readonly mails = new Map<string, string>()
  /** Addresses of the first mailbox that holds each alias. */
  private readonly aliases = new Map<string, string>()
  private readonly attention = new Map<AttentionCode, { count: number; examples: Example[] }>()

  /**
   * @param domains those to be counted, in lower case
   * @param hosted all hosted domains; null where the directory has none to judge by
   * @param elsewhere addresses that mailboxes have which are not taken here, in lower case
   */
  constructor(
    private readonly domains: readonly string[],
    private readonly hosted: ReadonlySet<string> | null,
    private readonly elsewhere: ReadonlySet<string> = new Set(),
  ) {
    for (const domain of domains) this.byDomain.set(domain, 0)
  }

  /** Takes one mailbox. */
  add(entry: Entry): void {
    const mail = valueOf(entry, 'mail')?.toLowerCase() ?? ''
    const id = valueOf(entry, 'entryUUID') ?? ''
    const isDisabled = valueOf(entry, 'mailEnabled') === 'FALSE'
    const aliases = valuesOf(entry, 'mailAlias').map((value) => value.toLowerCase())
    const domain = domainOf(mail) ?? ''
    this.mailboxes += 1
    if (isDisabled) this.disabled += 1
    if (valuesOf(entry, 'mailForwardingAddress').length > 0) this.forwarding += 1
    this.byDomain.set(domain, (this.byDomain.get(domain) ?? 0) + 1)
    for (const value of valuesOf(entry, 'mail')) this.mails.set(value.toLowerCase(), id)
    if (isDisabled && aliases.length > 0) this.note('disabledWithAlias', { address: mail, mailbox: id })
    if (!this.isHosted(mail)) this.note('unhostedMailbox', { address: mail, mailbox: id })
    for (const alias of aliases) {
      const isOwn = this.mails.get(alias) === id
      // Held by its own mailbox too, an alias takes no mail away from it.
      if (isOwn || !this.aliases.has(alias)) this.aliases.set(alias, isOwn ? alias : mail)
    }
  }

  /** The sums over all that was taken. */
  sums(): Sums {
    const aliasesByDomain = new Map<string, number>()
    for (const [alias, first] of this.aliases) {
      const domain = domainOf(alias) ?? ''
      aliasesByDomain.set(domain, (aliasesByDomain.get(domain) ?? 0) + 1)
      if (!this.isHosted(alias)) this.note('unhostedAlias', { address: alias, mailbox: null })
      if (this.mails.has(alias) && first !== alias)
        this.note('shadowedMailbox', { address: alias, mailbox: null })
    }
    for (const domain of this.domains) {
      const known = [`postmaster@${domain}`, `@${domain}`]
      if (
        !known.some((address) => [this.aliases, this.mails, this.elsewhere].some((some) => some.has(address)))
      )
        this.note('noPostmaster', { address: domain, mailbox: null })
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
      attention: [...this.attention].map(([code, { count, examples }]) => ({ code, count, examples })),
    }
  }

  private isHosted(address: string): boolean {
    return this.hosted === null || this.hosted.has(domainOf(address) ?? '')
  }

  private note(code: AttentionCode, example: Example): void {
    const item = this.attention.get(code) ?? { count: 0, examples: [] }
    this.attention.set(code, item)
    item.count += 1
    if (item.examples.length < MOST_EXAMPLES) item.examples.push(example)
  }
}
