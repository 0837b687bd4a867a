import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { NewMailboxEditor } from '@/components/entries/new-mailbox-editor'
import { Unanswered } from '@/components/shell/unanswered'
import { TemplateLinks } from '@/components/templates/template-links'
import { Notice } from '@/components/ui/notice'
import { getTranslations } from '@/components/words/server'
import { lockedFields } from '@/app/(panel)/mailboxes/locked-fields'
import { requireStaff } from '@/lib/auth/current-authority'
import { domainOf } from '@/lib/entries/address'
import { EMPTY_FORM, type MailboxForm, nameOf, readMailbox } from '@/lib/entries/mailbox'
import { learnDefaults, type MailboxDefaults } from '@/lib/entries/mailbox-defaults'
import { formLike } from '@/lib/entries/new-mailbox-fields'
import { listDomains } from '@/lib/lists/domains'
import { readMailboxEntry } from '@/lib/lists/mailboxes'
import { defaultsWith, type MailboxTemplate } from '@/lib/templates/mailbox-template'
import { listTemplates } from '@/lib/templates/mailbox-templates'
import { askPreview, create, learn } from './actions'
import { defaultsFor, settable } from './defaults'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('mailboxes'))('new') }
}

type Authority = Awaited<ReturnType<typeof requireStaff>>
type Entry = Extract<Awaited<ReturnType<typeof readMailboxEntry>>, { status: 'found' }>['entry']

/**
 * LDAP round trips: one for the person's authority, one for the domains, the model and the templates, one or two
 * for the defaults.
 */
export default async function NewMailboxPage({
  searchParams,
}: PageProps<'/mailboxes/new'>): Promise<ReactNode> {
  const [authority, query, t] = await Promise.all([
    requireStaff(),
    searchParams,
    getTranslations('mailboxes'),
  ])
  const [listed, model, templates] = await Promise.all([
    listDomains(authority),
    readModel(authority, query['like']),
    listTemplates(authority),
  ])
  if (listed.status === 'failed') return <Failed failure={listed} />
  if (model?.status === 'failed') return <Failed failure={model} />
  if (templates.status === 'failed') return <Failed failure={templates} />
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
  const wantedTemplate = like === null ? query['template'] : undefined
  const template = templates.templates.find(({ name }) => name === wantedTemplate) ?? null
  const start = startOf(authority.role, defaults, entry, template)
  return (
    <NewMailboxEditor
      key={template?.name ?? ''}
      domains={domains.length > MOST_OFFERED ? [] : domains}
      domain={domain}
      defaults={start.defaults}
      form={start.form}
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
      {typeof wantedTemplate === 'string' && template === null && <TemplateGone name={wantedTemplate} />}
      {like === null && (
        <TemplateLinks
          names={templates.templates.map(({ name }) => name)}
          chosen={template?.name ?? null}
          domain={domain}
        />
      )}
    </NewMailboxEditor>
  )
}

/** What the form starts with: a model, a template, or what is usual in the domain. */
function startOf(
  role: Authority['role'],
  ofDomain: MailboxDefaults,
  model: Entry | null,
  template: MailboxTemplate | null,
): { readonly defaults: MailboxDefaults; readonly form: MailboxForm } {
  if (model !== null)
    return {
      defaults: settable(role, learnDefaults([model], ofDomain.parent)),
      form: settable(role, formLike(readMailbox(model).form)),
    }
  return template === null
    ? { defaults: ofDomain, form: EMPTY_FORM }
    : {
        defaults: settable(role, defaultsWith(template.defaults, ofDomain)),
        form: settable(role, template.form),
      }
}

async function TemplateGone({ name }: { readonly name: string }): Promise<ReactNode> {
  const t = await getTranslations('templates')
  return (
    <Notice tone="changed" title={t('goneTitle', { name })}>
      <p>{t('goneText')}</p>
    </Notice>
  )
}

/** Of more domains the name is typed: no page loads a whole directory into a browser. */
const MOST_OFFERED = 200

/** The mailbox that the new one is to be like; null if none is named. */
async function readModel(
  authority: Authority,
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
