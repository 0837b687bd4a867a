/**
 * alias-dereference - where a search really looks when aliases are followed (RFC 4511 section 4.5.1.3).
 *
 * Follows slapd's mdb database (deref_base, search_aliases): in finding the base any alias on the way is
 * replaced by its target, a missing or circular target is an alias problem; in searching, targets of aliases
 * below the base become further places to look at, missing ones are left out.
 */
import type { DirectoryTree, TreeNode } from './directory-tree'
import type { Scope } from './directory-view'
import type { Dn } from './dn'
import { parseDn } from './dn'
import { valueOf } from './entry'

export type BaseResult =
  | { readonly status: 'found'; readonly node: TreeNode }
  | { readonly status: 'missing' }
  | { readonly status: 'referral'; readonly dn: string }
  | { readonly status: 'aliasProblem'; readonly diagnostic: string }

/** The entry at which a search starts. */
export function dereferenceBase(tree: DirectoryTree, base: Dn, isDereferencing: boolean): BaseResult {
  const seen = new Set<TreeNode>()
  let dn = base
  for (;;) {
    const node = nearest(tree, dn)
    if (node === undefined) return { status: 'missing' }
    if (node.isReferral) return { status: 'referral', dn: node.entry.dn }
    if (!node.isAlias || !isDereferencing) {
      return node.dn.length === dn.length ? { status: 'found', node } : { status: 'missing' }
    }
    if (seen.has(node)) return { status: 'aliasProblem', diagnostic: 'circular alias' }
    seen.add(node)
    const target = aliasTarget(node)
    if (target === null || tree.find(target) === undefined) {
      return { status: 'aliasProblem', diagnostic: 'aliasedObject not found' }
    }
    dn = [...dn.slice(0, dn.length - node.dn.length), ...target]
  }
}

/**
 * The further places to search: the targets of the aliases in scope. In a subtree the aliases below a target
 * count too; one level goes no deeper than the target itself.
 */
export function dereferenceScopes(
  tree: DirectoryTree,
  base: TreeNode,
  scope: Exclude<Scope, 'base'>,
): readonly TreeNode[] {
  const roots = new Set<TreeNode>()
  const pending = [base]
  for (let root = pending.pop(); root !== undefined; root = pending.pop()) {
    const inScope = scope === 'one' ? root.children : tree.subtree(root)
    for (const alias of inScope.filter((node) => node.isAlias && node !== base)) {
      const target = resolveAlias(tree, alias)
      if (target === undefined || target === base || roots.has(target)) continue
      roots.add(target)
      if (scope !== 'one') pending.push(target)
    }
  }
  return [...roots]
}

/** The entry of this name, or the nearest one above it that exists. */
function nearest(tree: DirectoryTree, dn: Dn): TreeNode | undefined {
  for (let depth = 0; depth < dn.length; depth += 1) {
    const node = tree.find(dn.slice(depth))
    if (node !== undefined) return node
  }
  return undefined
}

function resolveAlias(tree: DirectoryTree, alias: TreeNode): TreeNode | undefined {
  const target = aliasTarget(alias)
  if (target === null) return undefined
  const result = dereferenceBase(tree, target, true)
  return result.status === 'found' ? result.node : undefined
}

function aliasTarget(node: TreeNode): Dn | null {
  const value = valueOf(node.entry, 'aliasedObjectName')
  return value === undefined ? null : parseDn(value)
}
