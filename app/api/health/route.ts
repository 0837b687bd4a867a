import { connection } from 'next/server'
import { checkSite } from '@/lib/site/readiness'

/** For load balancers and the demo: 200 when the panel can work, else 503; no details for strangers. */
export async function GET(): Promise<Response> {
  await connection()
  const problems = await checkSite()
  return Response.json({ ready: problems.length === 0 }, { status: problems.length === 0 ? 200 : 503 })
}
