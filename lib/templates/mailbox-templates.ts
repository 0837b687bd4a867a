/**
 * mailbox-templates - templates for new mailboxes in the panel's store: list, read, save, remove, bring back.
 *
 * A document for each, named by the template, so that of two who save one name the second is refused. Removing
 * keeps the document with another version, so that it can be brought back; it goes for good when the next template
 * is saved after thirty days. Postmasters save and remove, all staff may use them. Refusals are texts. LDAP round
 * trips: one to list or read; two or three to save; two to remove or bring back.
 */
import 'server-only'
import { z } from 'zod'
import type { Authority } from '@/lib/directory/authority'
import {
  addDocument,
  findDocuments,
  type FoundDocument,
  hasStore,
  readDocument,
  removeDocument,
  replaceDocument,
} from '@/lib/directory/store'
import type { WriteResult } from '@/lib/directory/outcome'
import { readMailbox } from '@/lib/entries/mailbox'
import { learnDefaults } from '@/lib/entries/mailbox-defaults'
import { mailboxForm } from '@/lib/entries/mailbox-form'
import { formLike } from '@/lib/entries/new-mailbox-fields'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import type { Entry } from '@/lib/ldap/entry'
import { formatResultCode } from '@/lib/ldap/result-code'
import type { Text } from '@/lib/words/text'
import { LONGEST_NAME, type MailboxTemplate } from './mailbox-template'

const PREFIX = 'mailbox-template:'
const KEPT = 'kept'
const REMOVED = 'removed'
const ENTRY_ALREADY_EXISTS = 68
const FORGOTTEN_AFTER_MILLISECONDS = 30 * 24 * 3600 * 1000

const text = z.string().max(8192)
const facts = z.object({
  name: z.string().min(1).max(LONGEST_NAME),
  makerName: text,
  made: z.iso.datetime(),
  removed: z.iso.datetime().nullable(),
  form: mailboxForm,
  defaults: z.object({
    uid: text,
    mailHomeDirectory: text,
    mailStorageDirectory: text,
    mailUidNumber: text,
    mailGidNumber: text,
    mailQuota: text,
    mailEnabled: text,
    parent: text,
  }),
})
type Facts = z.infer<typeof facts>

export type TemplateList =
  { readonly status: 'list'; readonly templates: readonly MailboxTemplate[] } | SearchFailure

/** Whether there can be templates: they need the panel's store. */
export function hasTemplates(): boolean {
  return hasStore()
}

/** The templates by name; none where the panel has no store. */
export async function listTemplates(authority: Authority): Promise<TemplateList> {
  if (!hasStore()) return { status: 'list', templates: [] }
  const found = await findDocuments(authority, PREFIX, KEPT)
  if ('status' in found) return found
  const templates = found.flatMap((document) => readFacts(document) ?? [])
  return { status: 'list', templates: templates.sort((one, other) => one.name.localeCompare(other.name)) }
}

/** The template of this name; null if there is none, or if it was removed. */
export async function readTemplate(
  authority: Authority,
  name: string,
): Promise<MailboxTemplate | SearchFailure | null> {
  if (!hasStore()) return null
  const found = await readDocument(authority, `${PREFIX}${name}`)
  if (found === null || 'status' in found) return found
  return found.version === KEPT ? readFacts(found) : null
}

/** Saves what new mailboxes may take from this one under a name; answers why not, or null. */
export async function saveTemplate(
  authority: Authority,
  typedName: string,
  entry: Entry,
  now: Date,
): Promise<Text | null> {
  const name = typedName.trim()
  const problem = refusalOf(authority)
  if (problem !== null) return problem
  if (name === '' || name.length > LONGEST_NAME) return { key: 'templates.nameMissing' }
  await forgetRemoved(authority, now)
  const template: Facts = {
    name,
    makerName: authority.person.name,
    made: now.toISOString(),
    removed: null,
    form: mailboxForm.parse(formLike(readMailbox(entry).form)),
    defaults: learnDefaults([entry], ''),
  }
  const description = JSON.stringify(template)
  const known = await readDocument(authority, `${PREFIX}${name}`)
  if (known === null)
    return notWritten(
      await addDocument(authority, {
        name: `${PREFIX}${name}`,
        version: KEPT,
        author: authority.person.dn,
        description,
      }),
    )
  if ('status' in known) return unanswered(known.diagnostic)
  if (known.version === KEPT) return { key: 'templates.taken' }
  return notWritten(await replaceDocument(authority, known, { version: KEPT, description }))
}

/** Removes a template, or brings a removed one back; answers why not, or null. */
export async function keepTemplate(
  authority: Authority,
  name: string,
  keep: boolean,
  now: Date,
): Promise<Text | null> {
  const problem = refusalOf(authority)
  if (problem !== null) return problem
  const known = await readDocument(authority, `${PREFIX}${name}`)
  if (known !== null && 'status' in known) return unanswered(known.diagnostic)
  const template = known === null ? null : readFacts(known)
  if (known === null || template === null) return { key: 'templates.gone' }
  const removed = keep ? null : now.toISOString()
  return notWritten(
    await replaceDocument(authority, known, {
      version: keep ? KEPT : REMOVED,
      description: JSON.stringify({ ...template, removed }),
    }),
  )
}

/** A template that nobody wanted back is of no use; one that cannot be removed now is removed another time. */
async function forgetRemoved(authority: Authority, now: Date): Promise<void> {
  const found = await findDocuments(authority, PREFIX, REMOVED)
  if ('status' in found) return
  for (const document of found) {
    const removed = readFacts(document)?.removed ?? null
    const isOld = removed === null || now.getTime() - Date.parse(removed) > FORGOTTEN_AFTER_MILLISECONDS
    if (isOld) await removeDocument(authority, document)
  }
}

function refusalOf({ role }: Authority): Text | null {
  if (role !== 'postmaster') return { key: 'templates.forPostmasters' }
  return hasStore() ? null : { key: 'templates.noStore' }
}

/** Null if it is none of ours: then it is left alone. */
function readFacts(document: FoundDocument): Facts | null {
  try {
    return facts.safeParse(JSON.parse(document.description)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function notWritten(result: WriteResult): Text | null {
  if (result.status === 'done') return null
  if (result.status === 'refused' && result.resultCode === ENTRY_ALREADY_EXISTS)
    return { key: 'templates.taken' }
  return unanswered(
    result.status === 'refused'
      ? `${formatResultCode(result.resultCode)} ${result.diagnostic}`.trim()
      : result.diagnostic,
  )
}

function unanswered(diagnostic: string): Text {
  return { key: 'edit.noAnswer', values: { diagnostic } }
}
