/**
 * prediction-findings - where a preview itself is not whole, said openly.
 *
 * Codes: cannot-be-predicted (a lookup has no answer after the change), lookup-fails-now (it has none before
 * either), other-keys-may-change (a table whose keys cannot be listed), table-account-cannot-read,
 * not-fully-searched.
 */
import type { Text } from '@/lib/words/text'
import type { FindingFacts } from './finding-facts'
import type { Finding, LookupAnswer, LookupChange } from '@/lib/changes/preview-result'
import { oneByOne } from '@/lib/words/sentences'

const LOOKUP_FAILED: Text = { key: 'findings.lookupFailed' }

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
      message: {
        key: 'findings.notKnown',
        values: { map: lookup.map, key: lookup.key, reason: reasonOf(lookup, facts) },
      },
      addresses: [lookup.key],
    })),
    ...unknownAddresses(facts),
    ...onePerTable(failing).map((lookup): Finding => ({
      code: 'lookup-fails-now',
      severity: 'confirm',
      message: {
        key: 'findings.failsNow',
        values: { map: lookup.map, problem: lookup.before.problem ?? LOOKUP_FAILED },
      },
      addresses: [lookup.key],
    })),
    ...facts.unsearched.map((problem): Finding => ({
      code: 'not-fully-searched',
      severity: 'confirm',
      message: { key: 'findings.unsearched', values: { problem } },
      addresses: [],
    })),
    ...facts.openTables.map(({ map, reason }): Finding => ({
      code: 'other-keys-may-change',
      severity: 'notice',
      message: { key: 'findings.openTable', values: { map, reason } },
      addresses: [],
    })),
    ...facts.unreadable.map(({ map, attribute, dn }): Finding => ({
      code: 'table-account-cannot-read',
      severity: 'confirm',
      message: { key: 'findings.unreadable', values: { map, attribute, dn } },
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
  const message: Text = {
    key: 'findings.unpredictable',
    values: { count: unknown.length, address: unknown[0] ?? '' },
  }
  return [{ code: 'cannot-be-predicted', severity: 'confirm', message, addresses: unknown }]
}

function reasonOf({ after }: LookupChange, { unpredictable }: FindingFacts): Text {
  return unpredictable.length > 0 ? oneByOne(unpredictable) : (after.problem ?? LOOKUP_FAILED)
}

function isError(answer: LookupAnswer): boolean {
  return answer.status === 'temporaryError' || answer.status === 'configurationError'
}

function onePerTable<Lookup extends { readonly map: string }>(lookups: readonly Lookup[]): readonly Lookup[] {
  return lookups.filter((lookup, at) => lookups.findIndex((other) => other.map === lookup.map) === at)
}
