/**
 * decision - a domain administrator or postmaster looks at a request, and says yes or no.
 *
 * A yes is a change like any other: planned anew for the preview and for the commit, made with the rights of the
 * person who says it (lib/changes/authorization.ts), proved afterwards. The request is claimed before the commit
 * (claim.ts) and marked after it with both persons, as is the audit log. When the mark fails the alias is there and
 * the request still waits: then the next look finds nothing to change, and a yes only marks it.
 * LDAP round trips: one for the request, one for the mailbox, those of the preview or commit, two for claim and mark.
 */
import 'server-only'
import { audit } from '@/lib/auth/audit'
import { commitEdit, type Edit, previewEdit, refusedEdit, unansweredEdit } from '@/lib/changes/edit'
import type { Approval } from '@/lib/changes/preview-result'
import type { Authority } from '@/lib/directory/authority'
import { type FoundDocument, hasStore, readDocument, replaceDocument } from '@/lib/directory/store'
import { aliasProblem } from '@/lib/entries/address'
import { readMailbox } from '@/lib/entries/mailbox'
import { sameAddress } from '@/lib/entries/mailbox-fields'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { readMailboxEntry } from '@/lib/lists/mailboxes'
import type { Text } from '@/lib/words/text'
import { claimed, isClaimed } from './claim'
import type { Granted, LookedAt, RefusedRequest, RequestField } from './decision-state'
import {
  type AliasRequest,
  documentOfId,
  mayDecide,
  readFacts,
  readRequest,
  type RequestFacts,
} from './request'

interface Open {
  readonly status: 'read'
  readonly document: FoundDocument
  readonly request: AliasRequest
  readonly facts: RequestFacts
}

/** A request and what a yes would do now; null when it is not there, or for others to decide. */
export async function lookAtRequest(
  authority: Authority,
  id: string,
): Promise<LookedAt | SearchFailure | null> {
  const read = await readOne(authority, id)
  if (read === null || read.status === 'failed') return read
  const { request } = read
  if (request.state !== 'waiting') return { status: 'decided', request, preview: null }
  return { status: 'open', request, preview: await previewEdit(authority, await plan(authority, request)) }
}

/** Says yes: gives the alias to the mailbox if that is what was previewed, and marks the request. */
export async function grantRequest(authority: Authority, id: string, approval: Approval): Promise<Granted> {
  const read = await readOne(authority, id)
  if (read === null) return refusedEdit({ key: 'requests.gone' })
  if (read.status === 'failed') return unansweredEdit(read)
  const { document, request, facts } = read
  if (request.state !== 'waiting' || isClaimed(facts)) return refusedEdit({ key: 'requests.decidedAlready' })
  const description = JSON.stringify(claimed(facts))
  const claim = await replaceDocument(authority, document, { version: 'waiting', description })
  if (claim.status === 'refused') return refusedEdit({ key: 'requests.decidedAlready' })
  if (claim.status !== 'done') return refusedEdit(unanswered(claim.diagnostic))
  const outcome = await commitEdit(authority, await plan(authority, request), approval)
  const isDone = outcome.status === 'saved'
  const marked = await markNow(
    authority,
    id,
    isDone ? decided(facts, authority, '') : facts,
    isDone ? 'granted' : 'waiting',
  )
  writeLine(authority, request, isDone ? 'granted' : 'not granted', marked)
  return outcome
}

/** Says no, with a reason that the owner reads. */
export async function refuseRequest(
  authority: Authority,
  id: string,
  reason: string,
): Promise<RefusedRequest> {
  if (reason.trim() === '') return { key: 'requests.reasonMissing' }
  const read = await readOne(authority, id)
  if (read === null) return { key: 'requests.gone' }
  if (read.status === 'failed') return unanswered(read.diagnostic)
  const { document, request, facts } = read
  if (request.state !== 'waiting' || isClaimed(facts)) return { key: 'requests.decidedAlready' }
  const description = JSON.stringify(decided(facts, authority, reason.trim()))
  const marked = await replaceDocument(authority, document, { version: 'refused', description })
  if (marked.status === 'refused') return { key: 'requests.decidedAlready' }
  if (marked.status !== 'done') return unanswered(marked.diagnostic)
  writeLine(authority, request, 'refused', null)
  return null
}

async function readOne(authority: Authority, id: string): Promise<Open | SearchFailure | null> {
  if (!hasStore()) return null
  const document = await readDocument(authority, documentOfId(id))
  if (document === null || 'status' in document) return document
  const [request, facts] = [readRequest(document), readFacts(document)]
  if (request === null || facts === null || !mayDecide(authority, request)) return null
  return { status: 'read', document, request, facts }
}

/** Nothing but the alias is taken from the request; the mailbox is read anew, as far as the person may see it. */
async function plan(authority: Authority, request: AliasRequest): Promise<Edit<RequestField, AliasRequest>> {
  const read = await readMailboxEntry(authority, request.mailboxId)
  if (read.status === 'failed') return unansweredEdit(read)
  if (read.status === 'notFound') return refusedEdit({ key: 'requests.mailboxGone' })
  const mailbox = readMailbox(read.entry)
  const { address } = request
  const isThere = mailbox.form.aliases.some((alias) => sameAddress(alias, address))
  const problem = isThere ? null : aliasProblem(address)
  const modifications = [{ operation: 'add' as const, attribute: 'mailAlias', values: [address] }]
  return {
    status: 'planned',
    changes: isThere || problem !== null ? [] : [{ type: 'modify', dn: mailbox.dn, modifications }],
    basis: [{ dn: mailbox.dn, entryCsn: mailbox.entryCsn }],
    problems: problem === null ? [] : [{ field: 'aliases', index: 0, message: problem }],
    fieldOf: (attribute) => (attribute.toLowerCase() === 'mailalias' ? 'aliases' : null),
    read: async () => {
      const now = await readOne(authority, request.id)
      return now === null || now.status === 'failed' ? now : now.request
    },
  }
}

/** Gives the document this state, however it looks now: the claim is ours. Answers what went wrong, or null. */
async function markNow(
  authority: Authority,
  id: string,
  facts: RequestFacts,
  version: 'waiting' | 'granted',
): Promise<string | null> {
  const document = await readDocument(authority, documentOfId(id))
  if (document === null) return 'the request is not there any more'
  if ('status' in document) return document.diagnostic
  const description = JSON.stringify({ ...facts, claimedAt: null })
  const marked = await replaceDocument(authority, document, { version, description })
  return marked.status === 'done' ? null : marked.diagnostic
}

function decided(facts: RequestFacts, { person }: Authority, reason: string): RequestFacts {
  const decision = { dn: person.dn, by: person.name, at: new Date().toISOString(), reason }
  return { ...facts, decision, claimedAt: null }
}

function writeLine(
  { person, origin }: Authority,
  { owner, address }: AliasRequest,
  method: 'granted' | 'not granted' | 'refused',
  diagnostic: string | null,
): void {
  audit({
    event: 'request',
    outcome: method === 'not granted' ? 'refused' : 'accepted',
    method,
    dn: person.dn,
    about: owner.dn,
    alias: address,
    address: origin.program === 'panel' ? origin.address : null,
    ...(diagnostic === null ? {} : { diagnostic }),
  })
}

function unanswered(diagnostic: string): Text {
  return { key: 'edit.noAnswer', values: { diagnostic } }
}
