/**
 * instrumentation - what the panel does when it starts: says on the console each setting that keeps it from working,
 * and begins to look after aliases that come to their last day.
 *
 * The panel stays up, so that the sign-in page can say the same to whoever opens it.
 */
export async function register(): Promise<void> {
  // Next.js compiles this file for the Edge runtime too, which has no sockets; we have no route there.
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  const { reportReadiness } = await import('@/lib/site/startup')
  await reportReadiness()
  const { startSweeping } = await import('@/lib/account/expiry-sweep')
  const { authorityOfOwner, panelAuthority } = await import('@/lib/auth/sweep-authority')
  startSweeping({ owner: authorityOfOwner, panel: panelAuthority })
}
