/**
 * memory-directory - a directory in memory that answers like slapd with its mdb database.
 *
 * Entries come in the order given. Operational attributes that follow from the others (entryDN,
 * structuralObjectClass, hasSubordinates) are added. Refusals carry the server's code: invalid DN 34, no such
 * object 32, alias problem 33, referral 10, size limit 4, protocol error 2. A filter that cannot be judged
 * (see filter-match) fails with -12, OpenLDAP's "not supported", never with an empty answer. Entries whose DN
 * cannot be parsed have no place in the tree: then every search fails with 34 and names the entry.
 */
import { dereferenceBase, dereferenceScopes } from './alias-dereference'
import { selectAttributes } from './attribute-selection'
import type { DirectoryView, Scope, SearchFailure, SearchRequest, SearchResult } from './directory-view'
import type { TreeNode } from './directory-tree'
import { DirectoryTree } from './directory-tree'
import { parseDn } from './dn'
import type { Entry } from './entry'
import { compileFilter } from './filter-match'
import { serverDnKey } from './matching-rules'
import type { Schema } from './schema'

const ROOT_DSE: Entry = {
  dn: '',
  attributes: [
    { description: 'objectClass', values: ['top', 'OpenLDAProotDSE'] },
    { description: 'structuralObjectClass', values: ['OpenLDAProotDSE'] },
    { description: 'entryDN', values: [''] },
  ],
}

/** The view of these entries under this schema. */
export function memoryDirectory(entries: readonly Entry[], schema: Schema): DirectoryView {
  const tree = new DirectoryTree(entries, schema)
  return {
    ready: () => Promise.resolve(null),
    search: (request) => Promise.resolve(search(tree, request, schema)),
  }
}

function search(tree: DirectoryTree, request: SearchRequest, schema: Schema): SearchResult {
  if (tree.misnamed !== null) return failure(34, `invalid DN in the directory: ${tree.misnamed}`)
  if (request.sizeLimit < 0 || request.timeLimit < 0) return failure(2, 'invalid size limit or time limit')
  const candidates = findCandidates(tree, request, schema)
  if (!Array.isArray(candidates)) return candidates
  const test = compileFilter(request.filter, schema)
  const found: Entry[] = []
  for (const entry of candidates) {
    const truth = test(entry)
    if (truth === 'cannotTell') return failure(-12, 'a matching rule of this filter is not supported')
    if (truth !== true) continue
    if (request.sizeLimit > 0 && found.length === request.sizeLimit) return failure(4, 'size limit exceeded')
    found.push({ dn: entry.dn, attributes: selectAttributes(entry, request.attributes, schema) })
  }
  return { status: 'complete', entries: found }
}

function findCandidates(
  tree: DirectoryTree,
  request: SearchRequest,
  schema: Schema,
): Entry[] | SearchFailure {
  const dn = parseDn(request.base)
  if (dn === null) return failure(34, 'invalid DN')
  if (dn.length === 0) return request.scope === 'base' ? [ROOT_DSE] : failure(32, 'no such object')
  if (tree.find(dn) === undefined && serverDnKey(dn, schema) === null) return failure(34, 'invalid DN')
  const base = dereferenceBase(tree, dn, request.dereference >= 2)
  if (base.status === 'aliasProblem') return failure(33, base.diagnostic)
  if (base.status === 'referral') return failure(10, `referral at ${base.dn}`)
  if (base.status === 'missing') return failure(32, 'no such object')
  const isDereferencing = request.dereference === 1 || request.dereference === 3
  return inScope(tree, base.node, request.scope, isDereferencing)
    .filter((node) => !node.isReferral)
    .filter((node) => !isDereferencing || !node.isAlias || node === base.node)
    .map((node) => node.entry)
}

function inScope(
  tree: DirectoryTree,
  base: TreeNode,
  scope: Scope,
  isDereferencing: boolean,
): readonly TreeNode[] {
  if (scope === 'base') return [base]
  const roots = isDereferencing ? dereferenceScopes(tree, base, scope) : []
  if (scope !== 'one') {
    const nodes = tree.inOrder(new Set([base, ...roots].flatMap((root) => tree.subtree(root))))
    return scope === 'sub' ? nodes : nodes.filter((node) => node !== base)
  }
  // An alias among the children stands for its target, which may be found twice that way.
  return [...base.children, ...roots]
}

function failure(resultCode: number, diagnostic: string): SearchFailure {
  return { status: 'failed', stage: 'search', resultCode, diagnostic }
}
