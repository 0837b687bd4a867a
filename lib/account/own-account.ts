/**
 * own-account - what the account page shows: the person's addresses, what becomes of mail to each, and what they may.
 *
 * Each address is followed through the site's tables as they are now, as a preview would do; other people's addresses
 * are covered (owner-view). What the directory or Postfix does not tell is said, and never shown as empty.
 * LDAP round trips: one for the entry, one for the notes, some for each address, all at once.
 */
import 'server-only'
import { destinationsOf, followAddress } from '@/lib/changes/impact/address-outcome'
import type { LookupAnswer, TraceSummary } from '@/lib/changes/preview-result'
import type { Authority } from '@/lib/directory/authority'
import { hasStore } from '@/lib/directory/store'
import { forwardTargets } from '@/lib/entries/account-task'
import { isCatchAll } from '@/lib/entries/address'
import { sameAddress } from '@/lib/entries/mailbox-fields'
import { nameOf, readMailbox } from '@/lib/entries/mailbox'
import { aliasDomains, awaitsRequest, isReserved } from '@/lib/entries/owner-policy'
import { ownerPolicy } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { readOwnMailboxEntry } from '@/lib/lists/mailboxes'
import { askOwnAddresses } from '@/lib/lookups/own-addresses'
import type { MailSite } from '@/lib/postfix/resolution-site'
import { openSite } from '@/lib/site/mail-site'
import { noteAbout, readNotes, readsForwarding } from './own-notes'
import { type IsOwn, ownAmong, ownerAnswer } from './owner-view'

/** What becomes of mail to an address, as far as its owner has to know. */
export type Reach = 'reaches' | 'reachesOthers' | 'goesElsewhere' | 'refused' | 'unknown'

export interface OwnAddress {
  readonly address: string
  readonly reach: Reach
  readonly lookups: readonly {
    readonly parameter: string
    readonly map: string
    readonly answer: LookupAnswer
  }[]
  readonly note: string
  readonly until: string
  /** Given and taken by administrators alone. */
  readonly fixed: boolean
  /** Whether the person could take it again after removing it. */
  readonly own: boolean
}

export interface PausedAddress {
  readonly address: string
  readonly note: string
  readonly until: string
}

export interface OwnAccount {
  readonly mail: string
  readonly name: string
  readonly entryCsn: string
  readonly mailbox: OwnAddress
  readonly aliases: readonly OwnAddress[]
  readonly paused: readonly PausedAddress[]
  /** Addresses of distribution lists that the mailbox is on, as far as Postfix reads them. */
  readonly lists: readonly OwnAddress[]
  readonly may: {
    readonly aliases: boolean
    /** Each with whether an administrator has to say yes there. */
    readonly domains: readonly { readonly name: string; readonly awaitsRequest: boolean }[]
    readonly limit: number
    readonly used: number
    /** Notes, last days and pausing. */
    readonly keep: boolean
    readonly forward: 'yes' | 'off' | 'unused'
  }
  readonly forwarding: { readonly targets: readonly string[]; readonly keepCopy: boolean }
}

export type OwnAccountResult =
  | { readonly status: 'read'; readonly account: OwnAccount }
  | { readonly status: 'notFound' }
  | { readonly status: 'broken'; readonly message: string }
  | SearchFailure

/** The account of the person who asks. */
export async function readOwnAccount(authority: Authority): Promise<OwnAccountResult> {
  const read = await readOwnMailboxEntry(authority)
  if (read.status !== 'found') return read
  const { entry } = read
  const [notes, followed] = await Promise.all([readNotes(authority, entry), followOwn(entry)])
  if ('status' in notes) return notes
  if (followed.status === 'broken') return followed
  const mailbox = readMailbox(entry)
  const policy = ownerPolicy()
  const domains = aliasDomains(policy, mailbox.mail)
  const paused = notes.filter((note) => note.paused)
  const described = ({ address, ...rest }: FollowedAddress): OwnAddress => {
    const { note = '', until = '' } = noteAbout(notes, address) ?? {}
    const fixed = isCatchAll(address) || isReserved(policy, address)
    const own = domains.includes(address.slice(address.lastIndexOf('@') + 1).toLowerCase())
    return { address, ...rest, note, until, fixed, own: own && rest.reach !== 'reachesOthers' }
  }
  const [first, ...others] = followed.addresses.map(described)
  if (first === undefined) return { status: 'notFound' }
  const isAlias = ({ address }: OwnAddress): boolean => mailbox.form.aliases.includes(address)
  const aliases = others.filter(isAlias)
  const forward = policy.forwarding === 'no' ? 'off' : 'yes'
  const account: OwnAccount = {
    mail: mailbox.mail,
    name: nameOf(mailbox),
    entryCsn: mailbox.entryCsn,
    mailbox: first,
    aliases,
    paused: paused.map(({ address, note, until }) => ({ address, note, until })),
    lists: others.filter((one) => !isAlias(one)),
    may: {
      aliases: policy.aliases,
      domains: domains.map((name) => ({ name, awaitsRequest: awaitsRequest(policy, `x@${name}`) })),
      limit: policy.limit,
      used: aliases.length + paused.length,
      keep: hasStore(),
      forward: readsForwarding() ? forward : 'unused',
    },
    forwarding: {
      targets: forwardTargets(entry),
      keepCopy: mailbox.forwardingAddresses.some((target) => sameAddress(target, mailbox.mail)),
    },
  }
  return { status: 'read', account }
}

type FollowedAddress = Pick<OwnAddress, 'address' | 'reach' | 'lookups'>

type Followed =
  | { readonly status: 'followed'; readonly addresses: readonly FollowedAddress[] }
  | { readonly status: 'broken'; readonly message: string }

/** The mailbox's address, then aliases, then lists that reach it. */
async function followOwn(entry: Entry): Promise<Followed> {
  const opened = openSite()
  if (opened.status === 'failed') return { status: 'broken', message: opened.message }
  const mailbox = readMailbox(entry)
  const lists = valuesOf(entry, 'mailGroupMember')
  const keys = [mailbox.mail, ...mailbox.form.aliases, ...lists]
  const isOwn = ownAmong([...keys, ...mailbox.forwardingAddresses])
  const asked = await askOwnAddresses({
    ...mailbox,
    form: { ...mailbox.form, aliases: [...mailbox.form.aliases, ...lists] },
  })
  if (asked.status === 'broken') return asked
  const reaches = await Promise.all(keys.map((key) => reachOf(opened.site, key, mailbox.mail)))
  const addresses = keys.map((address, at) => ({
    address,
    reach: reaches[at] ?? 'unknown',
    lookups: shownLookups(asked.addresses[at]?.lookups ?? [], isOwn),
  }))
  // A list that no table answers for is not one of this server.
  const known = addresses.filter(
    ({ reach }, at) => at <= mailbox.form.aliases.length || reach.startsWith('reaches'),
  )
  return { status: 'followed', addresses: known }
}

function shownLookups(lookups: OwnAddress['lookups'], isOwn: IsOwn): OwnAddress['lookups'] {
  return lookups.map(({ parameter, map, answer }) => ({
    parameter,
    map: map.slice(map.lastIndexOf('/') + 1),
    answer: ownerAnswer(answer, isOwn),
  }))
}

async function reachOf(site: MailSite, address: string, mail: string): Promise<Reach> {
  // Mail goes to no address `@domain`; any address of the domain stands for it.
  const outcome = await followAddress(
    site,
    isCatchAll(address) ? `anyotheraddressofthisdomain${address}` : address,
  )
  return reachOfSummary(outcome.summary, destinationsOf(outcome), mail)
}

function reachOfSummary(summary: TraceSummary, destinations: readonly string[], mail: string): Reach {
  if (summary.problem !== null) return 'unknown'
  if (destinations.length === 0) return 'refused'
  if (!destinations.some((destination) => sameAddress(destination, mail))) return 'goesElsewhere'
  return destinations.length > 1 ? 'reachesOthers' : 'reaches'
}
