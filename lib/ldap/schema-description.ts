/**
 * schema-description - attribute types and object classes from their text (RFC 4512 section 4.1).
 *
 * Reads what a server publishes in `attributeTypes` and `objectClasses`, and the directives of an OpenLDAP
 * .schema file (slapd.conf(5): attributetype, objectclass, objectidentifier). Text that cannot be read is
 * null; unknown keywords (X-…) are skipped with their values.
 */

export type AttributeUsage =
  'userApplications' | 'directoryOperation' | 'distributedOperation' | 'dSAOperation'

/** An attribute type as described, before inheritance. */
export interface AttributeTypeDescription {
  readonly oid: string
  readonly names: readonly string[]
  readonly superior: string | null
  readonly equality: string | null
  readonly ordering: string | null
  readonly substrings: string | null
  /** OID without upper bound. */
  readonly syntax: string | null
  readonly singleValue: boolean
  readonly noUserModification: boolean
  readonly usage: AttributeUsage
}

export interface ObjectClassDescription {
  readonly oid: string
  readonly names: readonly string[]
  readonly superiors: readonly string[]
  readonly kind: 'ABSTRACT' | 'STRUCTURAL' | 'AUXILIARY'
  /** Names as described, without what superiors require. */
  readonly must: readonly string[]
  readonly may: readonly string[]
}

/** Descriptions as a server publishes them. */
export interface SchemaDescriptions {
  readonly attributeTypes: readonly string[]
  readonly objectClasses: readonly string[]
  /** null: unknown, take OpenLDAP's. */
  readonly matchingRules: readonly string[] | null
}

/** Keywords that stand alone. */
const FLAGS = new Set([
  'OBSOLETE',
  'SINGLE-VALUE',
  'COLLECTIVE',
  'NO-USER-MODIFICATION',
  'ABSTRACT',
  'STRUCTURAL',
  'AUXILIARY',
])

const USAGES: readonly AttributeUsage[] = [
  'userApplications',
  'directoryOperation',
  'distributedOperation',
  'dSAOperation',
]

interface Description {
  readonly oid: string
  readonly fields: ReadonlyMap<string, readonly string[]>
}

/** An attribute type from its description, null if it cannot be read. */
export function parseAttributeType(text: string): AttributeTypeDescription | null {
  const description = parseDescription(text)
  if (description === null) return null
  const { oid, fields } = description
  const one = (keyword: string): string | null => fields.get(keyword)?.[0] ?? null
  const usage = USAGES.find((name) => name.toLowerCase() === one('USAGE')?.toLowerCase())
  return {
    oid,
    names: fields.get('NAME') ?? [],
    superior: one('SUP'),
    equality: one('EQUALITY'),
    ordering: one('ORDERING'),
    substrings: one('SUBSTR'),
    syntax: one('SYNTAX')?.replace(/\{\d+\}$/, '') ?? null,
    singleValue: fields.has('SINGLE-VALUE'),
    noUserModification: fields.has('NO-USER-MODIFICATION'),
    usage: usage ?? 'userApplications',
  }
}

/** An object class from its description, null if it cannot be read. */
export function parseObjectClass(text: string): ObjectClassDescription | null {
  const description = parseDescription(text)
  if (description === null) return null
  const { oid, fields } = description
  const kind = fields.has('ABSTRACT') ? 'ABSTRACT' : fields.has('AUXILIARY') ? 'AUXILIARY' : 'STRUCTURAL'
  return {
    oid,
    names: fields.get('NAME') ?? [],
    superiors: fields.get('SUP') ?? [],
    kind,
    must: fields.get('MUST') ?? [],
    may: fields.get('MAY') ?? [],
  }
}

/** OID and names of a matching rule from its description, null if it cannot be read. */
export function parseMatchingRule(text: string): { oid: string; names: readonly string[] } | null {
  const description = parseDescription(text)
  return description === null ? null : { oid: description.oid, names: description.fields.get('NAME') ?? [] }
}

/** The descriptions in the text of an OpenLDAP .schema file; OID macros are replaced. */
export function readSchemaFile(text: string): SchemaDescriptions {
  const attributeTypes: string[] = []
  const objectClasses: string[] = []
  const macros = new Map<string, string>()
  const lines = text
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#') && line.trim() !== '')
    .join('\n')
  for (const directive of lines.split(/\n(?=\S)/)) {
    const [, keyword = '', rest = ''] = /^(\S+)\s+(.*)$/s.exec(directive) ?? []
    switch (keyword.toLowerCase()) {
      case 'attributetype':
      case 'attributetypes':
        attributeTypes.push(expandMacros(rest, macros))
        break
      case 'objectclass':
      case 'objectclasses':
        objectClasses.push(expandMacros(rest, macros))
        break
      case 'objectidentifier': {
        const [name = '', oid = ''] = rest.trim().split(/\s+/)
        macros.set(name.toLowerCase(), expandMacro(oid, macros))
        break
      }
    }
  }
  return { attributeTypes, objectClasses, matchingRules: null }
}

/** Replaces `name:suffix` after the opening parenthesis and after SYNTAX. */
function expandMacros(description: string, macros: ReadonlyMap<string, string>): string {
  return description.replace(
    /(^\s*\(\s*|\sSYNTAX\s+)([^\s(){}]+)/g,
    (_, before: string, oid: string) => before + expandMacro(oid, macros),
  )
}

function expandMacro(oid: string, macros: ReadonlyMap<string, string>): string {
  const [name = '', suffix] = oid.split(':')
  const value = macros.get(name.toLowerCase())
  if (value === undefined) return oid
  return suffix === undefined ? value : `${value}.${suffix}`
}

function parseDescription(text: string): Description | null {
  const tokens: readonly string[] = text.match(/'[^']*'|[()$]|[^\s()$']+/g) ?? []
  if (tokens.length < 3 || tokens[0] !== '(' || tokens.at(-1) !== ')') return null
  const fields = new Map<string, readonly string[]>()
  let at = 2
  while (at < tokens.length - 1) {
    const keyword = tokens[at]?.toUpperCase() ?? ''
    at += 1
    if (FLAGS.has(keyword)) fields.set(keyword, [])
    else if (tokens[at] === '(') {
      const end = tokens.indexOf(')', at)
      fields.set(
        keyword,
        tokens
          .slice(at + 1, end)
          .filter((token) => token !== '$')
          .map(unquote),
      )
      at = end + 1
    } else {
      fields.set(keyword, [unquote(tokens[at] ?? '')])
      at += 1
    }
  }
  // A list that swallowed the closing parenthesis, or a keyword without its value.
  return at === tokens.length - 1 ? { oid: unquote(tokens[1] ?? ''), fields } : null
}

function unquote(token: string): string {
  return token.replace(/^'(.*)'$/s, '$1')
}
