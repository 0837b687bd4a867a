/**
 * plan-store - plans in the panel's store: a document for each plan, and documents for the pieces of each edit.
 *
 * Names: `plan:<id>` with the state as version, `plan-edit:<id>:<edit>:<piece>` with `piece/pieces` as version. An
 * edit is added piece by piece and counts when it is whole, so that nobody sees half of one; a document that was
 * changed meanwhile is not overwritten (assertion). Refusals are texts. Who may see a plan is for plans.ts.
 */
import 'server-only'
import { randomUUID } from 'node:crypto'
import type { Authority } from '@/lib/directory/authority'
import type { WriteResult } from '@/lib/directory/outcome'
import {
  addDocument,
  findDocuments,
  type FoundDocument,
  readDocument,
  removeDocument,
  replaceDocument,
} from '@/lib/directory/store'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { formatResultCode } from '@/lib/ldap/result-code'
import type { Text } from '@/lib/words/text'
import {
  editOfPieces,
  formatHead,
  piecesOfEdit,
  type PlanHead,
  readHead,
  type StagedEdit,
} from './staged-plan'

const PLAN = 'plan:'
const EDIT = 'plan-edit:'

/** Plans of all people, the newest first. */
export async function findPlans(authority: Authority): Promise<readonly PlanHead[] | SearchFailure> {
  const found = await findDocuments(authority, PLAN)
  if ('status' in found) return found
  return found
    .map(headOf)
    .filter((head) => head !== null)
    .sort((one, other) => (one.made < other.made ? 1 : -1))
}

/** The plan of this name; null if there is none. */
export async function readPlan(authority: Authority, id: string): Promise<PlanHead | SearchFailure | null> {
  const read = await readDocument(authority, `${PLAN}${id}`)
  return read === null || 'status' in read ? read : headOf(read)
}

/** Adds an empty plan of this person. */
export async function addPlan(
  authority: Authority,
  facts: Partial<Pick<PlanHead, 'state' | 'title' | 'journals' | 'writerName' | 'written'>> = {},
): Promise<PlanHead | Text> {
  const head: PlanHead = {
    state: 'open',
    title: null,
    journals: [],
    writerName: '',
    written: '',
    ...facts,
    id: randomUUID(),
    maker: authority.person.dn,
    makerName: authority.person.name,
    made: new Date().toISOString(),
  }
  const description = formatHead(head)
  const document = { name: `${PLAN}${head.id}`, version: head.state, author: head.maker, description }
  return refusalOf(await addDocument(authority, document)) ?? head
}

/** Changes facts of a plan; null when that is done. */
export async function changePlan(
  authority: Authority,
  id: string,
  facts: Partial<Omit<PlanHead, 'id' | 'maker'>>,
): Promise<Text | null> {
  const read = await readDocument(authority, `${PLAN}${id}`)
  if (read === null) return { key: 'plans.gone' }
  if ('status' in read) return { key: 'edit.noAnswer', values: { diagnostic: read.diagnostic } }
  const head = headOf(read)
  if (head === null) return { key: 'plans.gone' }
  const changed = { ...head, ...facts }
  return refusalOf(
    await replaceDocument(authority, read, { version: changed.state, description: formatHead(changed) }),
  )
}

/** Removes a plan with all of its edits; null when that is done. */
export async function removePlan(authority: Authority, id: string): Promise<Text | null> {
  const [head, edits] = [
    await readDocument(authority, `${PLAN}${id}`),
    await findDocuments(authority, `${EDIT}${id}:`),
  ]
  if ('status' in edits) return { key: 'edit.noAnswer', values: { diagnostic: edits.diagnostic } }
  if (head !== null && 'status' in head)
    return { key: 'edit.noAnswer', values: { diagnostic: head.diagnostic } }
  for (const document of head === null ? edits : [head, ...edits]) {
    const refusal = refusalOf(await removeDocument(authority, document))
    if (refusal !== null) return refusal
  }
  return null
}

/** The edits of a plan in the order in which they were put aside. */
export async function readEdits(
  authority: Authority,
  id: string,
): Promise<readonly StagedEdit[] | SearchFailure> {
  const found = await findDocuments(authority, `${EDIT}${id}:`)
  if ('status' in found) return found
  const pieces = new Map<string, FoundDocument[]>()
  for (const document of [...found].sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const name = document.name.slice(`${EDIT}${id}:`.length).split(':')[0] ?? ''
    pieces.set(name, [...(pieces.get(name) ?? []), document])
  }
  return [...pieces].flatMap(([name, documents]) => {
    const isWhole = documents.every(({ version }, at) => version === `${at + 1}/${documents.length}`)
    const edit = isWhole
      ? editOfPieces(
          name,
          documents.map(({ description }) => description),
        )
      : null
    return edit === null ? [] : [edit]
  })
}

/** Puts an edit into a plan; null when that is done. */
export async function addEdit(
  authority: Authority,
  id: string,
  edit: Omit<StagedEdit, 'name'>,
): Promise<Text | null> {
  const name = `${edit.time.replace(/\D/g, '')}-${randomUUID().slice(0, 8)}`
  const pieces = piecesOfEdit(edit)
  for (const [at, description] of pieces.entries()) {
    const number = String(at + 1).padStart(4, '0')
    const refusal = refusalOf(
      await addDocument(authority, {
        name: `${EDIT}${id}:${name}:${number}`,
        version: `${at + 1}/${pieces.length}`,
        author: authority.person.dn,
        description,
      }),
    )
    if (refusal !== null) return refusal
  }
  return null
}

/** Takes an edit out of a plan; null when that is done. */
export async function removeEdit(authority: Authority, id: string, name: string): Promise<Text | null> {
  const found = await findDocuments(authority, `${EDIT}${id}:${name}:`)
  if ('status' in found) return { key: 'edit.noAnswer', values: { diagnostic: found.diagnostic } }
  for (const document of found) {
    const refusal = refusalOf(await removeDocument(authority, document))
    if (refusal !== null) return refusal
  }
  return null
}

function headOf({ name, version, author, description }: FoundDocument): PlanHead | null {
  return readHead(name.slice(PLAN.length), version, author, description)
}

function refusalOf(result: WriteResult): Text | null {
  switch (result.status) {
    case 'done':
      return null
    case 'refused': {
      const reason = [formatResultCode(result.resultCode), result.diagnostic].filter((text) => text !== '')
      return { key: 'plans.storeRefuses', values: { reason: reason.join(': ') } }
    }
    case 'connectionLost':
      return { key: 'edit.noAnswer', values: { diagnostic: result.diagnostic } }
  }
}
