/**
 * instrumentation - what the panel says on the console when it starts: each setting that keeps it from working.
 *
 * The panel stays up, so that the sign-in page can say the same to whoever opens it.
 */
export async function register(): Promise<void> {
  // Next.js compiles this file for the Edge runtime too, which has no sockets; we have no route there.
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  const { reportReadiness } = await import('@/lib/site/startup')
  await reportReadiness()
}
