/**
 * prediction-findings - where a preview itself is not whole, said openly.
 *
 * Codes: cannot-be-predicted (a lookup has no answer after the change), lookup-fails-now (it has none before
 * either), other-keys-may-change (a table whose keys cannot be listed), table-account-cannot-read,
 * not-fully-searched.
 */
import type { FindingFacts } from './finding-facts'
import type { Finding, LookupAnswer, LookupChange } from '@/lib/changes/preview-result'

/** All findings about the limits of the preview. */
export function predictionFindings(facts: FindingFacts): readonly Finding[] {
  const unanswered = facts.lookups.filter((lookup) => isError(lookup.after))
  const isOver = (lookup: LookupChange): boolean =>
    facts.overLimit.some(({ map, key }) => map === lookup.map && key === lookup.key)
  const predicted = unanswered.filter((lookup) => !isError(lookup.before) && !isOver(lookup))
  const failing = unanswered.filter((lookup) => isError(lookup.before))
  return [
    ...predicted.map((lookup): Finding => ({
      code: 'cannot-be-predicted',
      severity: 'confirm',
      message: `What ${lookup.map} will answer for ${lookup.key} is not known: ${reasonOf(lookup, facts)}`,
      addresses: [lookup.key],
    })),
    ...unknownAddresses(facts),
    ...onePerTable(failing).map((lookup): Finding => ({
      code: 'lookup-fails-now',
      severity: 'confirm',
      message: `${lookup.map} gives no answer even now: ${lookup.before.problem ?? 'the lookup failed'}`,
      addresses: [lookup.key],
    })),
    ...facts.unsearched.map((problem): Finding => ({
      code: 'not-fully-searched',
      severity: 'confirm',
      message: `Whether the addresses are in use elsewhere is not known: ${problem}`,
      addresses: [],
    })),
    ...facts.openTables.map(({ map, reason }): Finding => ({
      code: 'other-keys-may-change',
      severity: 'notice',
      message: `${map} may change its answer for other keys too: ${reason}`,
      addresses: [],
    })),
    ...facts.unreadable.map(({ map, attribute, dn }): Finding => ({
      code: 'table-account-cannot-read',
      severity: 'confirm',
      message: `The account of ${map} cannot read ${attribute} of ${dn}: Postfix does not see this change.`,
      addresses: [],
    })),
  ]
}

/** Addresses whose way cannot be told after the change, beside those whose own lookups are named already. */
function unknownAddresses({ reports, lookups }: FindingFacts): readonly Finding[] {
  const named = new Set(lookups.filter(({ after }) => isError(after)).map(({ key }) => key))
  const unknown = reports
    .filter(({ before, after }) => before.summary.problem === null && after.summary.problem !== null)
    .map(({ address }) => address)
    .filter((address) => !named.has(address))
  if (unknown.length === 0) return []
  const whom = unknown.length === 1 ? unknown.join() : `${unknown.length} addresses`
  const message = `Where mail to ${whom} will go cannot be predicted.`
  return [{ code: 'cannot-be-predicted', severity: 'confirm', message, addresses: unknown }]
}

function reasonOf({ after }: LookupChange, { unpredictable }: FindingFacts): string {
  return unpredictable.length > 0 ? unpredictable.join('; ') : (after.problem ?? 'the lookup failed')
}

function isError(answer: LookupAnswer): boolean {
  return answer.status === 'temporaryError' || answer.status === 'configurationError'
}

function onePerTable<Lookup extends { readonly map: string }>(lookups: readonly Lookup[]): readonly Lookup[] {
  return lookups.filter((lookup, at) => lookups.findIndex((other) => other.map === lookup.map) === at)
}
