import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { LocalTime } from '@/components/history/local-time'
import type { AliasRequest, RequestState } from '@/lib/requests/request'

const MARKS: Readonly<Record<RequestState, { readonly symbol: string; readonly ink: string }>> = {
  waiting: { symbol: '…', ink: 'text-changed' },
  granted: { symbol: '✓', ink: 'text-added' },
  refused: { symbol: '×', ink: 'text-lost' },
}

/** Waiting, granted or refused; with who decided, when, and the reason of a no. */
export function RequestMark({ request }: { readonly request: AliasRequest }): ReactNode {
  const t = useTranslations('requests')
  const { state, decision } = request
  const { symbol, ink } = MARKS[state]
  return (
    <div className="text-[13px]">
      <p className={`font-medium ${ink}`}>
        <span aria-hidden>{symbol}</span> {t(`states.${state}`)}
      </p>
      {decision !== null && (
        <p className="wrap-anywhere text-soft">
          {t(state === 'granted' ? 'grantedBy' : 'refusedBy', { name: decision.by })}{' '}
          <LocalTime iso={decision.at} />
        </p>
      )}
      {decision !== null && decision.reason !== '' && (
        <p className="wrap-anywhere">{t('reasonGiven', { reason: decision.reason })}</p>
      )}
    </div>
  )
}
