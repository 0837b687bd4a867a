import { TEMPLATE_ROWS } from '@/lib/exchange/csv-columns'
import { csvLine } from '@/lib/exchange/csv-text'

/** A table to be filled in: the names of columns, and two examples. Nothing of the directory. */
export function GET(): Response {
  return new Response(TEMPLATE_ROWS.map(csvLine).join(''), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="mailboxes.csv"',
    },
  })
}
