/**
 * main-cf-checks - judges of what main.cf says by itself, and of the classes of the hosted domains. Pure.
 *
 * Authority: postconf(5); ADDRESS_CLASS_README; resolve_addr (resolve.c of trivial-rewrite): the lists are asked in
 * the order mydestination, virtual_alias_domains, virtual_mailbox_domains, relay_domains, and the first decides;
 * check_rcpt_maps (smtpd_check.c); cleanup_map1n.c and dict_ldap_get_values (dict_ldap.c) for limits.
 */
import { mapNames } from '@/lib/postfix/map-list-names'
import type { Example } from './health-check'
import type { PostureContext } from './posture-checks'
import type { DomainClasses, DomainListName, PostureFacts } from './posture-facts'

const PARAMETERS: Readonly<Record<DomainListName, string>> = {
  mydestination: 'mydestination',
  virtualAlias: 'virtual_alias_domains',
  virtualMailbox: 'virtual_mailbox_domains',
  relay: 'relay_domains',
}
/** A chain of n rewrites takes a limit of n + 1, and aliases of aliases are usual. */
const FEW_REWRITES = 5

/** Hosted domains of the directory that no list has: Postfix refuses their mail. */
export function domainsNotServed({ domains }: PostureFacts): readonly Example[] {
  return domains
    .filter(({ lists, problem }) => problem === null && lists.length === 0)
    .map((domain) => domainExample(domain, null))
}

/** Hosted domains that are virtual mailbox domains and something else as well. */
export function domainsInTwoClasses({ domains }: PostureFacts): readonly Example[] {
  return domains
    .filter(({ lists }) => lists.includes('virtualMailbox') && lists.length > 1)
    .map((domain) => domainExample(domain, domain.lists.map((list) => PARAMETERS[list]).join(', ')))
}

function domainExample({ name }: DomainClasses, about: string | null): Example {
  return { text: name, about, place: { page: 'domain', name } }
}

/** Mailbox domains whose mailboxes Postfix does not know, or takes any address for one. */
export function unknownRecipientsAccepted({ mainCf }: PostureFacts): readonly Example[] {
  if (mainCf.value('virtual_mailbox_domains').trim() === '') return []
  const maps = mapNames(mainCf.value('virtual_mailbox_maps'))
  const taking = maps.filter((name) => /^(?:proxy:)?static:/.test(name))
  return maps.length === 0
    ? [parameterExample('virtual_mailbox_maps', '')]
    : taking.map((name) => parameterExample('virtual_mailbox_maps', name))
}

/** The SMTP server takes mail for addresses that do not exist. */
export function unlistedRecipientsAccepted({ mainCf }: PostureFacts): readonly Example[] {
  const found: Example[] = []
  const words = (name: string): readonly string[] => mainCf.value(name).split(/[,\s]+/)
  const isAsked = ['smtpd_recipient_restrictions', 'smtpd_relay_restrictions'].some((name) =>
    words(name).includes('reject_unlisted_recipient'),
  )
  if (mainCf.value('smtpd_reject_unlisted_recipient').toLowerCase() === 'no' && !isAsked)
    found.push(parameterExample('smtpd_reject_unlisted_recipient', 'no'))
  if (words('receive_override_options').includes('no_unknown_recipient_checks'))
    found.push(parameterExample('receive_override_options', 'no_unknown_recipient_checks'))
  return found
}

/** Limits that the longest list of the directory, or a usual chain of aliases, goes beyond. */
export function smallLimits(
  { mainCf, tables }: PostureFacts,
  { survey }: PostureContext,
): readonly Example[] {
  const longest = survey.longestList?.mailboxes ?? 1
  const found: Example[] = []
  const { longestList } = survey
  const note = longestList === null ? null : `${longestList.address}: ${longestList.mailboxes}`
  for (const { parameter, name, configuration } of tables) {
    const { expansionLimit, sizeLimit, recursionLimit, specialResultAttributes } = configuration
    const limits = [
      ['expansion_limit', expansionLimit],
      ['size_limit', sizeLimit],
    ] as const
    // Each entry gives one value here; size_limit is expansion_limit where it is not set.
    const small = limits.find(([, limit]) => limit > 0 && limit < longest)
    if (parameter === 'virtual_alias_maps' && small !== undefined)
      found.push({ text: `${name} ${small[0]} = ${small[1]}`, about: note, place: null })
    if (specialResultAttributes.length > 0 && recursionLimit < 2)
      found.push({ text: `${name} recursion_limit = ${recursionLimit}`, about: null, place: null })
  }
  if (numberOf(mainCf, 'virtual_alias_expansion_limit') < longest)
    found.push({ ...limitExample(mainCf, 'virtual_alias_expansion_limit'), about: note })
  if (numberOf(mainCf, 'virtual_alias_recursion_limit') < FEW_REWRITES)
    found.push(limitExample(mainCf, 'virtual_alias_recursion_limit'))
  return found
}

function numberOf(mainCf: PostureFacts['mainCf'], name: string): number {
  return Number(mainCf.value(name))
}

function limitExample(mainCf: PostureFacts['mainCf'], name: string): Example {
  return parameterExample(name, mainCf.value(name))
}

function parameterExample(name: string, value: string): Example {
  return { text: `${name} = ${value}`.trimEnd(), about: null, place: null }
}
