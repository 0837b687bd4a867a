/**
 * findings - everything a person should know about a change before making it.
 *
 * Each family of findings is a file of its own; here they come together, the grave ones first.
 */
import { accessFindings } from './access-findings'
import { addressFindings } from './address-findings'
import { deliveryFindings } from './delivery-findings'
import type { FindingFacts } from './finding-facts'
import { predictionFindings } from './prediction-findings'
import type { Finding } from '@/lib/changes/preview-result'

const ORDER: readonly Finding['severity'][] = ['blocks', 'confirm', 'notice']

/** The findings of a change, ordered by severity. */
export function findingsOf(facts: FindingFacts): readonly Finding[] {
  const findings = [
    ...deliveryFindings(facts),
    ...addressFindings(facts),
    ...accessFindings(facts),
    ...predictionFindings(facts),
  ]
  return ORDER.flatMap((severity) => findings.filter((finding) => finding.severity === severity))
}
