/**
 * recipient-delivery - where the queue manager sends each recipient of a message.
 *
 * The recipient is resolved once more, and what resolving leaves of it is what the transport gets. The virtual
 * mailbox class goes to the virtual transport, which decides about existence itself (only virtual(8) asks
 * virtual_mailbox_maps again), the local class to local(8), relay and all other domains to other hosts; what is
 * left in a virtual alias domain bounces. transport_maps may send the first two classes to other hosts as well.
 * A failed lookup keeps the message in the queue; with soft_bounce so does everything that would bounce.
 *
 * Authority: qmgr_message_resolve (qmgr_message.c), virtual(8), error(8), discard(8), bounce_append and
 * defer_append (bounce.c, defer.c of src/global).
 */
import { findAddress } from './address-find'
import { resolveRecipient } from './recipient-class'
import type { ResolvedRecipient } from './recipient-class'
import type { MailSite } from './resolution-site'
import type { PhaseRecorder } from './trace-recorder'

export type Delivery =
  | { readonly status: 'virtual' | 'local' | 'forwarded' | 'discarded'; readonly address: string }
  | { readonly status: 'bounced' | 'deferred'; readonly address: string; readonly reason: string }
  | { readonly status: 'unknown'; readonly reason: string }

/** Finds out where one recipient of the queue file goes, and under which address. */
export async function deliverRecipient(
  site: MailSite,
  recipient: string,
  recorder: PhaseRecorder,
): Promise<Delivery> {
  const resolved = await resolveRecipient(site, recipient, recorder)
  if (resolved.status === 'failed') {
    if (!resolved.evaluated) return { status: 'unknown', reason: resolved.reason }
    const reason = `4.3.0 address resolver failure: ${resolved.reason}`
    return { status: 'deferred', address: recipient, reason }
  }
  const { address, transport, nexthop } = resolved
  if (address !== recipient) {
    recorder.record({ type: 'rewritten', phase: recorder.phase, from: recipient, to: address })
  }
  const dash = address.startsWith('-') && !site.settings.allowMinUser
  if (dash || resolved.malformed) return bounced(site, address, '5.1.3 bad address syntax')
  switch (transport) {
    case 'error':
      return bounced(site, address, withStatus(5, nexthop))
    case 'retry':
      return { status: 'deferred', address, reason: withStatus(4, nexthop) }
    case 'discard':
      recorder.record({ type: 'stopped', phase: recorder.phase, address, reason: `discarded: ${nexthop}` })
      return { status: 'discarded', address }
    default:
      return byClass(site, resolved, recorder)
  }
}

/** The reason begins with a status code of class 5. */
function bounced(site: MailSite, address: string, reason: string): Delivery {
  if (!site.settings.softBounce) return { status: 'bounced', address, reason }
  return { status: 'deferred', address, reason: `4${reason.slice(1)}` }
}

/** The reason with a status code (RFC 3463) of this class: its own, if it begins with one of the class. */
function withStatus(statusClass: 4 | 5, reason: string): string {
  const [, code, text = reason] = /^([245]\.\d{1,3}\.\d{1,3})\s+(.*)$/s.exec(reason) ?? []
  return `${code?.startsWith(String(statusClass)) === true ? code : `${statusClass}.0.0`} ${text}`
}

async function byClass(
  site: MailSite,
  resolved: ResolvedRecipient,
  recorder: PhaseRecorder,
): Promise<Delivery> {
  const { address, transport } = resolved
  const { local, virtualMailbox } = site.settings.transports
  switch (resolved.domainClass) {
    case 'local':
      return { status: isMailboxTransport(transport, local) ? 'local' : 'forwarded', address }
    case 'relay':
    case 'other':
      return { status: 'forwarded', address }
    case 'virtualAlias':
    case 'virtualMailbox':
      if (transport === 'virtual') return mailboxOfVirtual(site, address, recorder)
      return { status: isMailboxTransport(transport, virtualMailbox) ? 'virtual' : 'forwarded', address }
  }
}

/** The transport of the class, or another one that ends at mailboxes: LMTP is no way to other sites (RFC 2033). */
function isMailboxTransport(transport: string, ofClass: string): boolean {
  return [ofClass.split(':', 1)[0], 'lmtp', 'local', 'virtual'].includes(transport)
}

/** virtual(8) looks the mailbox up itself. */
async function mailboxOfVirtual(site: MailSite, address: string, recorder: PhaseRecorder): Promise<Delivery> {
  const { virtualMailbox } = site.maps
  const answer = await findAddress(site, virtualMailbox, address, 'externalThenInternal', recorder)
  if (answer.status === 'found') return { status: 'virtual', address }
  if (answer.status === 'notFound') {
    return bounced(site, address, '5.1.1 User unknown in virtual mailbox table')
  }
  if (!answer.evaluated) return { status: 'unknown', reason: answer.reason }
  return { status: 'deferred', address, reason: answer.reason }
}
