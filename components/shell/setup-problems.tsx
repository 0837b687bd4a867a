import type { ReactNode } from 'react'
import { useText, useTranslations } from '#words'
import type { Text } from '@/lib/words/text'

interface SetupProblemsProps {
  readonly problems: readonly { readonly setting: string; readonly sentence: Text }[]
}

/** Instead of the sign-in page when the panel cannot work: each problem with the setting that mends it. */
export function SetupProblems({ problems }: SetupProblemsProps): ReactNode {
  const words = useTranslations('shell')
  const text = useText()
  return (
    <main className="mx-auto max-w-2xl px-4 py-16">
      <p className="mb-8 text-[15px] font-semibold tracking-tight">Postbook</p>
      <h1>{words('notReady')}</h1>
      <p className="mt-1 mb-6 text-soft">{words('notReadyAbout', { count: problems.length })}</p>
      <ul className="divide-y divide-line border-y border-line">
        {problems.map(({ setting, sentence }) => (
          <li
            key={`${setting} ${text(sentence)}`}
            className="grid gap-1 py-3 sm:grid-cols-[15rem_minmax(0,1fr)]"
          >
            <code className="address">{setting}</code>
            <p>{text(sentence)}</p>
          </li>
        ))}
      </ul>
    </main>
  )
}
