/**
 * claim - whoever says yes claims the request first, so that no other yes, no or withdrawal comes in between.
 *
 * The claim is a time in the document, written with an assertion on its entryCSN: of two who claim in one moment
 * one is refused. It is given back when nothing came of the yes, and runs out after two minutes, so that a panel
 * that died over it keeps nobody from deciding.
 */
import type { RequestFacts } from './request'

const CLAIM_MILLISECONDS = 120_000

/** Whether somebody's yes is being carried out now. */
export function isClaimed(facts: RequestFacts | null): boolean {
  if (facts === null || facts.claimedAt === null) return false
  return Date.now() - Date.parse(facts.claimedAt) < CLAIM_MILLISECONDS
}

/** The facts with a claim of now. */
export function claimed(facts: RequestFacts): RequestFacts {
  return { ...facts, claimedAt: new Date().toISOString() }
}
