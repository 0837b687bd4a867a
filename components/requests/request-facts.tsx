import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { LocalTime } from '@/components/history/local-time'
import { FieldRow } from '@/components/ui/field'
import type { AliasRequest } from '@/lib/requests/request'
import { RequestMark } from './request-mark'

/** Who asks for what, since when and why, and what was decided. */
export function RequestFacts({ request }: { readonly request: AliasRequest }): ReactNode {
  const t = useTranslations('requests')
  const { address, owner, mailboxId, askedAt, why } = request
  return (
    <>
      <FieldRow label={t('alias')}>
        <p className="address wrap-anywhere sm:pt-2">{address}</p>
      </FieldRow>
      <FieldRow label={t('owner')}>
        <p className="sm:pt-2">
          <Link href={`/mailboxes/${mailboxId}` as Route} className="text-accent hover:underline">
            {owner.name}
          </Link>
        </p>
        <p className="address wrap-anywhere text-soft">{owner.mail}</p>
      </FieldRow>
      <FieldRow label={t('asked')}>
        <p className="sm:pt-2">
          <LocalTime iso={askedAt} />
        </p>
      </FieldRow>
      <FieldRow label={t('why')}>
        <p className={`wrap-anywhere sm:pt-2 ${why === '' ? 'text-soft' : ''}`}>
          {why === '' ? t('noWhy') : why}
        </p>
      </FieldRow>
      <FieldRow label={t('state')}>
        <div className="sm:pt-2">
          <RequestMark request={request} />
        </div>
      </FieldRow>
    </>
  )
}
