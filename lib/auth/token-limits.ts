/**
 * token-limits - limits wrong tokens, and how many aliases one person may have made by tokens.
 *
 * Ten wrong tokens for one person, or a hundred from one address, within five minutes: the next ones are refused
 * without being looked up, right ones too. Ten aliases in a minute and sixty in an hour, as a password manager in
 * the hands of a person needs them and a program that has gone wild does not. In memory, for each process, on
 * globalThis as in attempts.ts.
 */
import 'server-only'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

const WRONG_SECONDS = 300

interface Limiters {
  readonly wrongForPerson: RateLimiterMemory
  readonly wrongFromAddress: RateLimiterMemory
  readonly aliases: readonly RateLimiterMemory[]
}

const shared = globalThis as typeof globalThis & { postbookTokenLimits?: Limiters }

function limiters(): Limiters {
  return (shared.postbookTokenLimits ??= {
    wrongForPerson: new RateLimiterMemory({ points: 10, duration: WRONG_SECONDS }),
    wrongFromAddress: new RateLimiterMemory({ points: 100, duration: WRONG_SECONDS }),
    aliases: [
      new RateLimiterMemory({ points: 10, duration: 60 }),
      new RateLimiterMemory({ points: 60, duration: 3600 }),
    ],
  })
}

/** Whether a token of this person may be looked up. `address` is null when it is not known. */
export async function mayTryToken(entryUuid: string, address: string | null): Promise<boolean> {
  const { wrongForPerson, wrongFromAddress } = limiters()
  const [person, place] = await Promise.all([
    wrongForPerson.get(entryUuid),
    address === null ? null : wrongFromAddress.get(address),
  ])
  return (person?.remainingPoints ?? 1) > 0 && (place?.remainingPoints ?? 1) > 0
}

/** Counts a token that is not one. */
export async function countWrongToken(entryUuid: string, address: string | null): Promise<void> {
  const { wrongForPerson, wrongFromAddress } = limiters()
  await Promise.all([
    wrongForPerson.penalty(entryUuid),
    address === null ? null : wrongFromAddress.penalty(address),
  ])
}

/** Counts one alias that the person with this DN wants; false when there were too many. */
export async function mayMakeAlias(dn: string): Promise<boolean> {
  for (const limiter of limiters().aliases) {
    try {
      await limiter.consume(dn.toLowerCase())
    } catch (reason) {
      if (reason instanceof RateLimiterRes) return false
      throw reason
    }
  }
  return true
}
