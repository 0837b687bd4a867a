/** Why nothing was saved although the preview was approved, by what the commit answered. */
export const LOOK_AGAIN = {
  outdated: 'Not saved: the answers changed since you looked. Read them again, then save.',
  notConfirmed: 'Not saved: a finding still needs your yes.',
  blocked: 'Not saved: something blocks this change.',
} as const
