/**
 * directory-checks - judges the whole directory from what was looked at. Pure.
 *
 * Mailboxes are judged by lib/survey; here their findings become checks with numbers and examples, and domains,
 * their administrators and the postmasters are judged. What needs hosted domains to judge by is not judged where the
 * directory has none. Authority: RFC 2142 sections 4 and 5; RFC 1123 section 2.1 for names of hosts.
 */
import { domainNameProblem } from '@/lib/entries/domain-name'
import { attentionOf } from '@/lib/overview/attention'
import { FINDING_CODES, isCounterpart } from '@/lib/survey/mailbox-finding'
import type { FoundMailboxes } from '@/lib/lists/found-mailboxes'
import type { DirectoryFacts, NamedPerson } from './directory-facts'
import {
  type DirectoryCheckCode,
  type Example,
  type HealthCheck,
  madeCheck,
  type MailboxCheckCode,
  type Severity,
  unmadeCheck,
} from './health-check'

const MAILBOX_CHECKS: Readonly<Record<MailboxCheckCode, readonly [Severity, string]>> = {
  shadowedMailbox: ['fault', 'virtual(5)'],
  divertedMailbox: ['fault', 'virtual(5)'],
  unhostedMailbox: ['fault', 'postconf(5) virtual_mailbox_domains'],
  withoutAddress: ['fault', 'postconf(5) virtual_mailbox_maps'],
  sharedAddress: ['caution', 'ldap_table(5)'],
  neverFound: ['fault', 'mail_addr_find.c'],
  unhostedAlias: ['caution', 'postconf(5) virtual_mailbox_domains'],
  danglingForward: ['caution', 'virtual(5)'],
  forwardLoop: ['fault', 'virtual(5)'],
  forwardWithoutClass: ['caution', 'postfix-book.schema'],
  disabledWithAlias: ['notice', 'postfix-book.schema'],
}

const DIRECTORY_CHECKS: Readonly<Record<DirectoryCheckCode, readonly [Severity, string]>> = {
  unusableDomainName: ['fault', 'RFC 1123 section 2.1'],
  noPostmaster: ['caution', 'RFC 2142 section 5'],
  noAbuse: ['notice', 'RFC 2142 section 4'],
  emptyDomain: ['notice', 'postconf(5) virtual_mailbox_domains'],
  missingAdministrator: ['caution', 'DOMAIN_ADMINISTRATOR_ATTRIBUTE'],
  disabledAdministrator: ['notice', 'DOMAIN_ADMINISTRATOR_ATTRIBUTE'],
  fewPostmasters: ['caution', 'POSTMASTER_GROUP'],
  missingPostmaster: ['caution', 'POSTMASTER_GROUP'],
  disabledPostmaster: ['notice', 'POSTMASTER_GROUP'],
}

/** Checks of mailboxes, by their findings. */
export function mailboxChecks({
  mailboxes,
  counts,
}: Pick<FoundMailboxes, 'mailboxes' | 'counts'>): readonly HealthCheck[] {
  const items = new Map(attentionOf({ mailboxes, counts }, []).map((item) => [item.code, item]))
  return FINDING_CODES.flatMap((code) => {
    if (isCounterpart(code)) return []
    const [severity, source] = MAILBOX_CHECKS[code]
    const item = items.get(code)
    const examples = (item?.examples ?? []).map(({ address, mailbox }): Example => ({
      text: address,
      about: null,
      place: mailbox === null ? null : { page: 'mailbox', id: mailbox },
    }))
    return [{ code, severity, source, count: item?.count ?? 0, examples, note: null }]
  })
}

/** Checks of domains, their administrators and the postmasters. */
export function domainChecks(facts: DirectoryFacts): readonly HealthCheck[] {
  const { survey } = facts
  const made = (code: DirectoryCheckCode, found: readonly Example[]): HealthCheck => {
    const [severity, source] = DIRECTORY_CHECKS[code]
    return madeCheck({ code, severity, source, found })
  }
  const ofHosted = (code: DirectoryCheckCode, found: readonly Example[]): HealthCheck => {
    const [severity, source] = DIRECTORY_CHECKS[code]
    return survey.hosted === null
      ? unmadeCheck({ code, severity, source }, { key: 'health.noDomains' })
      : made(code, found)
  }
  return [
    ofHosted('unusableDomainName', unusableNames(facts)),
    ofHosted(
      'noPostmaster',
      survey.withoutPostmaster.map((name) => lackingAlias('postmaster', name)),
    ),
    ofHosted(
      'noAbuse',
      survey.withoutAbuse.map((name) => lackingAlias('abuse', name)),
    ),
    ofHosted('emptyDomain', survey.withoutAddress.map(domainExample)),
    ofHosted('missingAdministrator', administratorsThatAre('missing', facts)),
    ofHosted('disabledAdministrator', administratorsThatAre('disabled', facts)),
    ...postmasterChecks(facts, made),
  ]
}

function postmasterChecks(
  { postmasters, postmastersByClaim }: DirectoryFacts,
  made: (code: DirectoryCheckCode, found: readonly Example[]) => HealthCheck,
): readonly HealthCheck[] {
  const codes = ['fewPostmasters', 'missingPostmaster', 'disabledPostmaster'] as const
  if (postmasters === null)
    return codes.map((code) => {
      const [severity, source] = DIRECTORY_CHECKS[code]
      return unmadeCheck({ code, severity, source }, { key: 'health.noGroup' })
    })
  const ofState = (state: NamedPerson['state']): readonly Example[] =>
    postmasters.filter((person) => person.state === state).map(personExample)
  const enabled = ofState('enabled')
  const last = enabled[0] ?? { text: 'POSTMASTER_GROUP', about: null, place: null }
  return [
    made('fewPostmasters', enabled.length < 2 && !postmastersByClaim ? [last] : []),
    made('missingPostmaster', ofState('missing')),
    made('disabledPostmaster', ofState('disabled')),
  ]
}

/** Names that no address can have, and those that differ from what Postfix asks for. */
function unusableNames({ domains, caseExactDomains }: DirectoryFacts): readonly Example[] {
  return domains.flatMap(({ name }): readonly Example[] => {
    const problem = domainNameProblem(name.toLowerCase())
    if (problem !== null) return [{ ...domainExample(name), about: problem }]
    return caseExactDomains && name !== name.toLowerCase()
      ? [{ ...domainExample(name), about: { key: 'findings.never.caseExact', values: { attribute: 'dc' } } }]
      : []
  })
}

function administratorsThatAre(state: NamedPerson['state'], { domains }: DirectoryFacts): readonly Example[] {
  return domains.flatMap(({ name, administrators }) =>
    administrators
      .filter((person) => person.state === state)
      .map((person): Example => ({
        text: person.name,
        about: name,
        place: { page: 'administrators', name: name.toLowerCase() },
      })),
  )
}

function personExample({ name, id }: NamedPerson): Example {
  return { text: name, about: null, place: id === '' ? null : { page: 'mailbox', id } }
}

function domainExample(name: string): Example {
  return { text: name, about: null, place: { page: 'domain', name: name.toLowerCase() } }
}

function lackingAlias(localpart: string, domain: string): Example {
  return { text: domain, about: null, place: { page: 'newAlias', address: `${localpart}@${domain}` } }
}
