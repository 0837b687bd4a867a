/**
 * domain-choices - what the box for a domain asks the panel, and what it is answered. Plain data.
 */
export type DomainSuggestions =
  | {
      readonly status: 'found'
      readonly names: readonly string[]
      /** How many others there are. */
      readonly more: number
    }
  | { readonly status: 'failed' | 'signedOut' }

/** Server action: a few domains whose names contain this text, which may be empty. */
export type SuggestDomains = (text: string) => Promise<DomainSuggestions>
