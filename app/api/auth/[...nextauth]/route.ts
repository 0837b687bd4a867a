import type { NextRequest } from 'next/server'
import { handlers } from '@/lib/auth/session'

/**
 * Where a provider of OpenID Connect sends people back to. Everything else that next-auth would serve here (the
 * session as JSON, its own forms) nobody needs: forms call server actions.
 */
export function GET(request: NextRequest): Promise<Response> | Response {
  const isCallback = request.nextUrl.pathname.endsWith('/api/auth/callback/oidc')
  return isCallback ? handlers.GET(request) : new Response(null, { status: 404 })
}
