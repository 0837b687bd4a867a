import { currentAuthority } from '@/lib/auth/current-authority'
import { keepFile, LARGEST_FILE } from '@/lib/exchange/import-file'

/** Takes a file of up to 16 MB, which is more than a server action takes; from pages of this panel alone. */
export async function POST(request: Request): Promise<Response> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return new Response(null, { status: who.status === 'signedOut' ? 401 : 503 })
  if (who.authority.role === 'owner' || !isFromHere(request)) return new Response(null, { status: 403 })
  const octets = await readLimited(request, LARGEST_FILE)
  if (octets === null) return new Response(null, { status: 413 })
  const name = (new URL(request.url).searchParams.get('name') ?? '').slice(0, 200)
  const refusal = keepFile(who.authority, name, new TextDecoder().decode(octets))
  return Response.json({ refusal }, { headers: { 'cache-control': 'no-store' } })
}

/** Browsers say where a request comes from (Fetch Metadata); old ones send an Origin. */
function isFromHere(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = request.headers.get('origin')
  return origin !== null && URL.canParse(origin) && new URL(origin).host === request.headers.get('host')
}

async function readLimited(request: Request, most: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    parts.push(part.value)
    size += part.value.byteLength
    if (size > most) {
      await reader?.cancel()
      return null
    }
  }
  return Buffer.concat(parts)
}
