/**
 * address-holders - which mailboxes have an address. Pure.
 *
 * Nearly every address has one holder, so the first is kept without a list of its own: a walk over a hundred
 * thousand mailboxes fills two of these. Addresses in lower case, holders by entryUUID.
 */

/** An address that several mailboxes have, with their number. */
export interface AliasList {
  readonly address: string
  readonly mailboxes: number
}

/** Mailboxes by address. */
export class AddressHolders {
  private readonly firsts = new Map<string, string>()
  private readonly others = new Map<string, string[]>()

  /** Notes that this mailbox has the address; all addresses of a mailbox are noted in turn. */
  add(address: string, id: string): void {
    const first = this.firsts.get(address)
    if (first === id) return
    if (first === undefined) {
      this.firsts.set(address, id)
      return
    }
    const others = this.others.get(address)
    if (others === undefined) this.others.set(address, [id])
    else if (others.at(-1) !== id) others.push(id)
  }

  /** Whether anybody has it. */
  has(address: string): boolean {
    return this.firsts.has(address)
  }

  /** Who has it. */
  of(address: string): readonly string[] {
    const first = this.firsts.get(address)
    return first === undefined ? [] : [first, ...(this.others.get(address) ?? [])]
  }

  /** All addresses. */
  addresses(): Iterable<string> {
    return this.firsts.keys()
  }

  /** The address that most mailboxes have; null where each has one holder. */
  mostShared(): AliasList | null {
    let most: AliasList | null = null
    for (const [address, others] of this.others)
      if (others.length + 1 > (most?.mailboxes ?? 0)) most = { address, mailboxes: others.length + 1 }
    return most
  }
}
