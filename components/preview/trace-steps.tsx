import type { ReactNode } from 'react'
import type { Trace, TracePhase, TraceStep } from '@/lib/postfix/trace'

const PHASES: Record<TracePhase, string> = {
  resolve: 'What is the domain?',
  smtpd: 'Does the SMTP server accept the recipient?',
  cleanup: 'What do the aliases make of it?',
  delivery: 'Where does each copy go?',
}

/** The steps of a trace in words, in Postfix's order, grouped by the question that they answer. */
export function TraceSteps({ trace }: { readonly trace: Trace }): ReactNode {
  const phases = [...new Set(trace.steps.map(({ phase }) => phase))]
  return phases.map((phase) => (
    <section key={phase} className="mb-4">
      <h3 className="mb-1 font-medium">{PHASES[phase]}</h3>
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
  switch (step.type) {
    case 'lookup':
      return <LookupStepText step={step} />
    case 'rewritten':
      return (
        <>
          <Mono>{step.from}</Mono> is rewritten to <Mono>{step.to}</Mono>.
        </>
      )
    case 'classified':
      return (
        <>
          <Mono>{step.address}</Mono> is {CLASSES[step.domainClass]}: transport <Mono>{step.transport}</Mono>
          {step.nexthop !== '' && (
            <>
              {' '}
              to <Mono>{step.nexthop}</Mono>
            </>
          )}
          .
        </>
      )
    case 'expanded':
      return (
        <>
          <Mono>{step.address}</Mono> becomes <Mono>{step.addresses.join(', ')}</Mono>
          {step.extension !== null && (
            <>
              , with the extension <Mono>{step.extension}</Mono> put back
            </>
          )}
          .
        </>
      )
    case 'stopped':
      return (
        <>
          <Mono>{step.address}</Mono>: {step.reason}
        </>
      )
  }
}

const CLASSES = {
  local: 'in a local domain',
  virtualAlias: 'in a virtual alias domain',
  virtualMailbox: 'in a virtual mailbox domain',
  relay: 'in a relay domain',
  other: 'in a domain that is not hosted here',
} as const

function LookupStepText({ step }: { readonly step: Extract<TraceStep, { type: 'lookup' }> }): ReactNode {
  return (
    <details>
      <summary className="min-h-6 py-0.5">
        <Mono>{step.parameter}</Mono> asked for <Mono>{step.key === '' ? '(nothing)' : step.key}</Mono>:{' '}
        <LookupOutcome step={step} />
      </summary>
      <div className="py-1 pl-3 text-soft">
        <p className="address">{step.table}</p>
        {step.skipped !== null && <p>Not searched: {step.skipped}</p>}
        {step.searches.map((search, index) => (
          <p key={index} className="address">
            {search.filter} below {search.base === '' ? '(empty base)' : search.base} ({search.scope}):{' '}
            {search.entries === null
              ? 'failed'
              : search.entries.length === 0
                ? 'no entry'
                : search.entries.join('; ')}
          </p>
        ))}
      </div>
    </details>
  )
}

function LookupOutcome({ step }: { readonly step: Extract<TraceStep, { type: 'lookup' }> }): ReactNode {
  switch (step.status) {
    case 'found':
      return <Mono>{step.value}</Mono>
    case 'notFound':
      return <span className="text-soft">nothing</span>
    case 'temporaryError':
    case 'configurationError':
      return <span className="text-lost">error: {step.problem}</span>
  }
}

function Mono({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className="address">{children}</span>
}
