import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { PageHead } from '@/components/shell/page-head'
import { Unanswered } from '@/components/shell/unanswered'
import { TemplateList } from '@/components/templates/template-list'
import { Notice } from '@/components/ui/notice'
import { getTranslations } from '@/components/words/server'
import { requireStaff } from '@/lib/auth/current-authority'
import { hasTemplates, listTemplates } from '@/lib/templates/mailbox-templates'
import { removeTemplate, restoreTemplate } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('templates'))('title') }
}

/** LDAP round trips: one for the person's authority, one for the store. */
export default async function TemplatesPage(): Promise<ReactNode> {
  const [authority, t] = await Promise.all([requireStaff(), getTranslations('templates')])
  const listed = await listTemplates(authority)
  return (
    <div className="max-w-4xl px-4 pb-10 md:px-7">
      <PageHead title={t('title')} />
      <p className="mb-4 max-w-2xl text-soft">{t('about')}</p>
      {!hasTemplates() ? (
        <Notice tone="changed" title={t('off')}>
          <p>{t('noStore')}</p>
        </Notice>
      ) : listed.status === 'failed' ? (
        <Unanswered failure={listed} />
      ) : (
        <TemplateList
          templates={listed.templates}
          {...(authority.role === 'postmaster' && { remove: removeTemplate, restore: restoreTemplate })}
        />
      )}
    </div>
  )
}
