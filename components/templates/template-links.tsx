import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'

interface TemplateLinksProps {
  readonly names: readonly string[]
  /** The one in use; null for none. */
  readonly chosen: string | null
  readonly domain: string
}

/** Above the form of a new mailbox: which template it starts from. */
export function TemplateLinks({ names, chosen, domain }: TemplateLinksProps): ReactNode {
  const t = useTranslations('templates')
  if (names.length === 0) return null
  const choices = [null, ...names]
  return (
    <nav aria-label={t('title')} className="mt-2 mb-4 flex flex-wrap items-center gap-1.5 text-[13px]">
      <span className="text-soft">{t('from')}</span>
      {choices.map((name) => (
        <Link
          key={name ?? ''}
          href={hrefOf(name, domain)}
          aria-current={name === chosen ? 'true' : undefined}
          className={`inline-flex min-h-7 items-center rounded-md border px-2.5 ${name === chosen ? 'border-accent font-medium text-accent' : 'border-line text-ink hover:bg-hover'}`}
        >
          {name === chosen && <span aria-hidden>✓&nbsp;</span>}
          {name ?? t('withoutTemplate')}
        </Link>
      ))}
      <Link href="/mailboxes/templates" className="px-1 text-accent underline">
        {t('all')}
      </Link>
    </nav>
  )
}

function hrefOf(name: string | null, domain: string): Route {
  const parameters = new URLSearchParams({ domain, ...(name !== null && { template: name }) })
  return `/mailboxes/new?${parameters.toString()}` as Route
}
