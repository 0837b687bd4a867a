/**
 * palette-state - what the command palette asks the panel, and what it is answered. Plain data.
 */
export interface PaletteMailbox {
  readonly id: string
  readonly name: string
  readonly mail: string
}

export type PaletteAnswer =
  | {
      readonly status: 'found'
      readonly mailboxes: readonly PaletteMailbox[]
      readonly domains: readonly string[]
      readonly aliases: readonly string[]
    }
  | { readonly status: 'failed' | 'signedOut' }

/** Server action: what contains this text, as far as the person may see it. */
export type PaletteSearch = (text: string) => Promise<PaletteAnswer>

/** Server action: keeps the theme or the language of the form. */
export type ChoosePreference = (form: FormData) => Promise<void>
