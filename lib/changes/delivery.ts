/**
 * delivery - where mail to an address goes, as far as the site's virtual tables decide it.
 *
 * In: an address and the answers of one state of the directory (before or after a change). Out: the mailboxes
 * and remote addresses that it ends at, or why it ends nowhere; a failed lookup is `unknown`, never "nowhere".
 * The recipient itself is checked as smtpd does, then expanded as cleanup does: keys user@domain and @domain,
 * results expanded again, an address among its own results kept. Extensions, canonical maps and transports
 * are not part of it. Authority: virtual(5), cleanup_map1n.c (its limits), mail_addr_find.c, smtpd_check.c.
 */
import type { LookupAnswer } from './preview-result'

/** What the site's tables answer in one state. A kind of table that the site does not have is `absent`. */
export interface DeliveryTables {
  alias(key: string): Promise<LookupAnswer | 'absent'>
  mailbox(key: string): Promise<LookupAnswer | 'absent'>
  domain(key: string): Promise<LookupAnswer | 'absent'>
}

export type Delivery =
  | {
      readonly status: 'delivered'
      readonly mailboxes: readonly string[]
      /** Addresses in domains that are not hosted here. */
      readonly elsewhere: readonly string[]
      /** Results of aliases that are in hosted domains and have no mailbox. */
      readonly dangling: readonly string[]
    }
  /** In a hosted domain, and neither alias nor mailbox: Postfix answers 550. */
  | { readonly status: 'undeliverable' }
  /** No alias, and the domain is not hosted here. */
  | { readonly status: 'notHosted' }
  /** The expansion does not end: Postfix refuses the message with "Alias expansion error". */
  | { readonly status: 'loop' }
  | { readonly status: 'unknown'; readonly problem: string }

export interface AddressReport {
  readonly address: string
  readonly before: Delivery
  readonly after: Delivery
}

/** Defaults of virtual_alias_recursion_limit and virtual_alias_expansion_limit. */
const EXPANSION_LIMIT = 1000

/** Follows an address through the tables of one state. */
export async function deliver(address: string, tables: DeliveryTables): Promise<Delivery> {
  const following = new Following(tables)
  const delivery = await following.follow(address.toLowerCase())
  return following.problem === null ? delivery : { status: 'unknown', problem: following.problem }
}

/** One address being followed. After a failed lookup what it says is worth nothing: see `problem`. */
class Following {
  /** Why a lookup failed; null if none did. */
  problem: string | null = null

  constructor(private readonly tables: DeliveryTables) {}

  async follow(address: string): Promise<Delivery> {
    if ((await this.aliasResults(address)) === null) {
      if (!(await this.isHosted(address))) return { status: 'notHosted' }
      if (!(await this.isMailbox(address))) return { status: 'undeliverable' }
      return { status: 'delivered', mailboxes: [address], elsewhere: [], dangling: [] }
    }
    const recipients = await this.expand(address)
    if (recipients === null) return { status: 'loop' }
    const mailboxes: string[] = []
    const elsewhere: string[] = []
    const dangling: string[] = []
    for (const recipient of new Set(recipients)) {
      if (!(await this.isHosted(recipient))) elsewhere.push(recipient)
      else if (await this.isMailbox(recipient)) mailboxes.push(recipient)
      else dangling.push(recipient)
    }
    return { status: 'delivered', mailboxes, elsewhere, dangling }
  }

  /** The work list of cleanup_map1n: the first result stays in place, the others go to the end. */
  private async expand(address: string): Promise<readonly string[] | null> {
    const list = [address]
    const marked = new Set<string>()
    for (let at = 0; at < list.length; at += 1) {
      for (let rewrites = 0; ; rewrites += 1) {
        const current = list[at] ?? ''
        if (marked.has(current)) break
        if (rewrites === EXPANSION_LIMIT || list.length > EXPANSION_LIMIT) return null
        const results = await this.aliasResults(current)
        if (results === null) break
        const [first = current, ...others] = results
        if (results.includes(current)) marked.add(current)
        list[at] = first
        list.push(...others)
      }
    }
    return list
  }

  private async aliasResults(address: string): Promise<readonly string[] | null> {
    for (const key of keysOf(address)) {
      const answer = await this.tables.alias(key)
      if (this.isFound(answer)) return resultAddresses(address, answer.values)
    }
    return null
  }

  private async isMailbox(address: string): Promise<boolean> {
    for (const key of keysOf(address)) {
      const answer = await this.tables.mailbox(key)
      // Without mailbox tables Postfix accepts every address of a hosted domain.
      if (answer === 'absent' || this.isFound(answer)) return true
    }
    return false
  }

  private async isHosted(address: string): Promise<boolean> {
    const answer = await this.tables.domain(address.slice(address.lastIndexOf('@') + 1))
    // Where no table names the domains they are listed in main.cf; then none is said to be missing.
    return answer === 'absent' || this.isFound(answer)
  }

  private isFound(answer: LookupAnswer | 'absent'): answer is LookupAnswer {
    if (answer === 'absent') return false
    if (answer.status !== 'found' && answer.status !== 'notFound')
      this.problem ??= answer.problem ?? 'A lookup failed.'
    return answer.status === 'found'
  }
}

/** A result is a list of addresses; one that begins with @ takes the local part of what was looked up. */
function resultAddresses(address: string, values: readonly string[]): readonly string[] {
  const addresses = values.flatMap((value) => value.split(/[\s,;]+/)).filter((value) => value !== '')
  const localpart = address.slice(0, Math.max(address.lastIndexOf('@'), 0))
  const [first, ...others] = addresses
  if (first?.startsWith('@') === true) return [`${localpart}${first}`, ...others].map(lowerCase)
  return addresses.map(lowerCase)
}

function keysOf(address: string): readonly string[] {
  const at = address.lastIndexOf('@')
  return at <= 0 ? [address] : [address, address.slice(at)]
}

function lowerCase(text: string): string {
  return text.toLowerCase()
}
