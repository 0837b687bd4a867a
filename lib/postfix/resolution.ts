/**
 * resolution - what becomes of a message to one address: accepted or refused, and where it goes.
 *
 * Asks the site's tables as Postfix would for `RCPT TO:<address>` by a client from outside, and follows the
 * message through alias expansion to its transports. The result is a trace; it never throws for a refusal or
 * a failed lookup. Where a table cannot be evaluated here, the trace says so and claims nothing.
 *
 * Authority: OVERVIEW of Postfix ("How Postfix receives mail"); smtpd(8), cleanup(8), qmgr(8).
 */
import { rewriteAddress } from './address-rewriting'
import { badSyntaxReply, checkRecipient } from './recipient-check'
import { deliverRecipient } from './recipient-delivery'
import { expandRecipient } from './recipient-expansion'
import { givenAddress } from './recipient-syntax'
import type { MailSite } from './resolution-site'
import type { Trace, Undelivered } from './trace'
import type { TraceRecorder } from './trace-recorder'
import { traceRecorder } from './trace-recorder'

/** Resolves one address; in external form, as in a message header or in RCPT TO without its brackets. */
export async function resolveAddress(site: MailSite, address: string): Promise<Trace> {
  const recorder = traceRecorder()
  const trace = { ...NOTHING, address, steps: recorder.steps }
  const given = givenAddress(address, site.settings.smtputf8Enable)
  if (given === null) return { ...trace, stage: 'RCPT', reply: badSyntaxReply(site) }
  const standard = rewriteAddress(given, site.settings)
  if (standard !== given) {
    recorder.phase('resolve').record({ type: 'rewritten', phase: 'resolve', from: given, to: standard })
  }
  const verdict = await checkRecipient(site, given, standard, recorder)
  const checked = { ...trace, domainClass: verdict.domainClass }
  if (verdict.status === 'unknown') return { ...checked, stage: 'RCPT', problem: verdict.reason }
  if (verdict.status === 'refused') return { ...checked, stage: 'RCPT', reply: verdict.reply }
  const expansion = await expandRecipient(site, standard, recorder.phase('cleanup'))
  if (expansion.status === 'unknown') return { ...checked, stage: 'DATA', problem: expansion.reason }
  if (expansion.status === 'refused') return { ...checked, stage: 'DATA', reply: expansion.reply }
  return deliver(site, checked, expansion.recipients, recorder)
}

const NOTHING: Omit<Trace, 'address' | 'steps'> = {
  accepted: false,
  stage: null,
  reply: null,
  problem: null,
  domainClass: null,
  recipients: [],
  deliveries: [],
  forwards: [],
  locals: [],
  bounces: [],
  deferrals: [],
}

async function deliver(
  site: MailSite,
  trace: Trace,
  recipients: readonly string[],
  recorder: TraceRecorder,
): Promise<Trace> {
  const deliveries: string[] = []
  const forwards: string[] = []
  const locals: string[] = []
  const bounces: Undelivered[] = []
  const deferrals: Undelivered[] = []
  for (const recipient of recipients) {
    const delivery = await deliverRecipient(site, recipient, recorder.phase('delivery'))
    switch (delivery.status) {
      case 'virtual':
        deliveries.push(delivery.address)
        break
      case 'forwarded':
        forwards.push(delivery.address)
        break
      case 'local':
        locals.push(delivery.address)
        break
      case 'bounced':
        bounces.push({ address: delivery.address, reason: delivery.reason })
        break
      case 'deferred':
        deferrals.push({ address: delivery.address, reason: delivery.reason })
        break
      case 'discarded':
        break
      case 'unknown':
        return { ...trace, accepted: true, recipients, problem: delivery.reason }
    }
  }
  return { ...trace, accepted: true, recipients, deliveries, forwards, locals, bounces, deferrals }
}
