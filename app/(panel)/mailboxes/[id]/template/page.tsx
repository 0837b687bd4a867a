import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { MailboxHead } from '@/components/entries/mailbox-head'
import { Unanswered } from '@/components/shell/unanswered'
import { SaveTemplateForm } from '@/components/templates/save-template-form'
import { TemplateValues } from '@/components/templates/template-values'
import { Notice } from '@/components/ui/notice'
import { getTranslations } from '@/components/words/server'
import { openMailbox } from '@/app/(panel)/mailboxes/[id]/open-mailbox'
import { saveAsTemplate } from '@/app/(panel)/mailboxes/templates/actions'
import { nameOf } from '@/lib/entries/mailbox'
import { learnDefaults } from '@/lib/entries/mailbox-defaults'
import { formLike } from '@/lib/entries/new-mailbox-fields'
import { templateValues } from '@/lib/templates/mailbox-template'
import { hasTemplates } from '@/lib/templates/mailbox-templates'

/** LDAP round trips: one for the person's authority, one for the entry. */
export default async function SaveTemplatePage({
  params,
}: PageProps<'/mailboxes/[id]/template'>): Promise<ReactNode> {
  const [opened, t] = await Promise.all([openMailbox(params), getTranslations('templates')])
  if (opened.status === 'failed')
    return (
      <div className="p-7">
        <Unanswered failure={opened} />
      </div>
    )
  const { mailbox, entry, authority } = opened
  if (authority.role !== 'postmaster') notFound()
  const values = templateValues({ form: formLike(mailbox.form), defaults: learnDefaults([entry], '') })
  return (
    <div className="max-w-3xl px-4 pb-10 md:px-7">
      <MailboxHead mailbox={{ ...mailbox, name: nameOf(mailbox) }} task={t('save')} />
      <p className="mb-4">{t('saveAbout')}</p>
      {hasTemplates() ? (
        <SaveTemplateForm mailbox={mailbox.id} save={saveAsTemplate} />
      ) : (
        <Notice tone="changed" title={t('off')}>
          <p>{t('noStore')}</p>
        </Notice>
      )}
      <h2 className="caption mt-6 mb-2">{t('takes')}</h2>
      {values.length === 0 ? (
        <p className="text-soft">{t('takesNothing')}</p>
      ) : (
        <TemplateValues values={values} />
      )}
    </div>
  )
}
