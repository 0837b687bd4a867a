/**
 * trace-text - a trace as lines for a person: the verdict, where each copy goes as a small tree, the steps.
 *
 * Control characters, which values of a directory may hold, are shown as `\xNN`, so that they cannot act on a
 * terminal. Never fails.
 */
import 'server-only'
import type { LookupStep } from '@/lib/postfix/lookup-result'
import type { Trace, TraceLookup, TraceStep } from '@/lib/postfix/trace'
import { type TraceAddress, type TraceEnd, type TraceOutcome, traceTree } from '@/lib/postfix/trace-tree'

/** The text, every line ended. */
export function traceText(trace: Trace): string {
  const steps = trace.steps.flatMap((step, index) => {
    const [first = '', ...more] = stepLines(step)
    return [`${String(index + 1).padStart(4)}. ${first}`, ...more.map((line) => `        ${line}`)]
  })
  const lines = [verdictOf(trace), ...(trace.accepted ? treeLines(traceTree(trace), '  ') : [])]
  return [...lines, ...steps].map((line) => `${printable(line)}\n`).join('')
}

function verdictOf(trace: Trace): string {
  if (trace.problem !== null) return `${trace.address}: cannot be told here: ${trace.problem}`
  if (trace.stage === 'RCPT') return `${trace.address}: refused: ${trace.reply ?? ''}`
  if (trace.stage === 'DATA')
    return `${trace.address}: refused after the message was sent: ${trace.reply ?? ''}`
  const counts = [
    [trace.deliveries, 'delivered'],
    [trace.forwards, 'forwarded'],
    [trace.locals, 'delivered on this host'],
    [trace.bounces, 'bounced'],
    [trace.deferrals, 'kept in the queue'],
  ] as const
  const parts = counts.filter(([list]) => list.length > 0).map(([list, word]) => `${list.length} ${word}`)
  return `${trace.address}: accepted: ${parts.length === 0 ? 'thrown away' : parts.join(', ')}`
}

/** An address, and below it what it expands to; at the end of each branch what becomes of that copy. */
function treeLines(node: TraceAddress, indent: string): readonly string[] {
  const ends = node.children.flatMap((child) => (child.type === 'outcome' ? [outcomeText(child)] : []))
  const expansion = node.expandedBy === null ? '' : ` (${node.expandedBy})`
  const below = node.children.flatMap((child) => {
    return child.type === 'address' ? treeLines(child, `${indent.replace('→', ' ')}  → `) : []
  })
  return [`${indent}${node.address}${expansion}${ends.join('')}`, ...below]
}

function outcomeText({ end, detail }: TraceOutcome): string {
  const words = END_WORDS[end]
  const isRoute = end === 'delivered' || end === 'forwarded' || end === 'local'
  if (detail === '') return `: ${words}`
  return isRoute ? `: ${words} by ${detail}` : `: ${words}: ${detail}`
}

const END_WORDS: Record<TraceEnd, string> = {
  delivered: 'delivered',
  forwarded: 'forwarded',
  local: 'delivered on this host',
  bounced: 'bounced',
  deferred: 'kept in the queue',
  discarded: 'thrown away',
  rejected: 'refused',
  unknown: 'cannot be told',
}

function stepLines(step: TraceStep): readonly string[] {
  switch (step.type) {
    case 'lookup':
      return [`${step.phase}: ${lookupLine(step)}`, ...step.searches.map(searchLine)]
    case 'rewritten':
      return [`${step.phase}: ${step.from} is written ${step.to}`]
    case 'classified':
      return [
        `${step.phase}: ${step.address} is ${CLASSES[step.domainClass]}, by ${step.transport}:${step.nexthop}`,
      ]
    case 'expanded': {
      const extension = step.extension === null ? '' : `, with ${step.extension}`
      return [`${step.phase}: ${step.address} becomes ${step.addresses.join(', ')}${extension}`]
    }
    case 'stopped':
      return [`${step.phase}: ${step.address}: ${step.reason}`]
  }
}

const CLASSES = {
  local: 'local',
  virtualAlias: 'in a virtual alias domain',
  virtualMailbox: 'in a virtual mailbox domain',
  relay: 'in a relay domain',
  other: 'in no domain of this site',
} as const

function lookupLine({ parameter, table, key, status, value, skipped, problem }: TraceLookup): string {
  const asked = `${parameter}: ${table}: "${key}"`
  switch (status) {
    case 'found':
      return `${asked} → ${value ?? ''}`
    case 'notFound':
      return `${asked} → not found${skipped === null ? '' : ` (${skipped.replace(/\.$/, '')})`}`
    case 'temporaryError':
    case 'configurationError':
      return `${asked} → error: ${problem ?? 'the lookup failed'}`
  }
}

function searchLine({ base, scope, filter, entries }: LookupStep): string {
  const count = entries === null ? 'failed' : entries.length === 1 ? '1 entry' : `${entries.length} entries`
  return `${scope} ${base} ${filter}: ${count}`
}

function printable(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    const control = code < 0x20 || (code >= 0x7f && code < 0xa0)
    return control ? `\\x${code.toString(16).padStart(2, '0')}` : character
  }).join('')
}
