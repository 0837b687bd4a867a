/**
 * domain - a hosted domain (dNSDomain, RFC 4524 domain) as the panel shows and edits it.
 *
 * DomainForm holds what can be edited, as text; Domain adds what is only shown. Strings and lists only, so that
 * both cross to the browser. The record attributes are those of cosine's dNSDomain (RFC 1274 section 9.3); neither
 * Postfix nor a name server reads them.
 */
import { type Entry, valueOf, valuesOf } from '@/lib/ldap/entry'

/** The attributes of dNSDomain that hold DNS records, the frequent ones first. */
export const RECORD_ATTRIBUTES = [
  'mXRecord',
  'aRecord',
  'nSRecord',
  'cNAMERecord',
  'sOARecord',
  'mDRecord',
] as const

export type RecordAttribute = (typeof RECORD_ATTRIBUTES)[number]

/** The edited attributes; an empty text or list means that the attribute is absent. */
export interface DomainForm {
  readonly description: string
  readonly records: Readonly<Record<RecordAttribute, readonly string[]>>
}

export interface Domain {
  /** entryUUID: how pages address the entry. */
  readonly id: string
  readonly name: string
  readonly dn: string
  /** The state of the entry that the form was filled from. */
  readonly entryCsn: string
  readonly description: string
  /** DNs of the people who administer it. */
  readonly administrators: readonly string[]
  readonly form: DomainForm
}

/** Attributes that {@link readDomain} needs. */
export const DOMAIN_ATTRIBUTES = ['*', 'entryUUID', 'entryCSN'] as const

/**
 * The domain in an entry read with {@link DOMAIN_ATTRIBUTES}.
 * @param administratorAttribute the attribute that names the administrators
 */
export function readDomain(entry: Entry, administratorAttribute = 'associatedName'): Domain {
  const description = valueOf(entry, 'description') ?? ''
  return {
    id: valueOf(entry, 'entryUUID') ?? '',
    name: valueOf(entry, 'dc')?.toLowerCase() ?? '',
    dn: entry.dn,
    entryCsn: valueOf(entry, 'entryCSN') ?? '',
    description,
    administrators: [...valuesOf(entry, administratorAttribute)],
    form: { description, records: recordsOf(entry) },
  }
}

/** Every record attribute of an entry. */
function recordsOf(entry: Entry): DomainForm['records'] {
  return {
    mXRecord: [...valuesOf(entry, 'mXRecord')],
    aRecord: [...valuesOf(entry, 'aRecord')],
    nSRecord: [...valuesOf(entry, 'nSRecord')],
    cNAMERecord: [...valuesOf(entry, 'cNAMERecord')],
    sOARecord: [...valuesOf(entry, 'sOARecord')],
    mDRecord: [...valuesOf(entry, 'mDRecord')],
  }
}

/** The form of a domain that does not exist yet. */
export const EMPTY_DOMAIN_FORM: DomainForm = {
  description: '',
  records: { mXRecord: [], aRecord: [], nSRecord: [], cNAMERecord: [], sOARecord: [], mDRecord: [] },
}
