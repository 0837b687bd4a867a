/**
 * commit-origin - where a commit came from, as the panel's own record has it (reqSession of slapo-accesslog(5)).
 *
 * `postbook` alone, or with the address of the browser, or `postbook-cli` with the host. The numbers of a server's
 * own sessions never look like that; such a session is another program's, and the answer is null. Pure.
 */

/** Where a commit came from; an authority's origin fits. */
export type CommitOrigin =
  | { readonly program: 'panel'; readonly address: string | null }
  | { readonly program: 'commandLine'; readonly host: string }

const PANEL = 'postbook'
const COMMAND_LINE = 'postbook-cli'

/** The session of commits from there. */
export function sessionOfOrigin(origin: CommitOrigin): string {
  if (origin.program === 'commandLine') return `${COMMAND_LINE} ${origin.host}`
  return origin.address === null ? PANEL : `${PANEL} ${origin.address}`
}

/** Where the commits of a session came from; null if they were not made with Postbook. */
export function originOfSession(session: string): CommitOrigin | null {
  const [program = '', place = ''] = session.split(' ')
  if (program === COMMAND_LINE) return { program: 'commandLine', host: place }
  return program === PANEL ? { program: 'panel', address: place === '' ? null : place } : null
}
