import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import type { ServerAbilities } from '@/lib/setup/server-abilities'
import { StatusLine } from './status-line'

/** What the server can do; of what it cannot, how the panel gets along without it, and what to do to have it. */
export function AbilityList({ abilities }: Pick<ServerAbilities, 'abilities'>): ReactNode {
  const t = useTranslations('setup')
  return (
    <ul className="divide-y divide-line border-y border-line">
      {abilities.map(({ name, state }) => (
        <li key={name} className="py-1.5">
          <StatusLine state={state}>
            <span className="font-medium">{t(`ability.${name}.name`)}</span>{' '}
            {state !== 'unknown' && (
              <span className="text-soft">
                {t(`ability.${name}.${state === 'yes' ? 'with' : 'without'}`)}
              </span>
            )}
            {(state === 'no' || state === 'off') && (
              <span className="block text-[13px] text-soft">{t(`ability.${name}.get`)}</span>
            )}
          </StatusLine>
        </li>
      ))}
    </ul>
  )
}
