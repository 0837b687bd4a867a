/**
 * form-state - what an open form shows beside its fields: problems and findings of its newest answer.
 */
import type { Editing } from '@/components/preview/editing'
import type { Finding } from '@/lib/changes/preview-result'
import type { Problem } from '@/lib/entries/problem'

/** Problems to be shown beside fields: of the last save if it was refused, else of the newest preview. */
export function problemsOfEditing({ outcome, preview }: Editing): readonly Problem[] {
  if (outcome?.status === 'invalid') return outcome.problems
  if (outcome?.status === 'refused' && outcome.field !== null)
    return [{ field: outcome.field, index: null, message: outcome.message }]
  return preview?.status === 'previewed' ? preview.problems : []
}

/** Findings of the newest preview. */
export function findingsOfEditing({ preview }: Editing): readonly Finding[] {
  return preview?.status === 'previewed' ? preview.preview.findings : []
}
