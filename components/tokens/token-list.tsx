import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import { LocalTime } from '@/components/history/local-time'
import type { OwnToken } from '@/lib/tokens/own-token'
import type { Text } from '@/lib/words/text'
import { RevokeButton } from './revoke-button'

interface TokenListProps {
  readonly tokens: readonly OwnToken[]
  readonly revoke: (id: string) => Promise<Text | null>
}

/** A person's tokens by name, with their last use. */
export function TokenList({ tokens, revoke }: TokenListProps): ReactNode {
  const t = useTranslations('tokens')
  return (
    <section>
      <h2 className="caption mb-2">{t('listLabel')}</h2>
      {tokens.length === 0 ? (
        <p className="text-soft">{t('empty')}</p>
      ) : (
        <ul aria-label={t('listLabel')} className="divide-y divide-line border-y border-line">
          {tokens.map(({ id, name, madeAt, usedAt }) => (
            <li key={id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3">
              <div className="min-w-0">
                <p className="font-medium wrap-anywhere">{name}</p>
                <p className="text-[13px] text-soft">
                  {t('made')} <LocalTime iso={madeAt} /> · {usedAt === null ? t('neverUsed') : t('used')}{' '}
                  {usedAt !== null && <LocalTime iso={usedAt} />}
                </p>
              </div>
              <RevokeButton id={id} name={name} revoke={revoke} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
