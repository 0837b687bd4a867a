/** Why nothing was saved although the preview was approved, by what the commit answered. */
export const LOOK_AGAIN = {
  outdated: { key: 'preview.lookAgain.outdated' },
  notConfirmed: { key: 'preview.lookAgain.notConfirmed' },
  blocked: { key: 'preview.lookAgain.blocked' },
} as const
