/**
 * shared-lookups - the tables of one state of the directory, each key asked once, many keys in one search.
 *
 * A preview asks the same keys for its rows and for the trace of every address. Questions that are asked in the
 * same turn of the event loop go out together (lookupMany), and every answer is kept: so a thousand traces that
 * run side by side cost as many round trips as one. An answer that cannot be predicted is marked as one that
 * cannot be evaluated here, so that a trace says so instead of calling it a failure of the server.
 * The state after a change takes the answers that the change cannot touch from the state before it.
 * Authority: maps(3) for the meaning of a table; see lib/postfix/trace-recorder for who asks.
 */
import { foldCase } from '@/lib/postfix/case-folding'
import type { LookupResult } from '@/lib/postfix/lookup-result'
import type { LookupFlags, LookupTable } from '@/lib/postfix/lookup-table'
import type { MapList } from '@/lib/postfix/map-list'
import { NOT_EVALUATED } from '@/lib/postfix/plain-maps'
import type { DomainList } from '@/lib/postfix/recipient-domain'
import type { MailSite } from '@/lib/postfix/resolution-site'
import { isUnpredictable } from '@/lib/changes/impact/lookup-answer'

/** The state before a change, and which answers are surely the same there. */
export interface Former {
  readonly lookups: SharedLookups
  readonly isSame: (table: string, key: string) => boolean
}

/** The tables of one state; equal names are one table. */
export class SharedLookups {
  private readonly tables = new Map<string, SharedTable>()

  constructor(private readonly former: Former | null = null) {}

  /** The shared table of this name; undefined if nobody has shared it yet. */
  find(name: string): LookupTable | undefined {
    return this.tables.get(name)
  }

  /** The table, with its answers shared with all who ask through this. */
  share(table: LookupTable): LookupTable {
    const known = this.tables.get(table.name)
    if (known !== undefined) return known
    const shared = new SharedTable(table, this.former)
    this.tables.set(table.name, shared)
    return shared
  }

  /** An answer to a folded key that has been given already; undefined if none has. */
  known(name: string, key: string): LookupResult | undefined {
    return this.tables.get(name)?.given(key)
  }

  /** The site with all of its tables shared. */
  shareSite(site: MailSite): MailSite {
    const { domains, maps } = site
    const list = (one: DomainList): DomainList => ({
      ...one,
      list: {
        ...one.list,
        patterns: one.list.patterns.map((pattern) =>
          pattern.type === 'table' ? { ...pattern, table: this.share(pattern.table) } : pattern,
        ),
      },
    })
    const map = (one: MapList): MapList => ({ ...one, tables: one.tables.map((table) => this.share(table)) })
    return {
      ...site,
      domains: {
        mydestination: list(domains.mydestination),
        virtualAlias: list(domains.virtualAlias),
        virtualMailbox: list(domains.virtualMailbox),
        relay: list(domains.relay),
      },
      maps: {
        canonical: map(maps.canonical),
        recipientCanonical: map(maps.recipientCanonical),
        virtualAlias: map(maps.virtualAlias),
        virtualMailbox: map(maps.virtualMailbox),
        localRecipient: map(maps.localRecipient),
        relayRecipient: map(maps.relayRecipient),
        relocated: map(maps.relocated),
        transport: map(maps.transport),
      },
    }
  }
}

interface Question {
  readonly key: string
  readonly flags: LookupFlags
  readonly answer: (result: Promise<LookupResult>) => void
}

class SharedTable implements LookupTable {
  readonly name: string
  readonly problem: string | null
  readonly diagnostics: LookupTable['diagnostics']
  /** LDAP tables fold the key and nothing else, so a folded key is the same question with and without. */
  private readonly foldsKeyOnly: boolean
  private readonly known = new Map<string, Promise<LookupResult>>()
  /** Of LDAP tables, by folded key. */
  private readonly answers = new Map<string, LookupResult>()
  private waiting: Question[] = []

  constructor(
    private readonly table: LookupTable,
    private readonly former: Former | null,
  ) {
    this.name = table.name
    this.problem = table.problem
    this.diagnostics = table.diagnostics
    this.foldsKeyOnly = /^(?:proxy:)?ldap:/.test(table.name)
  }

  lookup(typedKey: string, typedFlags: LookupFlags): Promise<LookupResult> {
    const folds = this.foldsKeyOnly && typedFlags.fold
    const key = folds ? foldCase(typedKey, typedFlags.utf8) : typedKey
    const flags = folds ? { ...typedFlags, fold: false } : typedFlags
    const name = `${kindOf(flags)} ${key}`
    const known = this.known.get(name)
    if (known !== undefined) return known
    const before =
      this.former?.isSame(this.name, key) === true ? this.former.lookups.find(this.name) : undefined
    if (before !== undefined) return before.lookup(key, flags)
    const asked = new Promise<LookupResult>((answer) => {
      if (this.waiting.length === 0) {
        setImmediate(() => {
          this.askWaiting()
        })
      }
      this.waiting.push({ key, flags, answer })
    })
    this.known.set(name, asked)
    if (this.foldsKeyOnly && flags.utf8)
      void asked.then(
        (result) => this.answers.set(key, result),
        () => undefined,
      )
    return asked
  }

  /** The answer to a folded key, if it has been given; tables of other kinds do not tell. */
  given(key: string): LookupResult | undefined {
    if (this.former?.isSame(this.name, key) === true) return this.former.lookups.known(this.name, key)
    return this.answers.get(key)
  }

  lookupMany(keys: readonly string[], flags: LookupFlags): Promise<readonly LookupResult[]> {
    return Promise.all(keys.map((key) => this.lookup(key, flags)))
  }

  private askWaiting(): void {
    const questions = this.waiting
    this.waiting = []
    for (const kind of new Set(questions.map(({ flags }) => kindOf(flags)))) {
      const group = questions.filter(({ flags }) => kindOf(flags) === kind)
      const [first] = group
      if (first === undefined) continue
      if (group.length === 1) {
        first.answer(this.table.lookup(first.key, first.flags).then(marked))
        continue
      }
      const keys = group.map(({ key }) => key)
      const asked = this.table.lookupMany(keys, first.flags)
      group.forEach(({ answer }, at) => {
        answer(asked.then((results) => marked(resultAt(results, at))))
      })
    }
  }
}

function kindOf({ fold, utf8 }: LookupFlags): string {
  return `${fold ? 'folded' : 'as it is'}${utf8 ? '' : ', octets'}`
}

function marked(result: LookupResult): LookupResult {
  if (!isUnpredictable(result)) return result
  const text = 'what it will answer cannot be predicted'
  return {
    ...result,
    diagnostics: [...result.diagnostics, { severity: 'warning', code: NOT_EVALUATED, text }],
  }
}

function resultAt(results: readonly LookupResult[], at: number): LookupResult {
  const result = results[at]
  if (result === undefined) throw new RangeError(`a table gave ${results.length} results, none at ${at}`)
  return result
}
