/**
 * many-addresses - follows many addresses before and after a change, and keeps those whose outcome differs.
 *
 * What can be asked ahead is asked in few searches; then a bounded number of traces runs side by side. An
 * address is not followed where its outcome shows from another one's (similar-traces), and not followed again
 * after the change where all that it asked is untouched. The answers are those of following each in full.
 */
import { expectSteps, isStillWanted, tellSteps } from '@/lib/changes/examination-watch'
import { inTurns, restWhenLong } from '@/lib/changes/portions'
import type { MailSite } from '@/lib/postfix/resolution-site'
import { type AddressOutcome, type AddressReport, followClosely, isSameOutcome } from './address-outcome'
import {
  isComparable,
  type KnownAnswer,
  type Model,
  modelOf,
  outcomeLike,
  questionsLike,
} from './similar-traces'

/** The site before and after a change. */
export interface Sites {
  readonly before: MailSite
  readonly after: MailSite
  readonly known: { readonly before: KnownAnswer; readonly after: KnownAnswer }
  /** Whether a table's answer is surely the same before and after. */
  readonly isSame: (table: string, key: string) => boolean
}

/** So many traces are under way at a time: more of them only keep more in memory. */
const AT_A_TIME = 200
/** From so many on, questions are asked ahead. */
const WORTH_ASKING_AHEAD = 10
/** Models of one domain: mailbox, alias, and what else there is. */
const MOST_MODELS = 6

interface Followed {
  readonly outcome: AddressOutcome
  /** Whether nothing that was asked is touched by the change. */
  readonly isSettled: boolean
}

/** The reports of those of these folded addresses whose outcome differs. */
export async function followMany(
  sites: Sites,
  addresses: readonly string[],
): Promise<readonly AddressReport[]> {
  const reports = await followEach(sites, addresses)
  const differing = await inTurns(reports, (report) => {
    const { before, after } = report
    return before === after || isSameOutcome(before, after) ? [] : [report]
  })
  return differing.flat()
}

/** The reports of these folded addresses; of one that the change cannot concern, both outcomes are one object. */
export async function followEach(
  sites: Sites,
  addresses: readonly string[],
): Promise<readonly AddressReport[]> {
  const reports: AddressReport[] = []
  expectSteps(addresses.length)
  if (addresses.length >= WORTH_ASKING_AHEAD && isStillWanted())
    await Promise.all([sites.before, sites.after].map((site) => askAhead(site, addresses)))
  const former = new Followers(sites.before, sites.known.before, sites.isSame)
  const latter = new Followers(sites.after, sites.known.after, () => false)
  for (let at = 0; at < addresses.length && isStillWanted(); at += AT_A_TIME) {
    const some = addresses.slice(at, at + AT_A_TIME)
    const before = await former.followAll(some)
    const touched = some.filter((_, place) => before[place]?.isSettled === false)
    const after = new Map<string, AddressOutcome>()
    for (const [place, { outcome }] of (await latter.followAll(touched)).entries())
      after.set(touched[place] ?? '', outcome)
    for (const [place, address] of some.entries()) {
      const now = before[place]?.outcome
      if (now !== undefined) reports.push({ address, before: now, after: after.get(address) ?? now })
    }
    tellSteps(some.length)
    await restWhenLong()
  }
  return reports
}

/** Most questions of the traces in few searches. */
async function askAhead({ maps, settings }: MailSite, addresses: readonly string[]): Promise<void> {
  const flags = { fold: true, utf8: settings.smtputf8Enable }
  const names = [maps.recipientCanonical, maps.canonical, maps.virtualAlias, maps.virtualMailbox]
  const tables = new Set(names.flatMap((list) => list.tables))
  await Promise.all([...tables].map((table) => table.lookupMany(addresses, flags)))
}

/** Follows addresses of one state. */
class Followers {
  private readonly models = new Map<string, Model[]>()

  constructor(
    private readonly site: MailSite,
    private readonly known: KnownAnswer,
    private readonly isSame: Sites['isSame'],
  ) {}

  /** In the order given. The first few of each domain are followed in full and become models. */
  async followAll(addresses: readonly string[]): Promise<readonly Followed[]> {
    const followed = new Map<string, Followed>()
    let rest = addresses
    for (let round = 0; round < MOST_MODELS && rest.length > 0; round += 1) {
      const left: string[] = []
      const full = new Map<string, string>()
      for (const address of rest) {
        await restWhenLong()
        const like = this.compare(address)
        if (like !== null) followed.set(address, like)
        else {
          left.push(address)
          if (isComparable(address, this.site)) full.set(domainOf(address), address)
        }
      }
      for (const address of full.values()) followed.set(address, await this.follow(address))
      rest = left.filter((address) => !followed.has(address))
      if (full.size === 0) break
    }
    const others = await Promise.all(rest.map((address) => this.follow(address)))
    for (const [at, one] of others.entries()) followed.set(rest[at] ?? '', one)
    return addresses.flatMap((address) => followed.get(address) ?? [])
  }

  private compare(address: string): Followed | null {
    if (!isComparable(address, this.site)) return null
    for (const model of this.models.get(domainOf(address)) ?? []) {
      const outcome = outcomeLike(model, address, this.known)
      if (outcome === null) continue
      const isSettled = questionsLike(model, address).every(([table, key]) => this.isSame(table, key))
      return { outcome, isSettled }
    }
    return null
  }

  private async follow(address: string): Promise<Followed> {
    const { outcome, lookups } = await followClosely(this.site, address)
    const model = isComparable(address, this.site) ? modelOf(address, outcome, lookups) : null
    const models = this.models.get(domainOf(address)) ?? []
    if (model !== null && models.length < MOST_MODELS) this.models.set(domainOf(address), [...models, model])
    const isSettled = lookups.every(({ table, key }) => this.isSame(table, key))
    return { outcome, isSettled }
  }
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
