/**
 * reservation-block - many addresses reserved with one entry of the store, instead of one for each.
 *
 * Whoever wants a block adds it, and then looks for what others have reserved of it; whoever wants single addresses
 * adds them, and then looks for blocks. Of two at the same time at least one sees the other, because each has
 * written before it reads. A block gives way: it is removed, and added again after a while. Single addresses stay, and
 * wait until the block is gone. Fails as reservations do: taken, or unavailable.
 */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import {
  addDocument,
  findDocuments,
  type FoundDocument,
  readDocument,
  removeDocument,
} from '@/lib/directory/store'
import {
  EXPIRY_MILLISECONDS,
  isAbandoned,
  notReserved,
  POLL_MILLISECONDS,
  PREFIX,
  type Reserver,
  type Taken,
  takenBy,
  tokenOf,
} from './reservation-holder'

/** No address begins so. */
const BLOCK = `${PREFIX}*block-`

/** Takes all of these addresses with one entry of this name. */
export function takeBlock(
  addresses: readonly string[],
  reserver: Reserver,
): { readonly document: string; readonly taken: Promise<Taken> } {
  const document = `${BLOCK}${randomUUID()}`
  return { document, taken: addBlock(document, addresses, reserver) }
}

async function addBlock(name: string, addresses: readonly string[], reserver: Reserver): Promise<Taken> {
  const { authority, token, deadline } = reserver
  const wanted = new Set(addresses)
  for (let attempt = 1; ; attempt += 1) {
    const version = new Date(Date.now() + EXPIRY_MILLISECONDS).toISOString()
    const description = [token, ...addresses].join('\n')
    const added = await addDocument(authority, { name, version, author: authority.person.dn, description })
    const there = added.status === 'done' ? null : await readDocument(authority, name)
    if (there !== null && 'status' in there) return notReserved(there.diagnostic)
    if (added.status === 'refused' && there === null)
      return notReserved(`result code ${added.resultCode} ${added.diagnostic}`.trim())
    // An add whose answer was lost may have been made.
    if (added.status === 'connectionLost' && there === null) return notReserved(added.diagnostic)
    const other = await otherHolder(PREFIX, wanted, reserver)
    if ('status' in other) return other
    if (other.found === null) return { status: 'mine', waited: attempt > 1 }
    if (Date.now() > deadline) return takenBy(other.found, other.address)
    const own = await readDocument(authority, name)
    if (own !== null && 'status' in own) return notReserved(own.diagnostic)
    if (own !== null) await removeDocument(authority, own)
    await delay(POLL_MILLISECONDS * Math.min(attempt, 8) * (1 + Math.random()))
  }
}

/** Waits until none of these addresses, which are reserved singly, is in a block of somebody else. */
export async function waitForBlocks(addresses: readonly string[], reserver: Reserver): Promise<Taken> {
  const wanted = new Set(addresses)
  for (let attempt = 1; ; attempt += 1) {
    const other = await otherHolder(BLOCK, wanted, reserver)
    if ('status' in other) return other
    if (other.found === null) return { status: 'mine', waited: attempt > 1 }
    if (Date.now() > reserver.deadline) return takenBy(other.found, other.address)
    await delay(POLL_MILLISECONDS * Math.min(attempt, 8) * (1 + Math.random()))
  }
}

interface Other {
  readonly found: FoundDocument | null
  readonly address: string
}

/** A living reservation of somebody else with one of these addresses; what was abandoned is removed. */
async function otherHolder(
  prefix: string,
  wanted: ReadonlySet<string>,
  { authority, token }: Reserver,
): Promise<Other | Extract<Taken, { status: 'unavailable' }>> {
  const documents = await findDocuments(authority, prefix)
  if ('status' in documents)
    return {
      status: 'unavailable',
      message: { key: 'refusals.notReserved', values: { reason: documents.diagnostic } },
    }
  for (const found of documents) {
    const address = tokenOf(found) === token ? undefined : reservedBy(found).find((one) => wanted.has(one))
    if (address === undefined) continue
    if (!isAbandoned(found)) return { found, address }
    await removeDocument(authority, found)
  }
  return { found: null, address: '' }
}

function reservedBy({ name, description }: FoundDocument): readonly string[] {
  return name.startsWith(BLOCK) ? description.split('\n').slice(1) : [name.slice(PREFIX.length)]
}
