import { getText, getTranslations } from '@/components/words/server'
import { currentAuthority } from '@/lib/auth/current-authority'
import { csvLine } from '@/lib/exchange/csv-text'
import { jobOf } from '@/lib/plans/job'

/** What became of each row of the person's job, as a file. */
export async function GET(): Promise<Response> {
  const who = await currentAuthority()
  const job = who.status === 'signedIn' ? jobOf(who.authority) : null
  if (job === null) return new Response(null, { status: who.status === 'signedIn' ? 404 : 401 })
  const [t, text] = await Promise.all([getTranslations('bulk.rows'), getText()])
  const head = csvLine([t('column.number'), t('column.name'), t('column.state'), t('column.notes')])
  const rows = job.items.map(({ number, name, state, notes }) =>
    csvLine([String(number), name, t(`state.${state}`), notes.map(text).join(' ')]),
  )
  return new Response(`\ufeff${head}${rows.join('')}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="report.csv"',
      'cache-control': 'no-store',
    },
  })
}
