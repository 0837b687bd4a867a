/**
 * session-generation - a value for each person that all of their sessions carry; a new one ends them all.
 *
 * Kept in the panel's store (store.ts) as a document whose version is the value; no document is the generation
 * ''. Values are compared for being equal and are never times, so that no clock has to be right. Replacing one
 * is a single modify: there is no moment at which an old generation holds again. A store that cannot be read is
 * a failure, not ''. Without LDAP_STORE_BASE there is one generation for ever.
 */
import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import { directoryEnvironment } from '@/lib/environment'
import type { SearchFailure } from '@/lib/ldap/directory-view'
import { valueOf } from '@/lib/ldap/entry'
import type { Authority } from './authority'
import type { WriteResult } from './outcome'
import { serviceView, write } from './service'
import { addDocument, hasStore } from './store'

const NO_SUCH_OBJECT = 32
const ALREADY_EXISTS = 68

export type GenerationResult = { readonly status: 'read'; readonly generation: string } | SearchFailure

/** The generation that sessions of the person with this DN have to be of. */
export async function readSessionGeneration(dn: string): Promise<GenerationResult> {
  if (!hasStore()) return { status: 'read', generation: '' }
  const result = await serviceView().search({
    base: documentDn(dn),
    scope: 'base',
    filter: { type: 'present', attribute: 'objectClass' },
    attributes: ['documentVersion'],
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'failed')
    return result.resultCode === NO_SUCH_OBJECT && result.stage === 'search'
      ? { status: 'read', generation: '' }
      : result
  const [entry] = result.entries
  return { status: 'read', generation: entry === undefined ? '' : (valueOf(entry, 'documentVersion') ?? '') }
}

/** Ends every session of the person. Only where there is a store. */
export async function startSessionGeneration(authority: Authority): Promise<WriteResult> {
  const { dn } = authority.person
  const version = randomUUID()
  const replaced = await write(
    authority,
    {
      type: 'modify',
      dn: documentDn(dn),
      modifications: [{ operation: 'replace', attribute: 'documentVersion', values: [version] }],
    },
    { asService: true },
  )
  if (replaced.status !== 'refused' || replaced.resultCode !== NO_SUCH_OBJECT) return replaced
  const added = await addDocument(authority, {
    name: documentName(dn),
    version,
    author: dn,
    description: 'Sessions of this person in the panel',
  })
  // Someone else has added it in between: all sessions of before have ended with that.
  return added.status === 'refused' && added.resultCode === ALREADY_EXISTS ? { status: 'done' } : added
}

/** The DN of a person is too long and too special for a name; its hash is not. */
function documentName(dn: string): string {
  return `sessions-${createHash('sha256').update(dn.toLowerCase()).digest('hex')}`
}

function documentDn(dn: string): string {
  return `documentIdentifier=${documentName(dn)},${directoryEnvironment().LDAP_STORE_BASE}`
}
