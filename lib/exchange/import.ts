/**
 * import - begins the dry run of a kept file as a job of the person who sent it.
 *
 * Nothing is written before the whole is approved; rights are judged by preview and commit, row by row. Without a
 * column of addresses there is no import.
 */
import 'server-only'
import type { Authority } from '@/lib/directory/authority'
import { openJob, runJob } from '@/lib/plans/job'
import { checkJob } from '@/lib/plans/job-check'
import { writtenRecorder } from '@/lib/plans/written-plan'
import type { Text } from '@/lib/words/text'
import type { ColumnMapping } from './csv-columns'
import { prepareCsv } from './csv-import'
import { dropFile, keptFile } from './import-file'
import { prepareLdif } from './ldif-import'

/** Begins to check the file. A text says why it does not begin. */
export function beginImport(authority: Authority, mapping: ColumnMapping): Text | null {
  const file = keptFile(authority)
  if (file === null) return { key: 'exchange.noFile' }
  if (file.format === 'csv' && !mapping.includes('mail')) return { key: 'exchange.noMail' }
  const title = { key: 'exchange.title', values: { name: file.name } } as const
  const job = openJob(authority, {
    kind: 'import',
    title,
    phase: 'reading',
    onWritten: writtenRecorder(authority, title),
  })
  if (typeof job === 'string' || 'key' in job) return job
  dropFile(authority)
  runJob(job, () =>
    checkJob(job, (report) =>
      file.format === 'csv'
        ? prepareCsv(authority, file.rows, mapping, report)
        : prepareLdif(authority, file.records, report),
    ),
  )
  return null
}
