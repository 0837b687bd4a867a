/**
 * usual-tables - whether the site's Postfix asks the directory as a server with the postfix-book schema usually does.
 *
 * Findings about entries are judged from mail, mailAlias and the hosted domains alone. Where a table asks otherwise
 * (another filter or result, another kind of table), they may differ from what Postfix answers, and the screens say
 * so. A configuration that cannot be read counts as unusual. Authority: ldap_table(5), postconf(5).
 */
import 'server-only'
import { type SiteTable, siteTables } from './postfix-configuration'

/** The attribute that each parameter's table compares with the whole key, and what it gives. */
const USUAL = {
  virtual_mailbox_domains: { asked: 'dc', result: null },
  virtual_mailbox_maps: { asked: 'mail', result: null },
  virtual_alias_maps: { asked: 'mailalias', result: 'mail' },
} as const

/** Whether each of the three is one table that asks as usual. */
export function asksAsUsual(): boolean {
  const site = siteTables()
  if (site.status === 'broken') return false
  const all = [...site.tables, ...site.otherTables]
  return Object.entries(USUAL).every(([parameter, { asked, result }]) => {
    const [table, ...more] = all.filter((one) => one.parameter === parameter)
    return more.length === 0 && table !== undefined && isUsual(table, asked, result)
  })
}

function isUsual({ configuration }: SiteTable, asked: string, result: string | null): boolean {
  if (configuration === null) return false
  const { queryFilter, resultAttributes, resultFormat, domain } = configuration
  const filter = queryFilter.toLowerCase().replaceAll(' ', '')
  const plain = [`${asked}=%s`, `(${asked}=%s)`]
  const isPlain =
    plain.includes(filter) || filter.replace(/^\(&\(objectclass=[\w-]+\)/, '') === `(${asked}=%s))`
  const gives = resultAttributes.map((attribute) => attribute.toLowerCase()).join()
  return isPlain && domain === '' && resultFormat === '%s' && (result === null || gives === result)
}
