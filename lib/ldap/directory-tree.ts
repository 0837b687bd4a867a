/**
 * directory-tree - entries in memory, arranged by their names (RFC 4512 section 2.1).
 *
 * Each entry gets the operational attributes that follow from the others and the tree. Attribute names are
 * replaced by those of the schema, as a server does when it stores them, and values of one attribute that was
 * spelt in two ways come together. Of two entries with the same name the later one wins.
 */
import type { Dn } from './dn'
import { parseDn } from './dn'
import type { Attribute, Entry } from './entry'
import { valuesOf } from './entry'
import { dnKey } from './matching-rules'
import type { Schema } from './schema'
import { isSubclass, structuralClass } from './schema'

export interface TreeNode {
  readonly dn: Dn
  /** With the operational attributes. */
  readonly entry: Entry
  /** In the order in which they were given. */
  readonly children: readonly TreeNode[]
  readonly isAlias: boolean
  readonly isReferral: boolean
}

export class DirectoryTree {
  /** The DN of an entry that is no DN; null if all are. */
  readonly misnamed: string | null
  private readonly nodes: ReadonlyMap<string, TreeNode>

  constructor(
    entries: readonly Entry[],
    private readonly schema: Schema,
  ) {
    const named = new Map<string, { dn: Dn; superior: string; entry: Entry; children: TreeNode[] }>()
    let misnamed: string | null = null
    for (const entry of entries) {
      const dn = parseDn(entry.dn)
      if (dn === null || dn.length === 0) misnamed ??= entry.dn
      else named.set(dnKey(dn, schema), { dn, superior: dnKey(dn.slice(1), schema), entry, children: [] })
    }
    const superiors = new Set([...named.values()].map(({ superior }) => superior))
    const nodes = new Map<string, TreeNode>()
    for (const [key, { dn, entry, children }] of named) {
      const classes = valuesOf(entry, 'objectClass')
      nodes.set(key, {
        dn,
        children,
        entry: complete(entry, superiors.has(key), schema),
        isAlias: hasClass(classes, 'alias', schema),
        isReferral: hasClass(classes, 'referral', schema),
      })
    }
    for (const [key, { superior }] of named) {
      const node = nodes.get(key)
      if (node !== undefined) named.get(superior)?.children.push(node)
    }
    this.misnamed = misnamed
    this.nodes = nodes
  }

  /** The entry of this name. */
  find(dn: Dn): TreeNode | undefined {
    return this.nodes.get(dnKey(dn, this.schema))
  }

  /** The entry and all below it. */
  subtree(node: TreeNode): readonly TreeNode[] {
    return [node, ...node.children.flatMap((child) => this.subtree(child))]
  }

  /** The nodes in the order in which the entries were given. */
  inOrder(nodes: ReadonlySet<TreeNode>): readonly TreeNode[] {
    return [...this.nodes.values()].filter((node) => nodes.has(node))
  }
}

function hasClass(classes: readonly string[], name: string, schema: Schema): boolean {
  const wanted = schema.objectClass(name)
  return classes.some((text) => {
    const objectClass = schema.objectClass(text)
    if (objectClass === undefined || wanted === undefined) return text.toLowerCase() === name
    return isSubclass(objectClass, wanted)
  })
}

function complete(entry: Entry, hasSubordinates: boolean, schema: Schema): Entry {
  const attributes = canonical(entry.attributes, schema)
  const add = (description: string, value: string | undefined): void => {
    const isThere = attributes.some((attribute) => attribute.description === description)
    if (!isThere && value !== undefined) attributes.push({ description, values: [value] })
  }
  add('structuralObjectClass', structuralClass(schema, valuesOf(entry, 'objectClass'))?.name)
  add('entryDN', entry.dn)
  add('hasSubordinates', hasSubordinates ? 'TRUE' : 'FALSE')
  return { dn: entry.dn, attributes }
}

function canonical(attributes: readonly Attribute[], schema: Schema): Attribute[] {
  const byDescription = new Map<string, Attribute>()
  for (const { description, values } of attributes) {
    const [name = '', ...options] = description.split(';')
    const own = [schema.attributeType(name)?.name ?? name, ...options].join(';')
    const key = own.toLowerCase()
    const before = byDescription.get(key)
    byDescription.set(key, {
      description: before?.description ?? own,
      values: [...(before?.values ?? []), ...values],
    })
  }
  return [...byDescription.values()].filter(({ values }) => values.length > 0)
}
