import { Eye } from 'lucide-react'
import type { ReactNode } from 'react'
import { getTranslations } from '@/components/words/server'
import { viewedPerson } from '@/lib/auth/current-authority'
import { leaveView } from './view-as'

/** While a postmaster sees the panel as an owner would: whose it is, and the way back. */
export async function ViewBanner(): Promise<ReactNode> {
  const [person, t] = await Promise.all([viewedPerson(), getTranslations('viewAs')])
  if (person === null) return null
  return (
    <form
      action={leaveView}
      aria-label={t('title')}
      className="sticky top-0 z-20 flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-changed-ground px-4 py-2 text-[13px] text-changed md:px-7"
    >
      <Eye aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1 wrap-anywhere">
        <strong className="font-semibold">{t('asPerson', { name: person.name })}</strong>{' '}
        {t('nothingChanges')}
      </p>
      <button type="submit" className="min-h-8 rounded-lg border border-current px-3 font-medium">
        {t('leave')}
      </button>
    </form>
  )
}
