/**
 * ldap-table-values - from the entries of a search to the values of a lookup.
 *
 * Attributes and values are taken in the server's order. Values of special result attributes are DNs or LDAP
 * URLs, which are followed at the place where they stand. Any failure, and any limit that is passed, fails the
 * whole lookup: there is never a truncated result. As in Postfix the terminal and leaf flags are not reset
 * between the entries of one search.
 *
 * Authority: dict_ldap_get_values, attrdesc_subtype and url_attrs (dict_ldap.c), db_common_expand
 * (db_common.c) of Postfix 3.7, with the fix of 3.7.22 for a bad filter in a followed URL; ldap_table(5).
 */
import type { Scope, SearchResult } from '@/lib/ldap/directory-view'
import { valuesOf, type Attribute, type Entry } from '@/lib/ldap/entry'
import { warning } from './diagnostic'
import { expandValue, splitKey, type KeyParts } from './key-expansion'
import { ldapErrorText } from './ldap-error-text'
import { searchTable, type ReadyLdapTable } from './ldap-table-query'
import { isLdapUrl, parseLdapUrl } from './ldap-url'
import type { Diagnostic, LookupStep } from './lookup-result'

const BASE_FILTER = '(objectclass=*)'

/** A search that has to be made for the collecting to go on. */
export type NestedSearch = () => Promise<SearchResult>

/** Stops at each nested search and goes on with its result; without special attributes it runs through. */
export type Collecting<Result = undefined> = Generator<NestedSearch, Result, SearchResult>

/** Collects the values of one lookup. */
export class ValueCollector {
  readonly values: string[] = []
  readonly diagnostics: Diagnostic[] = []
  readonly steps: LookupStep[] = []
  /** Result code of the last operation; Postfix complains if it is not success. */
  lastCode = 0
  private isFailed = false

  constructor(
    private readonly table: ReadyLdapTable,
    private readonly key: KeyParts,
  ) {}

  /** The name without its type, as these messages have it. */
  private get source(): string {
    return this.table.configuration.name.replace(/^[^:]*:/, '')
  }

  /** Whether the lookup is a temporary error, whatever was collected before. */
  hasFailed(): boolean {
    return this.isFailed
  }

  /** Notes what a search did. */
  record(base: string, scope: Scope, filter: string, result: SearchResult): void {
    const entries = result.status === 'complete' ? result.entries.map((entry) => entry.dn) : null
    this.steps.push({ base, scope, filter, entries })
  }

  /** Takes the values of these entries; `level` is 1 for the first search. */
  *collect(entries: readonly Entry[], level: number): Collecting {
    const { configuration } = this.table
    const { sizeLimit, leafResultAttributes, specialResultAttributes } = configuration
    let isTerminal = false
    let isLeaf = true
    for (let index = 0; index < entries.length; index += 1) {
      const entry = entries[index]
      if (entry === undefined) break
      if (!this.hasFailed() && sizeLimit > 0 && index >= sizeLimit) {
        this.fail(`limit.size:${level}`, level, `${this.source}: Query size limit (${sizeLimit}) exceeded`)
      }
      // The tests of presence go on after a failure: they have a side effect.
      if (this.hasAny(entry, configuration.terminalResultAttributes)) isTerminal = true
      if (!isTerminal && leafResultAttributes.length > 0 && this.hasAny(entry, specialResultAttributes)) {
        isLeaf = false
      }
      for (let at = 0; at < entry.attributes.length; at += 1) {
        const attribute = entry.attributes[at]
        if (attribute === undefined || this.hasFailed()) break
        const kind = attribute.values.length === 0 ? null : this.kindOf(attribute.description)
        if (kind === null || (isTerminal && kind !== 'terminal')) continue
        // Names of both lists stand before the ordinary ones, and Postfix drops by that position.
        if (!isLeaf && (kind === 'leaf' || kind === 'terminal')) continue
        if (kind === 'special') yield* this.follow(attribute, level)
        else this.take(attribute.values, level)
      }
    }
  }

  /**
   * Presence is tested by the exact name, without options. The client library notes a name that is absent as
   * its last result, which Postfix ignores; so an earlier failure is forgotten.
   */
  private hasAny(entry: Entry, names: readonly string[]): boolean {
    return names.some((name) => {
      if (valuesOf(entry, name).length > 0) return true
      this.lastCode = 0
      return false
    })
  }

  /** Adds values of an ordinary, leaf or terminal attribute. */
  private take(values: readonly string[], level: number): void {
    const { name, expansionLimit } = this.table.configuration
    for (let at = 0; at < values.length; at += 1) {
      const value = beforeNul(values[at] ?? '')
      if (value === '') {
        const text = `table "${name}": empty lookup result for: "${this.key.whole}" -- ignored`
        this.diagnostics.push(warning('result.empty', text))
        continue
      }
      const expanded = expandValue(this.table.resultFormat, splitKey(value), this.key)
      if (expanded === null) continue
      if (expansionLimit > 0 && this.values.length >= expansionLimit) {
        const text = `${this.source}: Expansion limit exceeded for key: '${this.key.whole}'`
        this.fail(`limit.expansion:${level}`, level, text)
        return
      }
      this.values.push(expanded)
    }
  }

  /** Follows the DNs and URLs of a special attribute, depth first. */
  private *follow(attribute: Attribute, level: number): Collecting {
    const { recursionLimit } = this.table.configuration
    if (level >= recursionLimit) {
      const { description, values } = attribute
      const text = `${this.source}: Recursion limit exceeded for special attribute ${description}=${values[0] ?? ''}`
      this.fail(`limit.recursion:${level}:${description}`, level, text)
      return
    }
    for (const whole of attribute.values) {
      const value = beforeNul(whole)
      const result = isLdapUrl(value) ? yield* this.searchUrl(value, level) : yield* this.searchDn(value)
      if (this.hasFailed()) return
      if (result === null) continue
      this.lastCode = result.status === 'complete' ? 0 : result.resultCode
      if (result.status === 'complete') yield* this.collect(result.entries, level + 1)
      else if (result.resultCode === 32) {
        const text = `dict_ldap_get_values[${level}]: DN ${value} not found, skipping `
        this.diagnostics.push(warning(`nested.not-found:${level}`, text))
      } else {
        const { resultCode } = result
        const text = `search error ${resultCode}: ${ldapErrorText(resultCode)} `
        this.fail(`nested.error:${level}:${resultCode}`, level, text)
      }
      if (this.hasFailed()) return
    }
  }

  private *searchDn(dn: string): Collecting<SearchResult> {
    const { table } = this
    const result = yield () => searchTable(table, dn, 'base', BASE_FILTER, table.attributes)
    this.record(dn, 'base', BASE_FILTER, result)
    return result
  }

  /** Searches for a URL on the table's own connection; null if it asks for nothing that the table wants. */
  private *searchUrl(text: string, level: number): Collecting<SearchResult | null> {
    const url = parseLdapUrl(text)
    if ('code' in url) {
      this.fail(
        `nested.bad-url:${level}:${url.code}`,
        level,
        `malformed URL ${text}: ${ldapErrorText(url.code)}(${url.code})`,
      )
      return null
    }
    const attributes = wantedOf(this.table.attributes, url.attributes)
    if (attributes === null) return null
    const result = yield () => searchTable(this.table, url.dn, url.scope, url.filter, attributes)
    this.record(url.dn, url.scope, url.filter, result)
    return result
  }

  private fail(code: string, level: number, text: string): void {
    this.isFailed = true
    this.diagnostics.push(warning(code, `dict_ldap_get_values[${level}]: ${text}`))
  }

  /** The first list with a name that the attribute equals or extends by options. */
  private kindOf(description: string): 'terminal' | 'leaf' | 'ordinary' | 'special' | null {
    const { configuration } = this.table
    if (isIn(configuration.terminalResultAttributes, description)) return 'terminal'
    if (isIn(configuration.leafResultAttributes, description)) return 'leaf'
    if (isIn(configuration.resultAttributes, description)) return 'ordinary'
    return isIn(configuration.specialResultAttributes, description) ? 'special' : null
  }
}

function isIn(names: readonly string[], description: string): boolean {
  for (let at = 0; at < names.length; at += 1) {
    const name = names[at]
    if (name !== undefined && extendsName(description, name)) return true
  }
  return false
}

/** A value as a C string. */
function beforeNul(value: string): string {
  const end = value.indexOf('\0')
  return end < 0 ? value : value.slice(0, end)
}

/** Whether a description is the name, or the name with further options behind it. */
export function extendsName(description: string, name: string): boolean {
  if (description === name) return true
  const text = description.toLowerCase()
  const start = name.toLowerCase()
  return text === start || text.startsWith(`${start};`)
}

/** The names that the table and a URL have in common, the more special of each two; null if there are none. */
function wantedOf(ofTable: readonly string[], ofUrl: readonly string[]): readonly string[] | null {
  if (ofUrl.length === 0) return ofTable
  const common = ofTable.flatMap((own) =>
    ofUrl.flatMap((other) => {
      if (extendsName(other, own)) return [other]
      return extendsName(own, other) ? [own] : []
    }),
  )
  return common.length === 0 ? null : common
}
