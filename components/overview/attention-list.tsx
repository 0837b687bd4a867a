import Link from 'next/link'
import type { Route } from 'next'
import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import type { AttentionCode, AttentionItem, Example } from '@/lib/overview/attention'
import type { FindingCode } from '@/lib/survey/mailbox-finding'
import type { Text } from '@/lib/words/text'

interface AttentionListProps {
  readonly items: readonly AttentionItem[]
  /** Changes that were cut off. */
  readonly unfinished: number
  /** What is wrong with the settings, by setting. */
  readonly settings: readonly { readonly setting: string; readonly sentence: Text }[]
}

/** What a postmaster should look at, each with examples that lead to where it is put right. */
export function AttentionList({ items, unfinished, settings }: AttentionListProps): ReactNode {
  const words = useTranslations('overview')
  const text = useText()
  if (items.length + unfinished + settings.length === 0)
    return (
      <div className="rounded-[9px] bg-added-ground px-3 py-2.5 text-[13px] text-added">
        <p className="font-semibold">
          <span aria-hidden>✓ </span>
          {words('allWell')}
        </p>
        <p>{words('allWellAbout')}</p>
      </div>
    )
  return (
    <ul className="divide-y divide-line border-y border-line">
      {settings.map(({ setting, sentence }) => (
        <Item key={`${setting} ${text(sentence)}`} symbol="×" look="text-lost" text={text(sentence)}>
          <code className="address text-soft">{setting}</code>
        </Item>
      ))}
      {unfinished > 0 && (
        <Item symbol="!" look="text-changed" text={words('unfinished', { count: unfinished })}>
          <Link href="/history" className="text-accent hover:underline">
            {words('show')}
          </Link>
        </Item>
      )}
      {items.map((item) => (
        <Item key={item.code} symbol="!" look="text-changed" text={words(item.code, { count: item.count })}>
          <Examples item={item} />
        </Item>
      ))}
    </ul>
  )
}

function Examples({ item }: { readonly item: AttentionItem }): ReactNode {
  const words = useTranslations('overview')
  const { code, count, examples } = item
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-0.5">
      {examples.map((example) => (
        <li key={`${example.address} ${example.mailbox ?? ''}`} className="min-w-0">
          <Link
            href={hrefOf(code, example)}
            prefetch={false}
            className="address inline-block min-h-6 text-accent hover:underline"
          >
            {example.address}
          </Link>
        </li>
      ))}
      {count > examples.length && (
        <li className="text-[13px] text-soft">{words('examples', { count: count - examples.length })}</li>
      )}
      {code !== 'noPostmaster' && (
        <li className="text-[13px]">
          <Link
            href={listOf(code)}
            prefetch={false}
            className="inline-block min-h-6 text-accent hover:underline"
          >
            {words('list', { count })}
          </Link>
        </li>
      )}
    </ul>
  )
}

/** All of the same. */
function listOf(finding: FindingCode): Route {
  return `/mailboxes?${new URLSearchParams({ kind: 'withFinding', finding }).toString()}` as Route
}

/** Where the example is put right. */
function hrefOf(code: AttentionCode, { address, mailbox }: Example): Route {
  if (code === 'noPostmaster')
    return `/aliases/new?address=${encodeURIComponent(`postmaster@${address}`)}` as Route
  return (
    mailbox === null ? `/aliases/edit?address=${encodeURIComponent(address)}` : `/mailboxes/${mailbox}`
  ) as Route
}

interface ItemProps {
  readonly symbol: string
  readonly look: string
  readonly text: string
  readonly children: ReactNode
}

function Item({ symbol, look, text, children }: ItemProps): ReactNode {
  return (
    <li className="grid grid-cols-[1.25rem_minmax(0,1fr)] py-2">
      <span aria-hidden className={`font-semibold ${look}`}>
        {symbol}
      </span>
      <div className="min-w-0">
        <p>{text}</p>
        {children}
      </div>
    </li>
  )
}
