/**
 * store-help - the LDIF and the ACL of the panel's own base, made for this site and ready to be copied. Pure.
 *
 * The entry is of a class that every server has for its naming attribute; the ACL gives it to the service account and
 * to nobody else. Authority: RFC 4519; slapd.access(5), slapd-config(5).
 */
import { buildDn, type Dn, formatDn, parseDn } from '@/lib/ldap/dn'
import { formatChange, formatEntry } from '@/lib/ldap/ldif-text'

/** Structural classes that need nothing but their naming attribute (RFC 4519 section 3; dNSDomain: RFC 4524). */
const CLASSES: Readonly<Record<string, string>> = {
  ou: 'organizationalUnit',
  o: 'organization',
  cn: 'organizationalRole',
  dc: 'dNSDomain',
}

export interface StoreHelp {
  readonly base: string
  /** For ldapadd(1). */
  readonly ldif: string
  /** Lines of slapd.conf(5). */
  readonly slapdConf: string
  /** For ldapmodify(1) on cn=config. */
  readonly olcAccess: string
}

/** The base to propose: `ou=Postbook` beside the base of mailboxes. */
export function proposedBase(mailBase: string): string {
  const parent: Dn = parseDn(mailBase)?.slice(1) ?? []
  return formatDn(buildDn([{ attribute: 'ou', value: 'Postbook' }], parent))
}

/** What to do to have the store below this base; null where its name is none that can be made without more. */
export function storeHelp(base: string, serviceDn: string): StoreHelp | null {
  const first = parseDn(base)?.[0]
  const [assertion] = first ?? []
  const objectClass = assertion === undefined ? undefined : CLASSES[assertion.attribute.toLowerCase()]
  if (assertion === undefined || first?.length !== 1 || objectClass === undefined) return null
  const ldif = formatEntry({
    dn: base,
    attributes: [
      { description: 'objectClass', values: [objectClass] },
      { description: assertion.attribute, values: [assertion.value] },
    ],
  })
  return { base, ldif, ...access(base, serviceDn) }
}

function access(base: string, serviceDn: string): Pick<StoreHelp, 'slapdConf' | 'olcAccess'> {
  const what = `dn.subtree="${quoted(base)}"`
  const who = `dn.exact="${quoted(serviceDn)}"`
  return {
    slapdConf: `access to ${what}\n    by ${who} write\n    by * none\n`,
    olcAccess: formatChange({
      type: 'modify',
      dn: 'olcDatabase={1}mdb,cn=config',
      modifications: [
        { operation: 'add', attribute: 'olcAccess', values: [`{0}to ${what} by ${who} write by * none`] },
      ],
    }),
  }
}

/** Inside the quotes of slapd.conf a quote and a backslash have a backslash before them. */
function quoted(dn: string): string {
  return dn.replaceAll(/["\\]/g, String.raw`\$&`)
}
