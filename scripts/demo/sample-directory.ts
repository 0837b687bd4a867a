/**
 * sample-directory - the entries of the demo directory as LDIF, from the data in sample-people and the generator.
 *
 * Holds no password: those are set afterwards through slapd, which hashes them itself.
 * Authority: RFC 4519 and RFC 4524 for the standard object classes, postfix-book.schema for the others.
 */
import { formatEntry } from '@/lib/ldap/ldif-text'
import { generatedDomains, generatedMailboxes } from './generated-mailboxes'
import {
  DOMAINS_BASE,
  GROUPS_BASE,
  MAIL_BASE,
  PASSWORD_POLICY,
  personDn,
  POLICIES_BASE,
  POSTFIX_DN,
  POSTMASTER_GROUP,
  SERVICE_DN,
  SERVICES_BASE,
  STORE_BASE,
  SUFFIX,
} from './names'
import {
  SAMPLE_DOMAINS,
  SAMPLE_PEOPLE,
  SAMPLE_POSTMASTERS,
  type SampleDomain,
  type SamplePerson,
} from './sample-people'

/** User and group number that own the mail on the mail server. */
const VMAIL = '5000'
const PIECE = 500

/** Parents before children, in pieces of many records each. */
export function* directoryLdif(generated: number): Generator<string> {
  yield [...structure(), ...SAMPLE_DOMAINS.map(domain), ...SAMPLE_PEOPLE.map(mailbox), postmasters()].join('')
  yield generatedDomains(generated).map(domain).join('')
  let records: string[] = []
  for (const person of generatedMailboxes(generated)) {
    records.push(mailbox(person))
    if (records.length === PIECE) {
      yield records.join('')
      records = []
    }
  }
  yield records.join('')
}

function* structure(): Generator<string> {
  yield record(SUFFIX, {
    objectClass: ['dcObject', 'organization'],
    dc: 'example',
    o: 'Postbook demo',
  })
  for (const [dn, description] of [
    [DOMAINS_BASE, 'Hosted domains'],
    [MAIL_BASE, 'Mailboxes'],
    [GROUPS_BASE, 'Groups'],
    [SERVICES_BASE, 'Accounts of programs'],
    [POLICIES_BASE, 'Password policies'],
    [STORE_BASE, "The panel's own store"],
  ] as const) {
    yield record(dn, { objectClass: 'organizationalUnit', ou: rdnValue(dn), description })
  }
  yield record(SERVICE_DN, {
    objectClass: ['applicationProcess', 'simpleSecurityObject'],
    cn: 'postbook',
    description: 'The panel; may act for any person with a mailbox',
    // simpleSecurityObject wants a password. This one is no hash of anything, and is replaced.
    userPassword: '{NONE}',
    authzTo: `dn.children:${MAIL_BASE}`,
  })
  yield record(POSTFIX_DN, {
    objectClass: ['applicationProcess', 'simpleSecurityObject'],
    cn: 'postfix',
    description: "Postfix's lookup tables; read only",
    userPassword: '{NONE}',
  })
  yield record(PASSWORD_POLICY, {
    objectClass: ['device', 'pwdPolicy'],
    cn: 'default',
    description: 'For everybody',
    pwdAttribute: 'userPassword',
    pwdMinLength: '8',
    // 1: a value that is already hashed cannot be checked and is taken.
    pwdCheckQuality: '1',
    pwdAllowUserChange: 'TRUE',
    pwdMustChange: 'FALSE',
    pwdLockout: 'TRUE',
    pwdMaxFailure: '20',
    pwdFailureCountInterval: '300',
    pwdLockoutDuration: '300',
  })
}

function domain(sample: SampleDomain): string {
  return record(`dc=${sample.name},${DOMAINS_BASE}`, {
    objectClass: 'dNSDomain',
    dc: sample.name,
    description: sample.description,
    associatedName: sample.administrator === undefined ? undefined : personDn(sample.administrator),
  })
}

function mailbox(person: SamplePerson): string {
  const [localpart = '', domainName = ''] = person.mail.split('@')
  const home = `/srv/mail/${domainName}/${localpart}`
  const forwarding = person.forwardTo !== undefined
  return record(personDn(person.uid), {
    objectClass: [
      'inetOrgPerson',
      'PostfixBookMailAccount',
      ...(forwarding ? ['PostfixBookMailForward'] : []),
    ],
    uid: person.uid,
    cn: `${person.givenName} ${person.sn}`,
    givenName: person.givenName,
    sn: person.sn,
    title: person.title,
    telephoneNumber: person.telephone,
    mail: person.mail,
    mailAlias: person.aliases,
    mailForwardingAddress: person.forwardTo,
    mailGroupMember: person.groups,
    mailEnabled: person.enabled === false ? 'FALSE' : 'TRUE',
    mailQuota: person.quota === undefined ? undefined : String(person.quota),
    mailUidNumber: VMAIL,
    mailGidNumber: VMAIL,
    mailHomeDirectory: home,
    mailStorageDirectory: `${home}/Maildir`,
  })
}

function postmasters(): string {
  return record(POSTMASTER_GROUP, {
    objectClass: 'groupOfNames',
    cn: 'postmasters',
    description: 'May change everything in the panel',
    member: SAMPLE_POSTMASTERS.map(personDn),
  })
}

function rdnValue(dn: string): string {
  return dn.slice(dn.indexOf('=') + 1, dn.indexOf(','))
}

/** An attribute whose value is undefined is left out. */
function record(
  dn: string,
  attributes: Readonly<Record<string, string | readonly string[] | undefined>>,
): string {
  return formatEntry({
    dn,
    attributes: Object.entries(attributes).flatMap(([description, values]) =>
      values === undefined ? [] : [{ description, values: typeof values === 'string' ? [values] : values }],
    ),
  })
}
