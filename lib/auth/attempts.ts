/**
 * attempts - limits wrong passwords per account, so that guessing takes longer than anyone has.
 *
 * Ten wrong passwords for one name lock that name out for five minutes in this panel. Kept on globalThis:
 * Next.js loads modules once for actions and once for route handlers.
 */
import 'server-only'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

const POINTS = 10
const SECONDS = 300

const shared = globalThis as typeof globalThis & { postbookSignInAttempts?: RateLimiterMemory }
const limiter = (shared.postbookSignInAttempts ??= new RateLimiterMemory({
  points: POINTS,
  duration: SECONDS,
}))

/** Counts one attempt for a name; false when there were too many. */
export async function mayAttempt(name: string): Promise<boolean> {
  try {
    await limiter.consume(name.toLowerCase())
    return true
  } catch (reason) {
    if (reason instanceof RateLimiterRes) return false
    throw reason
  }
}

/** Forgets the attempts for a name after a right password. */
export async function forgetAttempts(name: string): Promise<void> {
  await limiter.delete(name.toLowerCase())
}
