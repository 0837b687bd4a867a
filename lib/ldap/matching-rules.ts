/**
 * matching-rules - when two values match (RFC 4517 section 4.2), as slapd 2.5 applies the rules.
 *
 * A rule makes values comparable and compares them. A value that is illegal for the rule's syntax has no
 * comparable form (null): an assertion with it is undefined. A rule that is not in this table cannot be
 * judged here at all, which is something else; callers keep the two apart.
 */
import type { AttributeValueAssertion, Dn } from './dn'
import { normalizeDn, parseDn } from './dn'
import { encodeOctets } from './octets'
import type { Schema } from './schema'
import type { Piece } from './string-preparation'
import { asciiLowerCase, prepareDirectoryString, prepareIa5String } from './string-preparation'
import { isLegalValue, parseGeneralizedTime, SYNTAX } from './syntaxes'

export type RuleUse = 'equality' | 'ordering' | 'substrings'

export interface MatchingRule {
  readonly oid: string
  readonly name: string
  readonly use: RuleUse
  /** Syntaxes of the attributes to which an extensible match may apply the rule. */
  readonly syntaxes: readonly string[]
  /** Whether slapd has an approximate rule, by sound, beside this one. */
  readonly hasApproximate: boolean
  /**
   * The comparable form of a value or of a part of a substrings assertion; null if it is illegal. Values are
   * equal under the rule exactly if their comparable forms are the same string.
   */
  prepare(value: string, piece: Piece, schema: Schema): string | null
  /** Negative, zero or positive, for two comparable forms. */
  compare(one: string, other: string): number
}

interface Family {
  readonly prepare: MatchingRule['prepare']
  readonly syntaxes: readonly string[]
  readonly compare?: MatchingRule['compare']
  readonly hasApproximate?: boolean
}

const DIRECTORY_SYNTAXES = [
  SYNTAX.directoryString,
  SYNTAX.countryString,
  SYNTAX.printableString,
  SYNTAX.telephoneNumber,
]

/** A family whose values are checked against one syntax and then rewritten. */
function checked(syntax: string, rewrite: (value: string) => string): Family {
  return { syntaxes: [syntax], prepare: (value) => (isLegalValue(syntax, value) ? rewrite(value) : null) }
}

const FAMILIES = {
  ignore: {
    syntaxes: DIRECTORY_SYNTAXES,
    prepare: (value, piece) => prepareDirectoryString(value, true, piece),
    hasApproximate: true,
  },
  exact: {
    syntaxes: DIRECTORY_SYNTAXES,
    prepare: (value, piece) => prepareDirectoryString(value, false, piece),
    hasApproximate: true,
  },
  ia5Ignore: {
    syntaxes: [SYNTAX.ia5String],
    prepare: (value) => prepareIa5String(value, true),
    hasApproximate: true,
  },
  ia5Exact: {
    syntaxes: [SYNTAX.ia5String],
    prepare: (value) => prepareIa5String(value, false),
    hasApproximate: true,
  },
  list: {
    syntaxes: [SYNTAX.postalAddress],
    prepare: (value) => prepareList(value),
  },
  dn: { syntaxes: [SYNTAX.dn], prepare: (value, _, schema) => prepareDn(value, schema) },
  nameAndUid: {
    syntaxes: [SYNTAX.nameAndOptionalUid],
    prepare: (value, _, schema) => prepareNameAndUid(value, schema),
  },
  boolean: checked(SYNTAX.boolean, (value) => value),
  integer: {
    ...checked(SYNTAX.integer, (value) => value),
    compare: (one, other) => Number(BigInt(one) - BigInt(other) > 0n) - Number(BigInt(one) < BigInt(other)),
  },
  numeric: checked(SYNTAX.numericString, (value) => value.replaceAll(' ', '') || ' '),
  telephone: checked(SYNTAX.telephoneNumber, (value) => value.replace(/[ -]/g, '') || ' '),
  octets: {
    syntaxes: [SYNTAX.octetString],
    // One character for each octet, so that a part of a UTF-8 sequence can be found.
    prepare: (value) => [...encodeOctets(value)].map((octet) => String.fromCharCode(octet)).join(''),
  },
  bits: checked(SYNTAX.bitString, (value) => value),
  oid: { syntaxes: [SYNTAX.oid], prepare: (value, _, schema) => prepareOid(value, schema) },
  time: checked(SYNTAX.generalizedTime, (value) => parseGeneralizedTime(value) ?? value),
  uuid: checked(SYNTAX.uuid, asciiLowerCase),
  csn: {
    syntaxes: ['1.3.6.1.4.1.4203.666.11.2.1'],
    prepare: (value) =>
      /^\d{14}\.\d{6}Z#[0-9a-f]{6}#[0-9a-f]{3}#[0-9a-f]{6}$/i.test(value) ? asciiLowerCase(value) : null,
  },
} as const satisfies Record<string, Family>

const TABLE: readonly (readonly [oid: string, name: string, use: RuleUse, family: keyof typeof FAMILIES])[] =
  [
    ['2.5.13.0', 'objectIdentifierMatch', 'equality', 'oid'],
    ['2.5.13.1', 'distinguishedNameMatch', 'equality', 'dn'],
    ['2.5.13.2', 'caseIgnoreMatch', 'equality', 'ignore'],
    ['2.5.13.3', 'caseIgnoreOrderingMatch', 'ordering', 'ignore'],
    ['2.5.13.4', 'caseIgnoreSubstringsMatch', 'substrings', 'ignore'],
    ['2.5.13.5', 'caseExactMatch', 'equality', 'exact'],
    ['2.5.13.6', 'caseExactOrderingMatch', 'ordering', 'exact'],
    ['2.5.13.7', 'caseExactSubstringsMatch', 'substrings', 'exact'],
    ['2.5.13.8', 'numericStringMatch', 'equality', 'numeric'],
    ['2.5.13.9', 'numericStringOrderingMatch', 'ordering', 'numeric'],
    ['2.5.13.10', 'numericStringSubstringsMatch', 'substrings', 'numeric'],
    ['2.5.13.11', 'caseIgnoreListMatch', 'equality', 'list'],
    ['2.5.13.12', 'caseIgnoreListSubstringsMatch', 'substrings', 'list'],
    ['2.5.13.13', 'booleanMatch', 'equality', 'boolean'],
    ['2.5.13.14', 'integerMatch', 'equality', 'integer'],
    ['2.5.13.15', 'integerOrderingMatch', 'ordering', 'integer'],
    ['2.5.13.16', 'bitStringMatch', 'equality', 'bits'],
    ['2.5.13.17', 'octetStringMatch', 'equality', 'octets'],
    ['2.5.13.18', 'octetStringOrderingMatch', 'ordering', 'octets'],
    ['2.5.13.19', 'octetStringSubstringsMatch', 'substrings', 'octets'],
    ['2.5.13.20', 'telephoneNumberMatch', 'equality', 'telephone'],
    ['2.5.13.21', 'telephoneNumberSubstringsMatch', 'substrings', 'telephone'],
    ['2.5.13.23', 'uniqueMemberMatch', 'equality', 'nameAndUid'],
    ['2.5.13.27', 'generalizedTimeMatch', 'equality', 'time'],
    ['2.5.13.28', 'generalizedTimeOrderingMatch', 'ordering', 'time'],
    ['1.3.6.1.4.1.1466.109.114.1', 'caseExactIA5Match', 'equality', 'ia5Exact'],
    ['1.3.6.1.4.1.1466.109.114.2', 'caseIgnoreIA5Match', 'equality', 'ia5Ignore'],
    ['1.3.6.1.4.1.1466.109.114.3', 'caseIgnoreIA5SubstringsMatch', 'substrings', 'ia5Ignore'],
    ['1.3.6.1.4.1.4203.1.2.1', 'caseExactIA5SubstringsMatch', 'substrings', 'ia5Exact'],
    ['1.3.6.1.1.16.2', 'UUIDMatch', 'equality', 'uuid'],
    ['1.3.6.1.1.16.3', 'UUIDOrderingMatch', 'ordering', 'uuid'],
    ['1.3.6.1.4.1.4203.666.11.2.2', 'CSNMatch', 'equality', 'csn'],
    ['1.3.6.1.4.1.4203.666.11.2.3', 'CSNOrderingMatch', 'ordering', 'csn'],
  ]

/** Rules that slapd knows and this table does not: a filter with one of them cannot be judged here. */
const OTHER_NAMES = [
  ['2.5.13.22', 'presentationAddressMatch'],
  ['2.5.13.24', 'protocolInformationMatch'],
  ['2.5.13.29', 'integerFirstComponentMatch'],
  ['2.5.13.30', 'objectIdentifierFirstComponentMatch'],
  ['2.5.13.34', 'certificateExactMatch'],
  ['2.5.13.38', 'certificateListExactMatch'],
  ['1.2.840.113556.1.4.803', 'integerBitAndMatch'],
  ['1.2.840.113556.1.4.804', 'integerBitOrMatch'],
  ['1.2.36.79672281.1.13.3', 'rdnMatch'],
]

/** Names and OIDs of all matching rules of slapd 2.5, for a schema that does not name its own. */
export const MATCHING_RULE_NAMES: readonly string[] = [
  ...TABLE.flatMap(([oid, name]) => [oid, name]),
  ...OTHER_NAMES.flat(),
]

const RULES: ReadonlyMap<string, MatchingRule> = new Map(
  TABLE.flatMap(([oid, name, use, familyName]) => {
    const family: Family = FAMILIES[familyName]
    const { prepare, syntaxes, compare = compareOctets, hasApproximate = false } = family
    const rule: MatchingRule = { oid, name, use, prepare, syntaxes, compare, hasApproximate }
    return [
      [oid, rule],
      [name.toLowerCase(), rule],
    ]
  }),
)

/** The rule of this name or OID; undefined if it is not among those that can be judged here. */
export function findMatchingRule(name: string): MatchingRule | undefined {
  return RULES.get(name.toLowerCase())
}

/**
 * The key of a DN under which the server finds the entry; null if the server would call it invalid (34):
 * an unknown attribute type, or a value that is illegal for it.
 */
export function serverDnKey(dn: Dn, schema: Schema): string | null {
  const assertions = dn.flat()
  if (!assertions.every((assertion) => isLegalAssertion(assertion, schema))) return null
  return dnKey(dn, schema)
}

/** A key under which equal DNs are equal strings. Types that the schema lacks are compared ignoring case. */
export function dnKey(dn: Dn, schema: Schema): string {
  return normalizeDn(dn, ({ attribute, value }) => {
    const type = schema.attributeType(attribute)
    const rule = findMatchingRule(type?.equality ?? 'caseIgnoreMatch')
    return {
      attribute: (type?.name ?? attribute).toLowerCase(),
      value: rule?.prepare(value, 'whole', schema) ?? value.toLowerCase(),
    }
  })
}

function isLegalAssertion({ attribute, value, encoded }: AttributeValueAssertion, schema: Schema): boolean {
  const type = schema.attributeType(attribute)
  // slapd takes no empty value in a DN, whatever the syntax.
  if (type === undefined || encoded || value === '' || !isLegalValue(type.syntax, value)) return false
  const rule = type.equality === null ? undefined : findMatchingRule(type.equality)
  return rule === undefined || rule.prepare(value, 'whole', schema) !== null
}

function prepareDn(value: string, schema: Schema): string | null {
  const dn = parseDn(value)
  return dn === null ? null : serverDnKey(dn, schema)
}

function prepareNameAndUid(value: string, schema: Schema): string | null {
  const [, name = value, uid = ''] = /^(.*)(#'[01]*'B)$/s.exec(value) ?? []
  const key = prepareDn(name, schema)
  return key === null ? null : key + uid
}

function prepareList(value: string): string | null {
  if (!isLegalValue(SYNTAX.postalAddress, value)) return null
  return value
    .split('$')
    .map((line) => prepareDirectoryString(line, true, 'whole') ?? '')
    .join('$')
}

/** The numeric OID behind a name; a name that the schema lacks cannot be compared. */
function prepareOid(value: string, schema: Schema): string | null {
  if (!isLegalValue(SYNTAX.oid, value)) return null
  if (/^[0-9]/.test(value)) return value
  return schema.objectClass(value)?.oid ?? schema.attributeType(value)?.oid ?? null
}

/** As octets, the shorter first when one begins with the other. */
function compareOctets(one: string, other: string): number {
  if (one === other) return 0
  const [left, right] = [encodeOctets(one), encodeOctets(other)]
  const differs = left.findIndex((octet, at) => octet !== right[at])
  if (differs < 0) return -1
  return (left[differs] ?? 0) - (right[differs] ?? -1)
}
