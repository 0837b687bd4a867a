import { currentAuthority } from '@/lib/auth/current-authority'
import { scanProgress } from '@/lib/health/scan'

/** How far the look at the directory is; asked for twice a second, which server actions would queue behind each other. */
export async function GET(): Promise<Response> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return new Response(null, { status: who.status === 'signedOut' ? 401 : 503 })
  if (who.authority.role !== 'postmaster') return new Response(null, { status: 404 })
  return Response.json(scanProgress(), { headers: { 'cache-control': 'no-store' } })
}
