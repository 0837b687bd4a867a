/**
 * preview-report - a preview as JSON for programs and as text for people.
 *
 * The JSON has the checksum, the rehearsal, each lookup and each address before and after, and the findings.
 * The text has the same, changed lookups first. Neither ever has a password. Never fails.
 */
import type { TraceSummary } from '@/lib/changes/preview-result'
import { inEnglish } from '@/lib/words/english'
import type { LookupAnswer, LookupChange, Preview } from '@/lib/changes/preview-result'

/** One JSON object, with a line end. */
export function previewJson({ checksum, rehearsal, lookups, addresses, findings }: Preview): string {
  const answer = ({ status, value }: LookupAnswer): object => ({ status, value })
  const report = {
    checksum,
    rehearsal: {
      status: rehearsal.status,
      code: rehearsal.resultCode,
      message: inEnglish(rehearsal.message),
    },
    lookups: lookups.map(({ parameter, map, key, before, after }) => ({
      table: parameter,
      map,
      key,
      before: answer(before),
      after: answer(after),
    })),
    addresses,
    findings: findings.map(({ code, severity, message, addresses: concerned }) => ({
      code,
      severity,
      message: inEnglish(message),
      addresses: concerned,
    })),
  }
  return `${JSON.stringify(report)}\n`
}

const SIGN = { added: '+', lost: '-', changed: '~', same: '=' } as const

/** The LDIF, the lookups, where mail goes, the findings, the rehearsal and the checksum. */
export function previewText(preview: Preview): string {
  const { ldif, lookups, addresses, findings, rehearsal, checksum } = preview
  const changed = lookups.filter(({ difference }) => difference !== 'same')
  const same = lookups.filter(({ difference }) => difference === 'same')
  return [
    ldif.trimEnd(),
    '',
    'Lookups:',
    ...section([...changed, ...same].map(lookupLine)),
    '',
    'Where mail goes:',
    ...section(addresses.map(({ address, before, after }) => addressLine(address, before, after))),
    '',
    'Findings:',
    ...section(
      findings.map(({ code, severity, message }) => `${severity.padEnd(7)} ${code}: ${inEnglish(message)}`),
    ),
    '',
    `Rehearsal: ${rehearsal.status}. ${inEnglish(rehearsal.message)}`,
    `Checksum: ${checksum}`,
    '',
  ].join('\n')
}

function section(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ['  none'] : lines.map((line) => `  ${line}`)
}

function lookupLine({ difference, parameter, key, before, after }: LookupChange): string {
  const change = difference === 'same' ? answerText(before) : `${answerText(before)} → ${answerText(after)}`
  return `${SIGN[difference]} ${parameter} ${key}: ${change}`
}

/** A lookup's answer in words; an error is never "nothing". */
export function answerText({ status, value, problem }: LookupAnswer): string {
  switch (status) {
    case 'found':
      return value ?? ''
    case 'notFound':
      return 'nothing'
    case 'temporaryError':
    case 'configurationError':
      return `error (${problem ?? 'the lookup failed'})`
  }
}

function addressLine(address: string, before: TraceSummary, after: TraceSummary): string {
  const [now, then] = [verdict(before), verdict(after)]
  return now === then ? `= ${address}: ${now}` : `~ ${address}: ${now} → ${then}`
}

function verdict(summary: TraceSummary): string {
  if (summary.problem !== null) return `cannot be told (${summary.problem})`
  if (!summary.accepted) return `rejected (${summary.reply ?? 'refused'})`
  const named = (word: string, list: readonly string[]): readonly string[] =>
    list.length === 0 ? [] : [`${word} ${list.join(', ')}`]
  const undelivered = (word: string, list: TraceSummary['bounces']): readonly string[] =>
    named(
      word,
      list.map((one) => `${one.address} (${one.reason})`),
    )
  const parts = [
    ...named('delivered to', summary.deliveries),
    ...named('forwarded to', summary.forwards),
    ...named('local', summary.locals),
    ...undelivered('bounced', summary.bounces),
    ...undelivered('deferred', summary.deferrals),
  ]
  return parts.length === 0 ? 'discarded' : parts.join('; ')
}
