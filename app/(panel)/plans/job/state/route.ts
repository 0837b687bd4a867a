import { currentAuthority } from '@/lib/auth/current-authority'
import { jobOf, progressOf } from '@/lib/plans/job'

/** How far the person's job is; asked for twice a second, which server actions would queue behind each other. */
export async function GET(): Promise<Response> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return new Response(null, { status: who.status === 'signedOut' ? 401 : 503 })
  const job = jobOf(who.authority)
  return Response.json(job === null ? null : progressOf(job), { headers: { 'cache-control': 'no-store' } })
}
