import type { ReactNode } from 'react'
import { useTranslations } from '#words'
import type { Trace, TraceStep } from '@/lib/postfix/trace'

/** The steps of a trace in words, in Postfix's order, grouped by the question that they answer. */
export function TraceSteps({ trace }: { readonly trace: Trace }): ReactNode {
  const t = useTranslations('preview.trace')
  const phases = [...new Set(trace.steps.map(({ phase }) => phase))]
  return phases.map((phase) => (
    <section key={phase} className="mb-4">
      <h3 className="mb-1 font-medium">{t(phase)}</h3>
      <ol className="list-decimal space-y-1 pl-6 text-[13px] marker:text-soft">
        {trace.steps
          .filter((step) => step.phase === phase)
          .map((step, index) => (
            <li key={index}>
              <Step step={step} />
            </li>
          ))}
      </ol>
    </section>
  ))
}

function Step({ step }: { readonly step: TraceStep }): ReactNode {
  const t = useTranslations('preview.trace')
  switch (step.type) {
    case 'lookup':
      return <LookupStepText step={step} />
    case 'rewritten':
      return t.rich('rewritten', { mono, from: step.from, to: step.to })
    case 'classified': {
      const { address, domainClass, transport, nexthop } = step
      const facts = { mono, address, where: t(domainClass), transport }
      return nexthop === '' ? t.rich('classified', facts) : t.rich('classifiedVia', { ...facts, nexthop })
    }
    case 'expanded': {
      const { address, addresses, extension } = step
      const facts = { mono, address, addresses: addresses.join(', ') }
      return extension === null ? t.rich('expanded', facts) : t.rich('expandedWith', { ...facts, extension })
    }
    case 'stopped':
      return (
        <>
          {mono(step.address)}: {step.reason}
        </>
      )
  }
}

function LookupStepText({ step }: { readonly step: Extract<TraceStep, { type: 'lookup' }> }): ReactNode {
  const t = useTranslations('preview.trace')
  const { parameter, key, skipped } = step
  return (
    <details>
      <summary className="min-h-6 py-0.5">
        {t.rich('asked', { mono, parameter, key: key === '' ? t('emptyKey') : key })}{' '}
        <LookupOutcome step={step} />
      </summary>
      <div className="py-1 pl-3 text-soft">
        <p className="address">{step.table}</p>
        {skipped !== null && <p>{t('notSearched', { reason: skipped })}</p>}
        {step.searches.map(({ filter, base, scope, entries }, index) => (
          <p key={index} className="address">
            {t('search', {
              filter,
              base: base === '' ? t('emptyBase') : base,
              scope,
              entries:
                entries === null ? t('failed') : entries.length === 0 ? t('noEntry') : entries.join('; '),
            })}
          </p>
        ))}
      </div>
    </details>
  )
}

function LookupOutcome({ step }: { readonly step: Extract<TraceStep, { type: 'lookup' }> }): ReactNode {
  const t = useTranslations('preview.lookups')
  switch (step.status) {
    case 'found':
      return mono(step.value)
    case 'notFound':
      return <span className="text-soft">{t('nothing')}</span>
    case 'temporaryError':
    case 'configurationError':
      return <span className="text-lost">{t('error', { problem: step.problem ?? t('failed') })}</span>
  }
}

function mono(children: ReactNode): ReactNode {
  return <span className="address">{children}</span>
}
