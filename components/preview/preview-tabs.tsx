'use client'

import { Tabs } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import type { ShownPreview } from '@/lib/changes/shown-preview'
import { AddressList } from './address-list'
import { FindingList } from './finding-list'
import { LookupList } from './lookup-list'

interface PreviewTabsProps {
  readonly preview: ShownPreview
  /** Whether a newer preview is on its way. */
  readonly busy: boolean
  readonly confirmed: ReadonlySet<string>
  readonly onConfirm: (code: string, yes: boolean) => void
}

/** A preview: lookups, where mail goes and LDIF, and below them what should be known about the change. */
export function PreviewTabs({ preview, busy, confirmed, onConfirm }: PreviewTabsProps): ReactNode {
  const t = useTranslations('preview.tabs')
  const { leftOut } = preview
  const drawn = preview.lookups.filter(({ difference }) => difference !== 'same').length
  const count = drawn + leftOut.lookups.changed
  return (
    <div aria-busy={busy}>
      <Tabs.Root defaultValue="lookups">
        <Tabs.List className="mt-2 flex gap-4 border-b border-line" aria-label={t('label')}>
          <Tab value="lookups">
            {t('lookups')} {count > 0 && count}
          </Tab>
          <Tab value="addresses">{t('addresses')}</Tab>
          <Tab value="ldif">{t('ldif')}</Tab>
        </Tabs.List>
        <Tabs.Content value="lookups">
          <LookupList lookups={preview.lookups} leftOut={leftOut.lookups} />
        </Tabs.Content>
        <Tabs.Content value="addresses">
          <AddressList addresses={preview.addresses} leftOut={leftOut.addresses} />
        </Tabs.Content>
        <Tabs.Content value="ldif">
          <pre className="address my-3 overflow-x-auto rounded-lg bg-hover p-3 whitespace-pre-wrap">
            {preview.ldif}
          </pre>
          {leftOut.ldif !== undefined && leftOut.ldif > 0 && (
            <p className="pb-3 text-[13px] text-soft">{t('moreRecords', { count: leftOut.ldif })}</p>
          )}
        </Tabs.Content>
      </Tabs.Root>
      <FindingList findings={preview.findings} confirmed={confirmed} onConfirm={onConfirm} />
    </div>
  )
}

function Tab({ value, children }: { readonly value: string; readonly children: ReactNode }): ReactNode {
  return (
    <Tabs.Trigger
      value={value}
      className="-mb-px min-h-8 border-b-2 border-transparent py-1 text-soft data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
    >
      {children}
    </Tabs.Trigger>
  )
}
