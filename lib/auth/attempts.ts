/**
 * attempts - limits wrong passwords per account and per client address, so that guessing takes longer than
 * anyone has.
 *
 * Ten wrong passwords for one name, or a hundred from one address, within five minutes: the next ones are refused
 * without being tried. Names that do not exist are counted like those that do. A right password is not counted.
 * Kept in memory, for each process of the panel, on globalThis: Next.js loads modules once for actions and
 * once for route handlers.
 */
import 'server-only'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

export const ATTEMPTS_PER_NAME = 10
export const ATTEMPTS_PER_ADDRESS = 100
const SECONDS = 300

interface Limiters {
  readonly names: RateLimiterMemory
  readonly addresses: RateLimiterMemory
}

const shared = globalThis as typeof globalThis & { postbookSignInAttempts?: Limiters }

function limiters(): Limiters {
  return (shared.postbookSignInAttempts ??= {
    names: new RateLimiterMemory({ points: ATTEMPTS_PER_NAME, duration: SECONDS }),
    addresses: new RateLimiterMemory({ points: ATTEMPTS_PER_ADDRESS, duration: SECONDS }),
  })
}

/** Counts one attempt; false when there were too many. `address` is null when it is not known. */
export async function mayAttempt(name: string, address: string | null): Promise<boolean> {
  const { names, addresses } = limiters()
  if (address !== null && !(await consume(addresses, address))) return false
  return consume(names, name.toLowerCase())
}

/** Takes back what a right password has been counted, and forgets the wrong ones for the name. */
export async function forgetAttempts(name: string, address: string | null): Promise<void> {
  const { names, addresses } = limiters()
  await names.delete(name.toLowerCase())
  if (address !== null) await addresses.reward(address, 1)
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<boolean> {
  try {
    await limiter.consume(key)
    return true
  } catch (reason) {
    if (reason instanceof RateLimiterRes) return false
    throw reason
  }
}
