/**
 * startup - prints what keeps the panel from working, one sentence a line, never a stack trace.
 */
import 'server-only'
import { inEnglish } from '@/lib/words/english'
import { checkSite } from './readiness'

/** Checks settings, directory and Postfix configuration once, and says on standard error what is wrong. */
export async function reportReadiness(): Promise<void> {
  const problems = await checkSite()
  for (const { sentence } of problems) process.stderr.write(`Postbook is not ready: ${inEnglish(sentence)}\n`)
}
