/**
 * trace-recorder - asks tables on behalf of one resolution and writes down each question.
 *
 * Postfix asks the same key again and again: in the SMTP server, in cleanup, and in every turn of an alias
 * loop. Each question is recorded, but a table is only asked once per key, so a resolution sees one state of
 * the directory. Never fails; errors are lookup results.
 */
import { foldCase } from './case-folding'
import type { LookupFlags, LookupTable } from './lookup-table'
import type { LookupResult } from './lookup-result'
import type { TracePhase, TraceStep } from './trace'

/** The recorder of one phase. */
export interface PhaseRecorder {
  readonly phase: TracePhase
  ask(parameter: string, table: LookupTable, key: string, flags: LookupFlags): Promise<LookupResult>
  record(step: TraceStep): void
}

export interface TraceRecorder {
  /** In the order of the questions. */
  readonly steps: readonly TraceStep[]
  phase(phase: TracePhase): PhaseRecorder
}

/** A recorder for one resolution. */
export function traceRecorder(): TraceRecorder {
  const steps: TraceStep[] = []
  const answers = new Map<LookupTable, Map<string, Promise<LookupResult>>>()
  const answerOf = (table: LookupTable, key: string, flags: LookupFlags): Promise<LookupResult> => {
    const known = answers.get(table) ?? new Map<string, Promise<LookupResult>>()
    answers.set(table, known)
    const name = `${flags.fold ? 'folded' : 'as it is'} ${key}`
    const answer = known.get(name) ?? table.lookup(key, flags)
    known.set(name, answer)
    return answer
  }
  return {
    steps,
    phase: (phase) => ({
      phase,
      record: (step) => {
        steps.push(step)
      },
      async ask(parameter, table, key, flags) {
        const sent = flags.fold ? foldCase(key, flags.utf8) : key
        const answer = await answerOf(table, sent, flags)
        steps.push({
          type: 'lookup',
          phase,
          parameter,
          table: table.name,
          key: sent,
          status: answer.status,
          value: answer.status === 'found' ? answer.value : null,
          searches: answer.steps,
          skipped: answer.skipped,
          problem: problemOf(answer, table),
        })
        return answer
      },
    }),
  }
}

function problemOf(answer: LookupResult, table: LookupTable): string | null {
  if (answer.status === 'found' || answer.status === 'notFound') return null
  return answer.diagnostics.at(-1)?.text ?? table.problem ?? 'the lookup failed'
}
