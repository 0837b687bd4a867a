import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { LocalTime } from '@/components/history/local-time'
import type { AliasRequest } from '@/lib/requests/request'
import type { Text } from '@/lib/words/text'
import { RequestMark } from './request-mark'
import { WithdrawButton } from './withdraw-button'

interface OwnRequestListProps {
  readonly requests: readonly AliasRequest[]
  readonly withdraw: (id: string) => Promise<Text | null>
}

/** An owner's requests with what became of each. */
export function OwnRequestList({ requests, withdraw }: OwnRequestListProps): ReactNode {
  const t = useTranslations('requests')
  if (requests.length === 0) return <p className="text-soft">{t('ownEmpty')}</p>
  return (
    <ul aria-label={t('ownListLabel')} className="divide-y divide-line border-y border-line">
      {requests.map((request) => (
        <li key={request.id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3">
          <div className="min-w-0">
            <p className="address font-medium wrap-anywhere">{request.address}</p>
            <p className="text-[13px] text-soft">
              {t('waitingSince')} <LocalTime iso={request.askedAt} />
            </p>
            <RequestMark request={request} />
          </div>
          {request.state === 'waiting' && (
            <WithdrawButton id={request.id} address={request.address} withdraw={withdraw} />
          )}
        </li>
      ))}
    </ul>
  )
}
