/**
 * posture-checks - judges the mail configuration: main.cf, its tables, and what they answer. Pure.
 *
 * Each check has a severity, the manual page or function of Postfix that it rests on, and a judge that gives
 * everything that is not as it should be. Those of tables are in table-checks, those of main.cf in main-cf-checks.
 */
import type { Schema } from '@/lib/ldap/schema'
import type { Survey } from '@/lib/lists/survey'
import type { Text } from '@/lib/words/text'
import {
  type Example,
  type HealthCheck,
  madeCheck,
  type PostureCheckCode,
  type Severity,
  unmadeCheck,
} from './health-check'
import {
  domainsInTwoClasses,
  domainsNotServed,
  smallLimits,
  unknownRecipientsAccepted,
  unlistedRecipientsAccepted,
} from './main-cf-checks'
import type { PostureFacts } from './posture-facts'
import {
  basesOutside,
  clearTextServers,
  disabledReceive,
  enabledDisagrees,
  failingTables,
  filtersWithoutKey,
  openSecrets,
  uncheckedCertificates,
  unknownResultAttributes,
  unservedTables,
} from './table-checks'

/** What the configuration is judged by, beside itself. */
export interface PostureContext {
  readonly schema: Pick<Schema, 'attributeType'>
  /** DNs below which the panel looks for domains and mailboxes. */
  readonly bases: readonly string[]
  readonly survey: Pick<Survey, 'longestList'> & { readonly sums: { readonly disabled: number } }
}

interface PostureCheck {
  readonly severity: Severity
  readonly source: string
  readonly judge: (facts: PostureFacts, context: PostureContext) => readonly Example[]
}

const CHECKS: Readonly<Record<PostureCheckCode, PostureCheck>> = {
  tableFails: { severity: 'fault', source: 'dict_ldap.c dict_ldap_lookup', judge: failingTables },
  domainNotServed: { severity: 'fault', source: 'resolve.c, ADDRESS_CLASS_README', judge: domainsNotServed },
  domainInTwoClasses: {
    severity: 'fault',
    source: 'resolve.c, ADDRESS_CLASS_README',
    judge: domainsInTwoClasses,
  },
  unknownRecipientsAccepted: {
    severity: 'fault',
    source: 'postconf(5) virtual_mailbox_maps',
    judge: unknownRecipientsAccepted,
  },
  unlistedRecipientsAccepted: {
    severity: 'fault',
    source: 'postconf(5) smtpd_reject_unlisted_recipient',
    judge: unlistedRecipientsAccepted,
  },
  tableNotProxied: {
    severity: 'fault',
    source: 'proxymap(8), postconf(5) proxy_read_maps',
    judge: unservedTables,
  },
  filterWithoutKey: { severity: 'fault', source: 'ldap_table(5) query_filter', judge: filtersWithoutKey },
  unknownResultAttribute: {
    severity: 'fault',
    source: 'ldap_table(5) result_attribute',
    judge: unknownResultAttributes,
  },
  secretReadable: { severity: 'fault', source: 'ldap_table(5) bind_pw', judge: openSecrets },
  clearText: { severity: 'fault', source: 'ldap_table(5) start_tls', judge: clearTextServers },
  certificateUnchecked: {
    severity: 'caution',
    source: 'ldap_table(5) tls_require_cert',
    judge: uncheckedCertificates,
  },
  limitTooSmall: {
    severity: 'caution',
    source: 'ldap_table(5) expansion_limit, postconf(5) virtual_alias_expansion_limit',
    judge: smallLimits,
  },
  baseOutside: { severity: 'caution', source: 'ldap_table(5) search_base', judge: basesOutside },
  enabledDisagrees: { severity: 'caution', source: 'ldap_table(5) query_filter', judge: enabledDisagrees },
  disabledReceives: { severity: 'notice', source: 'ldap_table(5) query_filter', judge: disabledReceive },
}

const CODES = Object.keys(CHECKS) as readonly PostureCheckCode[]
const OF_DOMAINS: readonly PostureCheckCode[] = ['domainNotServed', 'domainInTwoClasses']

/** All checks of the mail configuration. */
export function postureChecks(facts: PostureFacts, context: PostureContext): readonly HealthCheck[] {
  return CODES.map((code) => {
    const { severity, source, judge } = CHECKS[code]
    const found = judge(facts, context)
    if (!OF_DOMAINS.includes(code)) return madeCheck({ code, severity, source, found })
    const { note, isKnown } = reachOf(facts)
    return isKnown || found.length > 0
      ? madeCheck({ code, severity, source, found, note })
      : unmadeCheck({ code, severity, source }, note ?? { key: 'health.noDomains' })
  })
}

/** How far the lists of domains could be asked. */
function reachOf({ domains, hosted }: PostureFacts): {
  readonly note: Text | null
  readonly isKnown: boolean
} {
  const problem = domains.find((domain) => domain.problem !== null)?.problem ?? null
  if (problem !== null) return { note: problem, isKnown: domains.some((domain) => domain.problem === null) }
  const note: Text | null =
    hosted > domains.length ? { key: 'health.firstDomains', values: { asked: domains.length, hosted } } : null
  return { note, isKnown: domains.length > 0 }
}
