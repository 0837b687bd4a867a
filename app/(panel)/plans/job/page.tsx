import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { JobApproval } from '@/components/bulk/job-approval'
import { JobPlace } from '@/components/bulk/job-place'
import { JobProgress } from '@/components/bulk/job-progress'
import { JobRows } from '@/components/bulk/job-rows'
import { JobCounts, JobEnd } from '@/components/bulk/job-summary'
import { PageHead } from '@/components/shell/page-head'
import { Button, buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Pages } from '@/components/ui/pages'
import { getText, getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { pageInUrl } from '@/lib/entries/list-page'
import { isRunning, jobOf, progressOf, rowsOf, viewOf } from '@/lib/plans/job'
import { type JobView, ROW_STATES } from '@/lib/plans/job-state'
import { approveJob, goOnWithJob, leaveJob, stopJob, undoJob } from '@/app/(panel)/plans/actions'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('bulk'))('jobTitle') }
}

const query = z.object({
  state: z.enum(ROW_STATES).nullable().catch(null),
  page: pageInUrl,
})

/** One LDAP round trip, for the person's authority: the job is in memory. */
export default async function JobPage({ searchParams }: PageProps<'/plans/job'>): Promise<ReactNode> {
  const [authority, t, text] = await Promise.all([requireStaff(), getTranslations('bulk'), getText()])
  const { state, page } = query.parse(await searchParams)
  const job = jobOf(authority)
  if (job === null) return <NoJob />
  const view = await viewOf(job)
  const { rows, total } = rowsOf(job, state, page)
  return (
    <div className="grid gap-x-7 lg:grid-cols-[minmax(0,1fr)_min(432px,38vw)] lg:grid-rows-[auto_1fr]">
      <div className="px-4 md:pl-7 lg:pr-0">
        <PageHead
          title={text(view.title)}
          about={view.kind === 'undo' ? t('undoJob', { phase: view.phase }) : undefined}
        />
      </div>
      <div className="order-last min-w-0 px-4 pb-10 md:pl-7 lg:col-start-1 lg:pr-0">
        <JobCounts counts={view.counts} />
        <JobRows rows={rows} counts={view.counts} state={state} />
        <Pages
          path="/plans/job"
          parameters={state === null ? {} : { state }}
          page={page}
          shown={rows.length}
          total={total}
        />
      </div>
      <aside
        aria-labelledby="job-title"
        className="border-b border-line bg-panel px-4 py-4 lg:sticky lg:top-0 lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:h-dvh lg:overflow-y-auto lg:border-b-0 lg:border-l lg:px-[18px]"
      >
        <h2 id="job-title" className="text-[15px] font-semibold tracking-tight">
          {t(`pane.${view.phase}`)}
        </h2>
        <JobPlace phase={view.phase}>
          {isRunning(job) ? (
            <JobProgress key={view.phase} initial={progressOf(job)} stop={stopJob} />
          ) : view.phase === 'checked' ? (
            <Checked view={view} />
          ) : (
            <JobEnd job={view} undo={undoJob} goOn={goOnWithJob} close={leaveJob} />
          )}
        </JobPlace>
      </aside>
    </div>
  )
}

async function Checked({ view }: { readonly view: JobView }): Promise<ReactNode> {
  const t = await getTranslations('bulk')
  const { counts, preview } = view
  return (
    <>
      {counts.problem + counts.exists > 0 && (
        <div className="pt-3">
          <Notice tone={counts.problem > 0 ? 'changed' : 'plain'} title={t('leftOut.title')}>
            {view.kind === 'undo' ? (
              <p>{t('leftOut.stays', { count: counts.problem })}</p>
            ) : (
              <p>{t('leftOut.about', { problem: counts.problem, exists: counts.exists })}</p>
            )}
          </Notice>
        </div>
      )}
      {preview === null ? (
        <p className="py-3 text-soft">{t('nothingToDo')}</p>
      ) : (
        <JobApproval
          key={preview.checksum}
          preview={preview}
          label={t(view.kind === 'undo' ? 'approval.takeBack' : 'approval.write', { count: counts.valid })}
          number={view.number}
          approve={approveJob}
        />
      )}
      <form action={leaveJob} className="flex gap-2">
        <Button type="submit">{t('drop')}</Button>
        <a href="/plans/job/report" download className={buttonClass('quiet')}>
          {t('end.report')}
        </a>
      </form>
    </>
  )
}

async function NoJob(): Promise<ReactNode> {
  const t = await getTranslations('bulk')
  return (
    <div className="px-4 pb-10 md:px-7">
      <PageHead title={t('jobTitle')} />
      <div className="py-10 text-center">
        <p className="font-medium">{t('noJob')}</p>
        <p className="mx-auto mt-1 mb-4 max-w-md text-soft">{t('noJobAbout')}</p>
        <p className="flex justify-center gap-2">
          <Link href="/mailboxes" className={buttonClass('plain')}>
            {t('toMailboxes')}
          </Link>
          <Link href="/import" className={buttonClass('plain')}>
            {t('toImport')}
          </Link>
        </p>
      </div>
    </div>
  )
}
