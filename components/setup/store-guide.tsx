import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import type { StoreHelp } from '@/lib/setup/store-help'
import { CopiedText } from './copied-text'

interface StoreGuideProps {
  readonly help: StoreHelp
  /** The entry is there, and the right to write is missing. */
  readonly hasEntry: boolean
  /** LDAP_STORE_BASE names the base. */
  readonly isSet: boolean
}

/** What to do to have the store: the entry, the right, and the setting, ready to be copied. */
export function StoreGuide({ help, hasEntry, isSet }: StoreGuideProps): ReactNode {
  const t = useTranslations('setup.store')
  const { base, ldif, slapdConf, olcAccess } = help
  return (
    <div className="grid gap-4 pt-2">
      {!hasEntry && <CopiedText title={t('ldif')} about={t('ldifAbout')} text={ldif} />}
      <CopiedText title={t('slapdConf')} about={t('slapdConfAbout')} text={slapdConf} />
      <CopiedText title={t('olcAccess')} about={t('olcAccessAbout')} text={olcAccess} />
      {!isSet && (
        <CopiedText title={t('setting')} about={t('settingAbout')} text={`LDAP_STORE_BASE=${base}`} />
      )}
    </div>
  )
}
