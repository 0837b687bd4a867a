import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import type { SettingsInUse } from '@/lib/setup/settings-in-use'
import { StatusLine } from './status-line'

const GROUPS = ['directory', 'panel', 'owners'] as const

/** The settings as they are understood, with their defaults; of secrets only whether they are set. */
export function SettingTables({ settings }: Pick<SettingsInUse, 'settings'>): ReactNode {
  const t = useTranslations('setup.settings')
  const openId = settings.some(({ name, isSet }) => name === 'OIDC_ISSUER' && isSet) ? 'yes' : 'off'
  return GROUPS.map((group) => (
    <section key={group} aria-label={t(group)} className="min-w-0">
      <h2 className="caption mb-2">{t(group)}</h2>
      {group === 'panel' && <StatusLine state={openId}>{t(`openId.${openId}`)}</StatusLine>}
      <table className="w-full table-fixed border-y border-line text-left">
        <thead className="sr-only sm:not-sr-only">
          <tr>
            <th scope="col" className="caption py-1 pr-3 sm:w-80">
              {t('name')}
            </th>
            <th scope="col" className="caption py-1 pr-3">
              {t('value')}
            </th>
            <th scope="col" className="caption py-1 sm:w-48">
              {t('usual')}
            </th>
          </tr>
        </thead>
        <tbody>
          {settings
            .filter((setting) => setting.group === group)
            .map((setting) => (
              <Row key={setting.name} setting={setting} />
            ))}
        </tbody>
      </table>
    </section>
  ))
}

function Row({ setting }: { readonly setting: SettingsInUse['settings'][number] }): ReactNode {
  const t = useTranslations('setup.settings')
  const { name, value, isSet, isSecret, usual } = setting
  const shown = isSecret || value === null ? '' : value
  return (
    <tr className="grid gap-x-3 border-t border-line py-1 align-top sm:table-row sm:py-0">
      <th scope="row" className="address py-0.5 pr-3 text-left font-normal wrap-anywhere">
        {name}
      </th>
      <td className="py-0.5 pr-3 wrap-anywhere">
        {shown === '' ? (
          <span className="text-soft">{t(isSet ? 'set' : 'notSet')}</span>
        ) : (
          <code className={`address ${isSet ? '' : 'text-soft'}`}>{shown}</code>
        )}
      </td>
      <td className="py-0.5 text-[13px] text-soft wrap-anywhere">
        <span aria-hidden className="sm:hidden">
          {t('usual')}:{' '}
        </span>
        {usual === null || usual === ''
          ? t(usual === null && !isOptional(setting) ? 'needed' : 'nothing')
          : usual}
      </td>
    </tr>
  )
}

/** OIDC_CLIENT_SECRET is needed with OIDC_ISSUER alone. */
function isOptional({ name }: { readonly name: string }): boolean {
  return name.startsWith('OIDC_')
}
