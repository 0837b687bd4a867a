import { z } from 'zod'
import { aliasQuery } from '@/app/(panel)/aliases/query'
import { mailboxQuery } from '@/app/(panel)/mailboxes/query'
import { currentAuthority } from '@/lib/auth/current-authority'
import { type ExportedList, exportList } from '@/lib/exchange/export'

const format = z.enum(['csv', 'ldif']).catch('csv')
const searched = z.string().trim().max(200).catch('')
const TYPES = { csv: 'text/csv; charset=utf-8', ldif: 'text/plain; charset=utf-8' } as const

/** A whole list as a file, streamed: what a page of it shows is narrowed by the same parameters. */
export async function GET(
  request: Request,
  { params }: { readonly params: Promise<{ readonly list: string }> },
): Promise<Response> {
  const who = await currentAuthority()
  if (who.status !== 'signedIn') return new Response(null, { status: who.status === 'signedOut' ? 401 : 503 })
  if (who.authority.role === 'owner') return new Response(null, { status: 403 })
  const parameters = Object.fromEntries(new URL(request.url).searchParams)
  const wanted = listOf((await params).list, parameters)
  if (wanted === null) return new Response(null, { status: 404 })
  const kind = format.parse(parameters['format'])
  return new Response(exportList(who.authority, wanted, kind), {
    headers: {
      'content-type': TYPES[kind],
      'content-disposition': `attachment; filename="${wanted.list}.${kind}"`,
      'cache-control': 'no-store',
    },
  })
}

function listOf(list: string, parameters: Readonly<Record<string, string>>): ExportedList | null {
  switch (list) {
    case 'domains':
      return { list, text: searched.parse(parameters['q']) }
    case 'mailboxes':
      return { list, query: mailboxQuery.parse(parameters) }
    case 'aliases':
      return { list, query: aliasQuery.parse(parameters) }
    default:
      return null
  }
}
