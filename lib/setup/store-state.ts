/**
 * store-state - whether the panel has a place of its own in the directory, and may write there.
 *
 * The server rehearses a new document below the base, and where it would be the first of its kind, a change of the
 * base's own entry: nothing is written. A server that cannot rehearse leaves it unknown. LDAP round trips: one to see
 * the base, one or two to ask.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import type { WriteResult } from '@/lib/directory/outcome'
import { rehearseWrite } from '@/lib/directory/rehearsal'
import { readEntry } from '@/lib/directory/service'
import { directoryEnvironment } from '@/lib/environment'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { type StoreHelp, storeHelp, proposedBase } from './store-help'

const UNAVAILABLE_CRITICAL_EXTENSION = 12
const NAME = 'postbook-setup-asks'

export interface StoreState {
  /** LDAP_STORE_BASE, or the base that is proposed where it is not set. */
  readonly base: string
  readonly state:
    /** LDAP_STORE_BASE is not set. */
    | 'notSet'
    | 'missing'
    | 'readOnly'
    | 'works'
    /** It is there, and nobody can tell whether the panel may write. */
    | 'unknown'
  /** What the server said; empty if nothing is wrong. */
  readonly said: string
  /** What to do; null where nothing is to be done, or nothing can be proposed. */
  readonly help: StoreHelp | null
}

/** Whether the store works. */
export async function storeState(authority: Authority): Promise<StoreState> {
  const { LDAP_STORE_BASE, LDAP_MAIL_BASE, LDAP_BIND_DN } = directoryEnvironment()
  const base = LDAP_STORE_BASE === '' ? proposedBase(LDAP_MAIL_BASE) : LDAP_STORE_BASE
  const help = storeHelp(base, LDAP_BIND_DN)
  if (LDAP_STORE_BASE === '') return { base, state: 'notSet', said: '', help }
  const read = await readEntry(authority, base, ['objectClass'])
  if (read.status === 'failed') return { base, state: 'unknown', said: read.diagnostic, help: null }
  if (read.status === 'notFound') return { base, state: 'missing', said: '', help }
  return { base, ...(await writable(authority, base, help)) }
}

async function writable(
  authority: Authority,
  base: string,
  help: StoreHelp | null,
): Promise<Pick<StoreState, 'state' | 'said' | 'help'>> {
  const added = await rehearseWrite(authority, newDocument(base), { asService: true })
  const result =
    added.status === 'firstUse' ? await rehearseWrite(authority, change(base), { asService: true }) : added
  if (result.status === 'done') return { state: 'works', said: '', help: null }
  const said = 'diagnostic' in result ? saidOf(result) : ''
  return result.status === 'refused' && result.resultCode !== UNAVAILABLE_CRITICAL_EXTENSION
    ? { state: 'readOnly', said, help }
    : { state: 'unknown', said, help: null }
}

function saidOf(result: Exclude<WriteResult, { status: 'done' }>): string {
  const code = result.status === 'refused' ? ` (${result.resultCode})` : ''
  return `${result.diagnostic}${code}`.trim()
}

function newDocument(base: string): ChangeRecord {
  return {
    type: 'add',
    dn: `documentIdentifier=${NAME},${base}`,
    attributes: [
      { description: 'objectClass', values: ['document'] },
      { description: 'documentIdentifier', values: [NAME] },
      { description: 'description', values: [NAME] },
    ],
  }
}

function change(base: string): ChangeRecord {
  const modifications = [{ operation: 'replace' as const, attribute: 'description', values: [NAME] }]
  return { type: 'modify', dn: base, modifications }
}
