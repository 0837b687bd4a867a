/**
 * recipient-delivery - where the queue manager sends each recipient of a message.
 *
 * The recipient is resolved once more: the virtual mailbox class goes to the virtual transport, which decides
 * about existence itself (only virtual(8) asks virtual_mailbox_maps again), the local class to local(8), relay
 * and all other domains to other hosts; what is left in a virtual alias domain bounces. A failed lookup keeps
 * the message in the queue.
 *
 * Authority: qmgr_message_resolve (qmgr_message.c), virtual(8), error(8).
 */
import { findAddress } from './address-find'
import { resolveRecipient } from './recipient-class'
import type { ResolvedRecipient } from './recipient-class'
import type { MailSite } from './resolution-site'
import type { PhaseRecorder } from './trace-recorder'

export type Delivery =
  | { readonly status: 'virtual' | 'local' | 'forwarded' }
  | { readonly status: 'bounced' | 'deferred'; readonly reason: string }
  | { readonly status: 'unknown'; readonly reason: string }

/** Finds out where one recipient of the queue file goes. */
export async function deliverRecipient(
  site: MailSite,
  address: string,
  recorder: PhaseRecorder,
): Promise<Delivery> {
  if (address === '') return { status: 'bounced', reason: '5.1.3 null recipient address' }
  const resolved = await resolveRecipient(site, address, recorder)
  if (resolved.status === 'failed') {
    if (!resolved.evaluated) return { status: 'unknown', reason: resolved.reason }
    return { status: 'deferred', reason: `4.3.0 address resolver failure: ${resolved.reason}` }
  }
  if (resolved.malformed) return { status: 'bounced', reason: '5.1.3 bad address syntax' }
  if (resolved.transport === 'error') return { status: 'bounced', reason: resolved.nexthop }
  if (resolved.transport === 'retry') return { status: 'deferred', reason: resolved.nexthop }
  return byClass(site, resolved, recorder)
}

async function byClass(
  site: MailSite,
  resolved: ResolvedRecipient,
  recorder: PhaseRecorder,
): Promise<Delivery> {
  switch (resolved.domainClass) {
    case 'local':
      return { status: 'local' }
    case 'relay':
    case 'other':
      return { status: 'forwarded' }
    case 'virtualAlias':
    case 'virtualMailbox':
      return resolved.transport === 'virtual'
        ? mailboxOfVirtual(site, resolved.address, recorder)
        : { status: 'virtual' }
  }
}

/** virtual(8) looks the mailbox up itself. */
async function mailboxOfVirtual(site: MailSite, address: string, recorder: PhaseRecorder): Promise<Delivery> {
  const { virtualMailbox } = site.maps
  const answer = await findAddress(site, virtualMailbox, address, 'externalThenInternal', recorder)
  if (answer.status === 'found') return { status: 'virtual' }
  if (answer.status === 'notFound') {
    return { status: 'bounced', reason: '5.1.1 User unknown in virtual mailbox table' }
  }
  return { status: answer.evaluated ? 'deferred' : 'unknown', reason: answer.reason }
}
