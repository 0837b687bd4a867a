/**
 * address-find - looks an address up in the tables of a parameter: the keys, in Postfix's order.
 *
 * user+extension@domain, user@domain; where the domain is $myorigin or local also user+extension and user;
 * then @domain. Each key is asked in all tables before the next key. Keys are in external (quoted) form; the
 * SMTP server also tries the internal form where it differs. Any error ends the search and is the answer.
 *
 * Authority: virtual(5) "TABLE SEARCH ORDER"; mail_addr_find(3).
 */
import { splitExtension } from './address-extension'
import { quoteAddress } from './address-quoting'
import { foldCase } from './case-folding'
import { isLocalDomain } from './recipient-domain'
import type { LookupFailure, MapAnswer, MapList } from './map-list'
import { findInMaps } from './map-list'
import type { MailSite } from './resolution-site'
import type { PhaseRecorder } from './trace-recorder'

export type AddressAnswer =
  | {
      readonly status: 'found'
      readonly value: string
      /** The extension that the match did not cover, with its delimiter; null if it covered all. */
      readonly extension: string | null
    }
  | { readonly status: 'notFound' }
  | LookupFailure

/** Which forms of a key are asked. */
export type KeyForms = 'external' | 'externalThenInternal'

/** Looks up an address in internal form. */
export async function findAddress(
  site: MailSite,
  maps: MapList,
  address: string,
  forms: KeyForms,
  recorder: PhaseRecorder,
): Promise<AddressAnswer> {
  if (maps.tables.length === 0) return { status: 'notFound' }
  const ask = (keys: readonly string[]) => askKeys(site, maps, keys, recorder)
  const split = splitExtension(address, site.settings)
  const candidates = [
    { internal: address, extension: null },
    ...(split === null ? [] : [{ internal: split.address, extension: split.extension }]),
  ]
  for (const { internal, extension } of candidates) {
    const answer = await ask(keyForms(quoteAddress(internal), internal, forms))
    if (answer.status !== 'notFound') return withExtension(answer, extension)
  }
  const at = address.lastIndexOf('@')
  if (at === -1) return { status: 'notFound' }
  const local = await isOriginOrLocal(site, address.slice(at + 1), recorder)
  if (local.status === 'failed') return local
  for (const { internal, extension } of local.local ? candidates : []) {
    const answer = await ask(keyForms(localpartOf(quoteAddress(internal)), localpartOf(internal), forms))
    if (answer.status !== 'notFound') return withExtension(answer, extension)
  }
  return withExtension(await ask([address.slice(at)]), null)
}

function keyForms(external: string, internal: string, forms: KeyForms): readonly string[] {
  return forms === 'external' || external === internal ? [external] : [external, internal]
}

async function askKeys(
  site: MailSite,
  maps: MapList,
  keys: readonly string[],
  recorder: PhaseRecorder,
): Promise<MapAnswer> {
  for (const key of keys) {
    const answer = await findInMaps(maps, key, site.settings.smtputf8Enable, recorder)
    if (answer.status !== 'notFound') return answer
  }
  return { status: 'notFound' }
}

async function isOriginOrLocal(
  site: MailSite,
  domain: string,
  recorder: PhaseRecorder,
): Promise<{ readonly status: 'known'; readonly local: boolean } | LookupFailure> {
  const { myorigin, smtputf8Enable } = site.settings
  if (foldCase(domain, smtputf8Enable) === foldCase(myorigin, smtputf8Enable)) {
    return { status: 'known', local: true }
  }
  return isLocalDomain(site, domain, recorder)
}

function localpartOf(address: string): string {
  return address.slice(0, address.lastIndexOf('@'))
}

function withExtension(answer: MapAnswer, extension: string | null): AddressAnswer {
  return answer.status === 'found' ? { ...answer, extension } : answer
}
