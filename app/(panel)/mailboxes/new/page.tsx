import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { NewMailboxEditor } from '@/components/entries/new-mailbox-editor'
import { Unanswered } from '@/components/shell/unanswered'
import { Notice } from '@/components/ui/notice'
import { getTranslations } from '@/components/words/server'
import { lockedFields } from '@/app/(panel)/mailboxes/locked-fields'
import { requireStaff } from '@/lib/auth/current-authority'
import { domainOf } from '@/lib/entries/address'
import { EMPTY_FORM, nameOf, readMailbox } from '@/lib/entries/mailbox'
import { learnDefaults } from '@/lib/entries/mailbox-defaults'
import { formLike } from '@/lib/entries/new-mailbox-fields'
import { listDomains } from '@/lib/lists/domains'
import { readMailboxEntry } from '@/lib/lists/mailboxes'
import { askPreview, create, learn } from './actions'
import { defaultsFor, settable } from './defaults'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('mailboxes'))('new') }
}

/** LDAP round trips: one for the person's authority, one for the domains and the model, one or two for the defaults. */
export default async function NewMailboxPage({
  searchParams,
}: PageProps<'/mailboxes/new'>): Promise<ReactNode> {
  const [authority, query, t] = await Promise.all([
    requireStaff(),
    searchParams,
    getTranslations('mailboxes'),
  ])
  const [listed, model] = await Promise.all([listDomains(authority), readModel(authority, query['like'])])
  if (listed.status === 'failed') return <Failed failure={listed} />
  if (model?.status === 'failed') return <Failed failure={model} />
  const domains = listed.domains.map(({ name }) => name)
  const entry = model?.status === 'found' ? model.entry : null
  const like = entry === null ? null : readMailbox(entry)
  const wanted = like === null ? query['domain'] : domainOf(like.mail)
  const domain = domains.find((name) => name === wanted) ?? domains[0]
  if (domain === undefined)
    return (
      <div className="p-7">
        <Notice tone="plain" title={t('noDomain')}>
          <p>{t('noDomainHint')}</p>
        </Notice>
      </div>
    )
  const learned = await defaultsFor(authority, domain)
  if (learned.status === 'failed') return <Failed failure={learned} />
  const { defaults } = learned
  const own = entry === null ? defaults : settable(authority.role, learnDefaults([entry], defaults.parent))
  return (
    <NewMailboxEditor
      domains={domains.length > MOST_OFFERED ? [] : domains}
      domain={domain}
      defaults={own}
      form={like === null ? EMPTY_FORM : settable(authority.role, formLike(like.form))}
      locked={lockedFields(authority.role)}
      actions={{ preview: askPreview, save: create, learn }}
    >
      <p className="pt-5 text-[13px] text-soft">
        <Link href="/mailboxes" className="hover:underline">
          {t('title')}
        </Link>
      </p>
      <h1 className="mt-1">{t('new')}</h1>
      {like !== null && <p className="text-soft">{t('like', { name: nameOf(like) })}</p>}
    </NewMailboxEditor>
  )
}

/** Of more domains the name is typed: no page loads a whole directory into a browser. */
const MOST_OFFERED = 200

/** The mailbox that the new one is to be like; null if none is named. */
async function readModel(
  authority: Awaited<ReturnType<typeof requireStaff>>,
  like: string | string[] | undefined,
): Promise<Awaited<ReturnType<typeof readMailboxEntry>> | null> {
  const id = z.uuid().safeParse(like)
  return id.success ? readMailboxEntry(authority, id.data) : null
}

function Failed({
  failure,
}: {
  readonly failure: { readonly stage: string; readonly resultCode: number; readonly diagnostic: string }
}): ReactNode {
  return (
    <div className="p-7">
      <Unanswered failure={failure} />
    </div>
  )
}
