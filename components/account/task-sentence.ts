/**
 * task-sentence - an owner's preview in one plain sentence, from what really becomes of the mail. Pure.
 *
 * "Mail to x will reach you" stands on the trace of x after the change, never on what was typed.
 */
import type { Preview, TraceSummary } from '@/lib/changes/preview-result'
import type { AccountTask } from '@/lib/entries/account-task'

export interface TaskSentence {
  readonly key:
    | 'reaches'
    | 'reachesWith'
    | 'goesOn'
    | 'goesOnAndStays'
    | 'refused'
    | 'refusedNot'
    | 'reachesNot'
    | 'unknown'
    | 'same'
  readonly address: string
  readonly targets: string
}

/** What the preview comes to, for the task and the person with this mailbox. */
export function taskSentence(
  preview: Preview,
  task: AccountTask,
  subject: string,
  mail: string,
): TaskSentence {
  const address = subject.toLowerCase()
  const after = preview.addresses.find((change) => change.address.toLowerCase() === address)?.after
  const said = (key: TaskSentence['key'], targets: readonly string[] = []): TaskSentence => ({
    key,
    address,
    targets: targets.join(', '),
  })
  if (after === undefined) return said('same')
  if (after.problem !== null) return said('unknown')
  const arrived = destinations(after)
  const own = arrived.some((destination) => destination.toLowerCase() === mail.toLowerCase())
  const others = arrived.filter((destination) => destination.toLowerCase() !== mail.toLowerCase())
  switch (task.task) {
    case 'add':
    case 'resume':
      if (!own) return others.length > 0 ? said('goesOn', others) : said('reachesNot')
      return said(others.length > 0 ? 'reachesWith' : 'reaches', others)
    case 'remove':
    case 'pause':
      return said(arrived.length === 0 ? 'refused' : 'refusedNot')
    case 'forward':
      if (others.length === 0) return said(own ? 'reaches' : 'reachesNot')
      return said(own ? 'goesOnAndStays' : 'goesOn', task.targets)
  }
}

function destinations({ accepted, deliveries, forwards, locals }: TraceSummary): readonly string[] {
  return accepted ? [...deliveries, ...forwards, ...locals] : []
}
