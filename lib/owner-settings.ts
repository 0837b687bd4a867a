/**
 * owner-settings - the settings of what mailbox owners may do with their own addresses: names, defaults, shapes.
 *
 * Part of environment.ts, which alone reads the variables; others import the types. Nothing here is secret: the
 * account page tells each owner what holds for them. A wrong setting is one sentence that names it.
 */
import * as z from 'zod'

/** What owners may do with their own addresses. */
export interface OwnerPolicy {
  /** Whether they may add, pause and remove aliases at all. */
  readonly aliases: boolean
  /** Lower-case domains for new aliases; `own` is the domain of the person's mailbox. */
  readonly domains: readonly string[]
  /** Aliases of one mailbox at most, with those that are switched off. */
  readonly limit: number
  /** Lower-case localparts that only administrators give, beside those of RFC 2142. */
  readonly reserved: readonly string[]
  /** Regular expression that the whole localpart of a new alias has to match; empty for any. */
  readonly pattern: string
  /** Domains in which a new alias waits for an administrator's yes; `all` is every domain. */
  readonly requests: readonly string[]
  /** Forwarding not at all, to addresses of hosted domains, or anywhere. */
  readonly forwarding: 'no' | 'internal' | 'anywhere'
}

const text = z.string().trim().default('')
const list = text.transform((words) =>
  words
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== ''),
)

function domains(word: string) {
  return list.refine(
    (names) => names.every((name) => name === word || /^[a-z0-9.-]+\.[a-z0-9-]+$/.test(name)),
    {
      error: `must hold domains, or the word ${word}`,
    },
  )
}

function isExpression(pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').source !== ''
  } catch {
    // A pattern with a fault in it is what is asked here, and the setting's sentence says so.
    return false
  }
}

/** What the variables have to be. */
export const ownerVariables = z.object({
  OWNER_ALIASES: z
    .enum(['yes', 'no', ''], { error: 'must be yes or no' })
    .default('yes')
    .transform((word) => word !== 'no'),
  OWNER_ALIAS_DOMAINS: domains('own').transform((names) => (names.length === 0 ? ['own'] : names)),
  OWNER_ALIAS_LIMIT: text
    .transform((number) => (number === '' ? '20' : number))
    .refine((number) => /^[0-9]{1,4}$/.test(number), { error: 'must be a number from 0 to 9999' })
    .transform(Number),
  OWNER_ALIAS_RESERVED: list,
  OWNER_ALIAS_PATTERN: text.refine(isExpression, { error: 'must be a regular expression' }),
  OWNER_ALIAS_REQUESTS: domains('all'),
  OWNER_FORWARDING: z
    .enum(['no', 'internal', 'anywhere', ''], { error: 'must be no, internal or anywhere' })
    .default('internal')
    .transform((word) => (word === '' ? 'internal' : word)),
})

/** The policy from variables that are as they have to be. */
export function ownerPolicyOf(variables: z.output<typeof ownerVariables>): OwnerPolicy {
  return {
    aliases: variables.OWNER_ALIASES,
    domains: variables.OWNER_ALIAS_DOMAINS,
    limit: variables.OWNER_ALIAS_LIMIT,
    reserved: variables.OWNER_ALIAS_RESERVED,
    pattern: variables.OWNER_ALIAS_PATTERN,
    requests: variables.OWNER_ALIAS_REQUESTS,
    forwarding: variables.OWNER_FORWARDING,
  }
}
