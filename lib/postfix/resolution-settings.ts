/**
 * resolution-settings - the parameters of main.cf that address resolution needs, read as what they are.
 *
 * A number that is none, or a yes/no that is neither, is fatal to Postfix: then there are no settings but the
 * reason. Own addresses are those of inet_interfaces and proxy_interfaces; a host name in there is not looked
 * up. Authority: postconf(5); mail_conf_int(3), mail_conf_bool(3), own_inet_addr(3).
 */
import type { ExtensionRules } from './address-extension'
import type { RewritingRules } from './address-rewriting'
import { isIpv4, isIpv6 } from './address-domain'
import type { LocalHost, MainCf } from './main-cf'

export interface ResolutionSettings extends ExtensionRules, RewritingRules {
  readonly myhostname: string
  readonly smtputf8Enable: boolean
  /** Without brackets, in lower case. */
  readonly ownAddresses: ReadonlySet<string>
  readonly emptyAddressRecipient: string
  readonly resolveDequotedAddress: boolean
  readonly resolveNullDomain: boolean
  readonly resolveNumericDomain: boolean
  readonly allowMinUser: boolean
  readonly allowUntrustedRouting: boolean
  readonly helpfulWarnings: boolean
  readonly transports: Readonly<Record<'local' | 'virtualMailbox' | 'relay' | 'other', string>>
  readonly propagateCanonical: boolean
  readonly propagateVirtual: boolean
  readonly canonicalOfRecipient: boolean
  readonly recipientCanonicalOfRecipient: boolean
  readonly recursionLimit: number
  readonly expansionLimit: number
  readonly addressLengthLimit: number
  readonly addressMappings: boolean
  readonly unlistedRecipientCheck: boolean
  readonly relayRefusal: 'reject' | 'defer'
  readonly relayRejectCode: number
  readonly unknownRecipientCodes: Readonly<
    Record<'local' | 'virtualAlias' | 'virtualMailbox' | 'relay', number>
  >
  readonly showTableName: boolean
  readonly softBounce: boolean
}

export type SettingsResult =
  | { readonly status: 'valid'; readonly settings: ResolutionSettings }
  | { readonly status: 'invalid'; readonly message: string }

/** Reads the settings; the message names the first bad parameter. */
export function resolutionSettings(mainCf: MainCf, host: LocalHost): SettingsResult {
  const problems: string[] = []
  const text = (name: string) => mainCf.value(name)
  const yes = (name: string): boolean => {
    const value = text(name).toLowerCase()
    if (value !== 'yes' && value !== 'no') problems.push(`bad boolean configuration: ${name} = ${text(name)}`)
    return value === 'yes'
  }
  const number = (name: string): number => {
    if (!/^\s*[+-]?\d+$/.test(text(name)))
      problems.push(`bad numerical configuration: ${name} = ${text(name)}`)
    return Number(text(name))
  }
  const has = (name: string, word: string) => words(text(name)).includes(word)
  const settings: ResolutionSettings = {
    myhostname: text('myhostname'),
    myorigin: text('myorigin'),
    mydomain: text('mydomain'),
    appendAtMyorigin: yes('append_at_myorigin'),
    appendDotMydomain: yes('append_dot_mydomain'),
    swapBangpath: yes('swap_bangpath'),
    allowPercentHack: yes('allow_percent_hack'),
    recipientDelimiter: text('recipient_delimiter'),
    ownerRequestSpecial: yes('owner_request_special'),
    doubleBounceSender: text('double_bounce_sender'),
    smtputf8Enable: yes('smtputf8_enable'),
    ownAddresses: ownAddresses(mainCf, host),
    emptyAddressRecipient: text('empty_address_recipient'),
    resolveDequotedAddress: yes('resolve_dequoted_address'),
    resolveNullDomain: yes('resolve_null_domain'),
    resolveNumericDomain: yes('resolve_numeric_domain'),
    allowMinUser: yes('allow_min_user'),
    allowUntrustedRouting: yes('allow_untrusted_routing'),
    helpfulWarnings: yes('helpful_warnings'),
    transports: {
      local: text('local_transport'),
      virtualMailbox: text('virtual_transport'),
      relay: text('relay_transport'),
      other: text('default_transport'),
    },
    propagateCanonical: has('propagate_unmatched_extensions', 'canonical'),
    propagateVirtual: has('propagate_unmatched_extensions', 'virtual'),
    canonicalOfRecipient: has('canonical_classes', 'envelope_recipient'),
    recipientCanonicalOfRecipient: has('recipient_canonical_classes', 'envelope_recipient'),
    recursionLimit: number('virtual_alias_recursion_limit'),
    expansionLimit: number('virtual_alias_expansion_limit'),
    addressLengthLimit: number('virtual_alias_address_length_limit'),
    addressMappings: !has('receive_override_options', 'no_address_mappings'),
    unlistedRecipientCheck:
      yes('smtpd_reject_unlisted_recipient') &&
      !has('receive_override_options', 'no_unknown_recipient_checks'),
    relayRefusal: relayRefusal(mainCf),
    relayRejectCode: number('relay_domains_reject_code'),
    unknownRecipientCodes: {
      local: number('unknown_local_recipient_reject_code'),
      virtualAlias: number('unknown_virtual_alias_reject_code'),
      virtualMailbox: number('unknown_virtual_mailbox_reject_code'),
      relay: number('unknown_relay_recipient_reject_code'),
    },
    showTableName: yes('show_user_unknown_table_name'),
    softBounce: yes('soft_bounce'),
  }
  const problem = problems[0]
  return problem === undefined
    ? { status: 'valid', settings }
    : { status: 'invalid', message: `Postfix cannot use ${mainCf.directory}/main.cf: ${problem}.` }
}

function words(value: string): readonly string[] {
  return value.split(/[,\s]+/).filter((word) => word !== '')
}

/** What refuses relaying to a client from outside. Postfix does not run without one of the two. */
function relayRefusal(mainCf: MainCf): 'reject' | 'defer' {
  const restrictions = ['smtpd_relay_restrictions', 'smtpd_recipient_restrictions'].flatMap((name) =>
    words(mainCf.value(name)),
  )
  const first = restrictions.find((word) => /^(?:reject|defer)_unauth_destination$/.test(word))
  return first === 'defer_unauth_destination' ? 'defer' : 'reject'
}

const LOOPBACK = ['127.0.0.1', '::1']

function ownAddresses(mainCf: MainCf, host: LocalHost): ReadonlySet<string> {
  const own = new Set<string>()
  for (const word of [
    ...words(mainCf.value('inet_interfaces')),
    ...words(mainCf.value('proxy_interfaces')),
  ]) {
    const address = word.replace(/^\[|\]$/g, '').toLowerCase()
    if (word === 'all') for (const known of [...LOOPBACK, ...host.addresses]) own.add(known.toLowerCase())
    else if (word === 'loopback-only') for (const known of LOOPBACK) own.add(known)
    else if (isIpv4(address) || isIpv6(address)) own.add(address)
  }
  return own
}
