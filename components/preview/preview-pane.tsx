'use client'

import { ChevronDown, ChevronUp } from 'lucide-react'
import dynamic from 'next/dynamic'
import { type ReactNode, useState } from 'react'
import { useText, useTranslations } from '#words'
import { Notice } from '@/components/ui/notice'
import type { ShownPreview } from '@/lib/changes/shown-preview'
import type { Text } from '@/lib/words/text'
import type { Editing } from './editing'
import { PaneFooter } from './pane-footer'
import { Proof } from './proof'
import { useSheetRoom } from './sheet-room'

/** Loaded when there is a preview to show: a form that was just opened has none. */
const PreviewTabs = dynamic(() => import('./preview-tabs').then((loaded) => loaded.PreviewTabs), {
  ssr: false,
})

interface PreviewPaneProps {
  readonly editing: Editing
  /** What to say while nothing is changed. */
  readonly idle: string
  /** Drops what was typed. */
  readonly onDiscard: () => void
}

/**
 * What Postfix will answer: beside the form on wide screens, a sheet at the bottom of narrow ones.
 */
export function PreviewPane({ editing, idle, onDiscard }: PreviewPaneProps): ReactNode {
  const t = useTranslations('preview')
  const text = useText()
  const { outcome } = editing
  const sheet = useSheetRoom<HTMLElement>()
  const [toggled, setToggled] = useState({ of: outcome, open: false })
  // What came of a save shows itself, until it is put away.
  const open = toggled.of === outcome ? toggled.open : outcome !== null
  const setOpen = (next: boolean): void => {
    setToggled({ of: outcome, open: next })
  }
  const preview = editing.preview?.status === 'previewed' ? editing.preview.preview : null
  return (
    <aside
      ref={sheet}
      aria-labelledby="pane-title"
      className="fixed inset-x-0 bottom-0 z-20 flex max-h-[72dvh] flex-col rounded-t-2xl border-t border-edge bg-panel px-4 pt-3 shadow-[0_-8px_30px_#0002] lg:sticky lg:inset-auto lg:top-0 lg:h-dvh lg:max-h-none lg:rounded-none lg:border-t-0 lg:border-l lg:border-line lg:px-[18px] lg:pt-4 lg:shadow-none"
    >
      <div className="flex items-center justify-between gap-2">
        <h2 id="pane-title" className="text-[15px] font-semibold tracking-tight">
          {t('title')}
        </h2>
        <button
          type="button"
          aria-expanded={open}
          aria-controls="pane-body"
          className="flex min-h-8 items-center gap-1 text-[13px] text-soft lg:hidden"
          onClick={() => {
            setOpen(!open)
          }}
        >
          {text(toggleText(editing, preview, open))}
          {open ? (
            <ChevronDown aria-hidden className="size-4" />
          ) : (
            <ChevronUp aria-hidden className="size-4" />
          )}
        </button>
      </div>
      <div id="pane-body" className={`min-h-0 flex-1 overflow-y-auto lg:block ${open ? 'block' : 'hidden'}`}>
        <PaneBody editing={editing} idle={idle} preview={preview} />
      </div>
      <PaneFooter
        editing={editing}
        onDiscard={onDiscard}
        onShowFindings={
          open
            ? null
            : () => {
                setOpen(true)
              }
        }
      />
    </aside>
  )
}

/** What the closed sheet of a narrow screen holds. */
function toggleText(editing: Editing, preview: ShownPreview | null, open: boolean): Text {
  if (open) return { key: 'preview.hide' }
  if (editing.outcome?.status === 'saved' && !editing.changed)
    return { key: editing.outcome.brokenCount > 0 ? 'preview.savedOtherwise' : 'preview.savedAsPreviewed' }
  const drawn = preview?.lookups.filter(({ difference }) => difference !== 'same').length ?? 0
  const count = drawn + (preview?.leftOut.lookups.changed ?? 0)
  return count === 0 ? { key: 'preview.show' } : { key: 'preview.changes', values: { count } }
}

interface PaneBodyProps extends Omit<PreviewPaneProps, 'onDiscard'> {
  readonly preview: ShownPreview | null
}

function PaneBody({ editing, idle, preview }: PaneBodyProps): ReactNode {
  const t = useTranslations('preview')
  const text = useText()
  if (editing.outcome?.status === 'saved' && !editing.changed) return <Proof outcome={editing.outcome} />
  if (!editing.changed) return <p className="py-3 text-soft">{idle}</p>
  if (editing.preview?.status === 'refused')
    return (
      <div className="py-3">
        <Notice tone="lost" role="alert" title={t('none')}>
          <p>{text(editing.preview.message)}</p>
        </Notice>
      </div>
    )
  if (preview === null) return <p className="py-3 text-soft">{t('asking')}</p>
  return (
    <PreviewTabs
      preview={preview}
      busy={editing.previewing}
      confirmed={editing.confirmed}
      onConfirm={editing.setConfirmed}
    />
  )
}
