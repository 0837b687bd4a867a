/**
 * resolution-site - one Postfix configuration, opened: its settings, lists of domains and tables.
 *
 * In: a configuration directory and the access to files and directories. Fails with one sentence where Postfix
 * would not run. A table that cannot be opened or evaluated does not fail the site: its lookups do, and the
 * trace of an address that needs it says so. No connection is made before the first lookup.
 */
import { fatalOf } from './diagnostic'
import type { Diagnostic } from './lookup-result'
import type { LookupTable, TableOpener } from './lookup-table'
import type { LocalHost, MainCf } from './main-cf'
import { readMainCf } from './main-cf'
import type { MapList } from './map-list'
import { openMapList } from './map-list'
import { tableOpener } from './map-opening'
import { parseMatchList } from './match-list'
import type { DomainList } from './recipient-domain'
import type { ResolutionSettings } from './resolution-settings'
import { resolutionSettings } from './resolution-settings'
import type { TableAccess } from './table-access'

export interface MailSite {
  readonly mainCf: MainCf
  readonly settings: ResolutionSettings
  readonly domains: Readonly<
    Record<'mydestination' | 'virtualAlias' | 'virtualMailbox' | 'relay', DomainList>
  >
  readonly maps: Readonly<
    Record<
      | 'canonical'
      | 'recipientCanonical'
      | 'virtualAlias'
      | 'virtualMailbox'
      | 'localRecipient'
      | 'relayRecipient'
      | 'relocated'
      | 'transport',
      MapList
    >
  >
  /** How transport_maps treats parent domains. */
  readonly transportSubdomains: 'dotted' | 'bare'
  /** What reading and opening logged. */
  readonly diagnostics: readonly Diagnostic[]
}

export type MailSiteResult =
  | { readonly status: 'open'; readonly site: MailSite }
  | { readonly status: 'failed'; readonly message: string }

/** Reads `directory`/main.cf and opens all that address resolution needs. */
export function openMailSite(
  directory: string,
  access: TableAccess,
  host: LocalHost = { name: 'localhost', addresses: [] },
): MailSiteResult {
  const mainCf = readMainCf(directory, access, host)
  if (mainCf.status === 'failed') return mainCf
  const settings = resolutionSettings(mainCf.parameters, host)
  if (settings.status === 'invalid') return { status: 'failed', message: settings.message }
  return openSite(mainCf.parameters, settings.settings, mainCf.diagnostics, access)
}

function openSite(
  mainCf: MainCf,
  settings: ResolutionSettings,
  readDiagnostics: readonly Diagnostic[],
  access: TableAccess,
): MailSiteResult {
  const open = tableOpener(mainCf, access)
  const diagnostics = [...readDiagnostics]
  const problems: string[] = []
  const domains = (parameter: string, subdomains: DomainList['subdomains']): DomainList => {
    const parsed = parseMatchList(mainCf.value(parameter), {
      access,
      openTable: lateOpener(open),
      utf8: settings.smtputf8Enable,
      name: parameter,
    })
    diagnostics.push(...parsed.diagnostics)
    if (parsed.status === 'valid') return { parameter, list: parsed.list, subdomains }
    problems.push(`${parameter}: ${fatalOf(parsed.diagnostics)?.text ?? 'the list cannot be used'}`)
    return { parameter, list: EMPTY_LIST, subdomains }
  }
  const maps = (parameter: string) => openMapList(parameter, mainCf.value(parameter), open)
  const parents = mainCf.value('parent_domain_matches_subdomains').split(/[,\s]+/)
  const site: MailSite = {
    mainCf,
    settings,
    domains: {
      mydestination: domains('mydestination', 'none'),
      virtualAlias: domains('virtual_alias_domains', 'none'),
      virtualMailbox: domains('virtual_mailbox_domains', 'none'),
      relay: domains('relay_domains', parents.includes('relay_domains') ? 'bare' : 'dotted'),
    },
    maps: {
      canonical: maps('canonical_maps'),
      recipientCanonical: maps('recipient_canonical_maps'),
      virtualAlias: maps('virtual_alias_maps'),
      virtualMailbox: maps('virtual_mailbox_maps'),
      localRecipient: maps('local_recipient_maps'),
      relayRecipient: maps('relay_recipient_maps'),
      relocated: maps('relocated_maps'),
      transport: maps('transport_maps'),
    },
    transportSubdomains: parents.includes('transport_maps') ? 'bare' : 'dotted',
    diagnostics,
  }
  const problem = problems[0]
  if (problem !== undefined) {
    return { status: 'failed', message: `Postfix cannot use ${mainCf.directory}/main.cf: ${problem}.` }
  }
  return { status: 'open', site }
}

const EMPTY_LIST: DomainList['list'] = {
  patterns: [],
  match: () => Promise.resolve({ answer: 'no', diagnostics: [] }),
}

/** A table with a problem must fail when it is asked, not the whole list it stands in. */
function lateOpener(open: TableOpener): TableOpener {
  return (name): LookupTable => {
    const table = open(name)
    if (table.problem === null) return table
    return {
      name: table.name,
      problem: null,
      diagnostics: [],
      lookup: (key, flags) => table.lookup(key, flags),
      lookupMany: (keys, flags) => table.lookupMany(keys, flags),
    }
  }
}
