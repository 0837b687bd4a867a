/**
 * own-token - a person's token as the person may see it: never the token itself. Plain data, for the browser.
 */
import type { Text } from '@/lib/words/text'

/** Longest name of a token. */
export const LONGEST_NAME = 64

export interface OwnToken {
  /** Names the token among the person's own; nobody can come in with it. */
  readonly id: string
  /** As the person calls it. */
  readonly name: string
  /** RFC 3339. */
  readonly madeAt: string
  /** RFC 3339; null before the first use. */
  readonly usedAt: string | null
}

export type MadeToken =
  /** The only time that the text of the token is told. */
  { readonly status: 'made'; readonly text: string } | { readonly status: 'refused'; readonly message: Text }
