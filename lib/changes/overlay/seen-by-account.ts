/**
 * seen-by-account - the touched entries as each account of the site's tables sees them, read once for each.
 *
 * The overlay of every table of an account needs them, and the findings ask what the account cannot see. Accounts
 * are told apart by the settings of their server. A reading that fails is handed on and not kept.
 * LDAP round trips: those of pending-entries, once for each account.
 */
import type { DirectoryView } from '@/lib/ldap/directory-view'
import type { Schema } from '@/lib/ldap/schema'
import type { ServerSettings } from '@/lib/postfix/table-access'
import { seeEntries, type SeenEntries } from './pending-entries'
import type { PendingNames } from './pending-names'

/** What the accounts of one preview see. */
export class SeenByAccount {
  private readonly known = new Map<string, Promise<SeenEntries>>()

  constructor(
    private readonly names: PendingNames,
    private readonly schema: Schema,
  ) {}

  /** The touched entries through the live view of this account. */
  async see(settings: ServerSettings, live: DirectoryView): Promise<SeenEntries> {
    const account = JSON.stringify(settings)
    const seeing = this.known.get(account) ?? seeEntries(live, this.names, this.schema)
    this.known.set(account, seeing)
    const seen = await seeing
    if (seen.status === 'failed' && this.known.get(account) === seeing) this.known.delete(account)
    return seen
  }
}
