import Link from 'next/link'
import type { ReactNode } from 'react'
import { LocalTime } from '@/components/history/local-time'
import { AbilityList } from '@/components/setup/ability-list'
import { StoreGuide } from '@/components/setup/store-guide'
import { StatusLine } from '@/components/setup/status-line'
import { TableList } from '@/components/setup/table-list'
import { Unanswered } from '@/components/shell/unanswered'
import { Notice } from '@/components/ui/notice'
import { getFormatter, getText, getTranslations } from '@/components/words/server'
import type { requireStaff } from '@/lib/auth/current-authority'
import { unfinishedCommits } from '@/lib/changes/recovery/recovery'
import { connections } from '@/lib/setup/settings-in-use'
import { serverAbilities } from '@/lib/setup/server-abilities'
import { stateFolder } from '@/lib/setup/state-folder'
import { storeState } from '@/lib/setup/store-state'
import { tableExamples } from '@/lib/setup/table-examples'
import { checkSite } from '@/lib/site/readiness'

interface PartProps {
  readonly authority: Awaited<ReturnType<typeof requireStaff>>
}

/** What keeps the panel from working, each with the setting that mends it. */
export async function Problems(): Promise<ReactNode> {
  const [problems, t, text] = await Promise.all([checkSite(), getTranslations('setup'), getText()])
  if (problems.length === 0) return <StatusLine state="yes">{t('ready')}</StatusLine>
  return (
    <Notice tone="lost" title={t('problems', { count: problems.length })}>
      <ul>
        {problems.map(({ setting, sentence }) => (
          <li key={`${setting} ${text(sentence)}`}>{text(sentence)}</li>
        ))}
      </ul>
    </Notice>
  )
}

/** The directory server: how it is reached, what it is, and what it can do. */
export async function Server({ authority }: PartProps): Promise<ReactNode> {
  const [known, t] = await Promise.all([serverAbilities(authority), getTranslations('setup')])
  if (known.status === 'failed') return <Unanswered failure={known} />
  return (
    <>
      {connections().map(({ uri, security }) => (
        <StatusLine key={uri} state={security === 'clear' ? 'no' : 'yes'}>
          <code className="address">{uri}</code> {t(`security.${security}`)}
        </StatusLine>
      ))}
      <p className="pb-2 text-soft">
        {known.vendor === '' ? t('server.unnamed') : t('server.vendor', { vendor: known.vendor })}
      </p>
      <AbilityList abilities={known.abilities} />
    </>
  )
}

/** The panel's own place in the directory, or what to do to have one. */
export async function Store({ authority }: PartProps): Promise<ReactNode> {
  const [{ base, state, said, help }, t] = await Promise.all([
    storeState(authority),
    getTranslations('setup'),
  ])
  return (
    <>
      <StatusLine state={state === 'works' ? 'yes' : state === 'unknown' ? 'unknown' : 'no'}>
        {t(`store.${state}`)} <code className="address">{base}</code>
        {said !== '' && <span className="text-soft"> {said}</span>}
      </StatusLine>
      {state !== 'works' && <p className="pb-1 text-soft">{t('store.without')}</p>}
      {help !== null && <StoreGuide help={help} hasEntry={state === 'readOnly'} isSet={state !== 'notSet'} />}
    </>
  )
}

/** The folder of the journal, and what was cut off. */
export async function Journal({ authority }: PartProps): Promise<ReactNode> {
  const [folder, unfinished, t, text, format] = await Promise.all([
    stateFolder(),
    unfinishedCommits(authority),
    getTranslations('setup'),
    getText(),
    getFormatter(),
  ])
  const { path, state, said, files, octets, written } = folder
  const waiting = unfinished.status === 'listed' ? unfinished.commits.filter(({ running }) => !running) : []
  return (
    <>
      <StatusLine state={state === 'works' ? 'yes' : state === 'missing' ? 'off' : 'no'}>
        {t(`journal.${state}`)} <code className="address">{path}</code>
        {said !== '' && <span className="text-soft"> {said}</span>}
      </StatusLine>
      {written !== null && (
        <p className="text-soft">
          {t.rich('journal.holds', {
            files,
            size: format.number(Math.ceil(octets / 1024)),
            time: () => <LocalTime iso={new Date(written).toISOString()} />,
          })}
        </p>
      )}
      {unfinished.status === 'unavailable' ? (
        <StatusLine state="unknown">{text(unfinished.message)}</StatusLine>
      ) : (
        <StatusLine state={waiting.length === 0 ? 'yes' : 'no'}>
          {t('journal.unfinished', { count: waiting.length })}{' '}
          {waiting.length > 0 && (
            <Link href="/history" className="text-accent hover:underline">
              {t('journal.show')}
            </Link>
          )}
        </StatusLine>
      )}
    </>
  )
}

/** The tables that are asked, each with a command to ask it by hand. */
export async function Tables({ authority }: PartProps): Promise<ReactNode> {
  const [examples, t] = await Promise.all([tableExamples(authority), getTranslations('setup')])
  if (examples.status === 'broken')
    return (
      <Notice tone="lost" title={t('tables.broken')}>
        <p className="wrap-anywhere">{examples.message}</p>
      </Notice>
    )
  const { folder, tables } = examples
  return (
    <>
      <StatusLine state={folder === '' ? 'off' : 'yes'}>
        {folder === ''
          ? t('tables.own')
          : t.rich('tables.of', { folder: () => <code className="address">{folder}</code> })}
      </StatusLine>
      <TableList tables={tables} />
      <p className="pt-1 text-[13px]">
        <Link href="/health" className="text-accent hover:underline">
          {t('tables.health')}
        </Link>
      </p>
    </>
  )
}
