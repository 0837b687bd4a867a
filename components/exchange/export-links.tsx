import { Download, Upload } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'

interface ExportLinksProps {
  readonly list: 'mailboxes' | 'aliases' | 'domains'
  /** What narrows the list, as the URL says it. */
  readonly parameters?: Readonly<Record<string, string>>
}

/** Downloads of a whole list as it is narrowed now; for mailboxes also the way to the import. */
export function ExportLinks({ list, parameters = {} }: ExportLinksProps): ReactNode {
  const t = useTranslations('exchange.export')
  const to = (format: string): string =>
    `/export/${list}?${new URLSearchParams({ ...parameters, format }).toString()}`
  return (
    <p className="flex flex-wrap items-center gap-x-1 text-[13px] text-soft">
      <Download aria-hidden className="size-3.5" />
      {t('label')}
      {(['csv', 'ldif'] as const).map((format) => (
        <a
          key={format}
          href={to(format)}
          download
          className="inline-flex min-h-6 items-center px-1 text-accent hover:underline"
        >
          {t(format)}
        </a>
      ))}
      {list === 'mailboxes' && (
        <Link
          href="/import"
          className="ml-3 inline-flex min-h-6 items-center gap-1 text-accent hover:underline"
        >
          <Upload aria-hidden className="size-3.5" />
          {t('import')}
        </Link>
      )}
    </p>
  )
}
