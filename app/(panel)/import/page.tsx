import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { FileForm } from '@/components/exchange/file-form'
import { LdifForm } from '@/components/exchange/ldif-form'
import { MappingForm } from '@/components/exchange/mapping-form'
import { PageHead } from '@/components/shell/page-head'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { type ImportFile, keptFile } from '@/lib/exchange/import-file'
import { jobOf } from '@/lib/plans/job'
import { chooseAnother, startImport } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('exchange'))('pageTitle') }
}

const SAMPLES = 3

/** One LDAP round trip, for the person's authority: the file is in memory. */
export default async function ImportPage(): Promise<ReactNode> {
  const [authority, t] = await Promise.all([requireStaff(), getTranslations('exchange')])
  const file = keptFile(authority)
  const job = jobOf(authority)
  return (
    <div className="px-4 pb-10 md:px-7">
      <PageHead title={t('pageTitle')} about={file?.name} />
      {job !== null && (
        <div className="mb-4 max-w-xl">
          <Notice tone="plain" title={t('jobThere')}>
            <Link href="/plans/job" className="text-accent underline">
              {t('toJob')}
            </Link>
          </Notice>
        </div>
      )}
      {file === null ? <Choose /> : <Columns file={file} />}
    </div>
  )
}

async function Choose(): Promise<ReactNode> {
  const t = await getTranslations('exchange')
  return (
    <>
      <p className="mb-4 max-w-2xl text-soft">
        {t.rich('about', {
          template: (words) => (
            <a href="/import/template" download className="text-accent underline">
              {words}
            </a>
          ),
        })}
      </p>
      <FileForm />
    </>
  )
}

async function Columns({ file }: { readonly file: ImportFile }): Promise<ReactNode> {
  const t = await getTranslations('exchange')
  return (
    <>
      <div className="mb-4 flex max-w-3xl flex-wrap items-center justify-between gap-3">
        <p className="text-soft">
          {file.format === 'csv'
            ? t('readCsv', { count: file.rows.length })
            : t('readLdif', { count: file.records.length })}
        </p>
        <form action={chooseAnother}>
          <Button type="submit">{t('another')}</Button>
        </form>
      </div>
      {file.format === 'csv' ? (
        <>
          <p className="mb-3 max-w-2xl text-soft">{t('mapping.about')}</p>
          <MappingForm
            columns={file.columns}
            samples={file.columns.map((_, at) =>
              file.rows.slice(0, SAMPLES).map(({ values }) => values[at] ?? ''),
            )}
            suggested={file.suggested}
            begin={startImport}
          />
        </>
      ) : (
        <LdifForm begin={startImport.bind(null, [])} />
      )}
    </>
  )
}
