/**
 * service - the privileged connection: reads and writes for a person, with the service account's rights.
 *
 * Each function takes the person's Authority; who may do what is decided before, in lib/auth and lib/changes.
 * Refusals and lost connections are values (outcome.ts). A write is sent once and never repeated: when the
 * connection breaks after it was sent, nobody knows what became of it, and the entry has to be read again.
 * Whoever looks at the panel as another person writes nothing, whatever the caller wants.
 * With LDAP_PROXIED_AUTHORIZATION the directory judges writes by the person's own rights (RFC 4370).
 */
import 'server-only'
import type { Control } from 'ldapts'
import { AddRequest, DeleteRequest, ModifyDNRequest } from 'ldapts'
import { ConfigurationProblem } from '@/lib/configuration-problem'
import { directoryEnvironment } from '@/lib/environment'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { DirectoryView, SearchFailure, SearchRequest, SearchResult } from '@/lib/ldap/directory-view'
import type { Filter } from '@/lib/ldap/filter'
import type { ServerSettings } from '@/lib/postfix/table-access'
import type { Authority } from './authority'
import { assertionControl, noOperationControl, proxiedAuthorizationControl } from './controls'
import { openDirectory } from './live-view'
import { modifyRequest, wireAttribute } from './message'
import type { EntryResult, WriteResult } from './outcome'
import { failure, patience, sharedSession } from './session'

const NO_SUCH_OBJECT = 32
const INSUFFICIENT_ACCESS = 50
const NO_OPERATION = 16654
const ANY_ENTRY: Filter = { type: 'present', attribute: 'objectClass' }
const ALL_ATTRIBUTES = ['*', '+']

export interface WriteOptions {
  /** The entry must still have this entryCSN, else code 122 and no change. Not for an add. */
  readonly assertEntryCsn?: string
  /** Write with the service account's own rights, never the person's: for the panel's own entries (store.ts). */
  readonly asService?: boolean
}

/** The service account's server, or why the settings do not give one. */
export function serviceSettings(): ServerSettings | SearchFailure {
  try {
    const environment = directoryEnvironment()
    return {
      uris: environment.LDAP_URL,
      version: 3,
      bind: 'simple',
      bindDn: environment.LDAP_BIND_DN,
      bindPassword: environment.LDAP_BIND_PASSWORD,
      timeout: environment.LDAP_TIMEOUT,
      dereference: 0,
      chaseReferrals: false,
      startTls: environment.LDAP_START_TLS,
      tls: {
        requireCertificate: true,
        caFile: environment.LDAP_CA_FILE,
        caDirectory: '',
        certificateFile: '',
        keyFile: '',
        cipherSuite: '',
      },
    }
  } catch (error) {
    if (error instanceof ConfigurationProblem) return failure('connect', -9, error.message)
    throw error
  }
}

/** The directory as the service account sees it. For this folder and lib/site alone; others pass an Authority. */
export function serviceView(): DirectoryView {
  const settings = serviceSettings()
  if (!('status' in settings)) return openDirectory(settings)
  return { ready: () => Promise.resolve(settings), search: () => Promise.resolve(settings) }
}

/** Searches as the service account on behalf of a person. */
export function search(_authority: Authority, request: SearchRequest): Promise<SearchResult> {
  return serviceView().search(request)
}

/** Reads one entry; without a selection all of its user and operational attributes. */
export async function readEntry(
  authority: Authority,
  dn: string,
  attributes: readonly string[] = ALL_ATTRIBUTES,
): Promise<EntryResult> {
  const result = await search(authority, {
    base: dn,
    scope: 'base',
    filter: ANY_ENTRY,
    attributes,
    sizeLimit: 0,
    timeLimit: 0,
    dereference: 0,
  })
  if (result.status === 'failed')
    return result.resultCode === NO_SUCH_OBJECT ? { status: 'notFound' } : result
  const [entry] = result.entries
  return entry === undefined ? { status: 'notFound' } : { status: 'found', entry }
}

/** Carries out one change. */
export async function write(
  authority: Authority,
  record: ChangeRecord,
  options: WriteOptions = {},
): Promise<WriteResult> {
  if (authority.viewer !== null) {
    const diagnostic = 'the panel is seen as another person, and nothing is written then'
    return { status: 'refused', resultCode: INSUFFICIENT_ACCESS, diagnostic }
  }
  return send(authority, record, options, 'forGood')
}

/** Sends one change, to be made or only judged. For this folder alone: others write, or rehearse (rehearsal.ts). */
export async function send(
  authority: Authority,
  record: ChangeRecord,
  options: WriteOptions,
  purpose: 'forGood' | 'noOperation',
): Promise<WriteResult> {
  const settings = serviceSettings()
  if ('status' in settings) return { status: 'connectionLost', sent: false, diagnostic: settings.diagnostic }
  const opened = await sharedSession(settings).acquire()
  if (opened.status === 'failed') {
    return { status: 'connectionLost', sent: false, diagnostic: opened.diagnostic }
  }
  const message = requestFor(record)
  message.controls = controlsFor(authority, options)
  if (purpose === 'noOperation') message.controls.push(noOperationControl())
  const exchange = await opened.connection.exchange(message, patience(settings))
  if (exchange.status === 'broken') {
    return { status: 'connectionLost', sent: exchange.sent, diagnostic: exchange.diagnostic }
  }
  const { resultCode, diagnostic } = exchange
  const expected = purpose === 'noOperation' ? NO_OPERATION : 0
  return resultCode === expected ? { status: 'done' } : { status: 'refused', resultCode, diagnostic }
}

function controlsFor(authority: Authority, { assertEntryCsn, asService = false }: WriteOptions): Control[] {
  const controls: Control[] = []
  if (assertEntryCsn !== undefined) {
    controls.push(assertionControl({ type: 'equality', attribute: 'entryCSN', value: assertEntryCsn }))
  }
  if (directoryEnvironment().LDAP_PROXIED_AUTHORIZATION && !asService)
    controls.push(proxiedAuthorizationControl(authority.person.dn))
  return controls
}

function requestFor(
  record: ChangeRecord,
): AddRequest | DeleteRequest | ModifyDNRequest | ReturnType<typeof modifyRequest> {
  const { dn } = record
  switch (record.type) {
    case 'add':
      return new AddRequest({ messageId: 0, dn, attributes: record.attributes.map(wireAttribute) })
    case 'modify':
      return modifyRequest(dn, record.modifications)
    case 'delete':
      return new DeleteRequest({ messageId: 0, dn })
    case 'modifyDn': {
      const { newRdn, deleteOldRdn, newSuperior } = record
      return new ModifyDNRequest({
        messageId: 0,
        dn,
        newRdn,
        deleteOldRdn,
        ...(newSuperior === null ? {} : { newSuperior }),
      })
    }
  }
}
