/**
 * task-news - runs a task on a whole domain for a server action, and tells the browser how far it is.
 *
 * The action answers at once with a stream: news of the writes, at most about a hundred, then the outcome. The
 * work goes on when nobody listens any more; what it did is in the history.
 */
import 'server-only'
import type { z } from 'zod'
import { saveForm } from '@/app/form-action'
import type { DomainTaskField } from '@/lib/changes/domain-task'
import type { EditNews } from '@/lib/changes/edit-news'
import { type Progress, withProgress } from '@/lib/changes/progress'
import type { Domain } from '@/lib/entries/domain'
import { forgetDomainCounts } from '@/lib/lists/domain-counts'

export type TaskNews = EditNews<DomainTaskField, Domain>

const PIECES = 100

/** Saves what was submitted if it is what was previewed and approved. */
export function runTask<Submission>(
  shape: z.ZodType<Submission>,
  plan: Parameters<typeof saveForm<Submission, DomainTaskField, Domain>>[1],
  submitted: unknown,
  approved: unknown,
): ReadableStream<TaskNews> {
  let isHeard = true
  return new ReadableStream<TaskNews>({
    start: async (controller) => {
      const tell = (news: TaskNews): void => {
        if (isHeard) controller.enqueue(news)
      }
      const outcome = await withProgress(
        (progress) => {
          if (isWorthTelling(progress)) tell({ status: 'progress', progress })
        },
        () => saveForm(shape, plan, submitted, approved),
      )
      forgetDomainCounts()
      tell({ status: 'done', outcome })
      if (isHeard) controller.close()
    },
    cancel: () => {
      isHeard = false
    },
  })
}

function isWorthTelling({ written, total }: Progress): boolean {
  return written === total || written % Math.max(1, Math.ceil(total / PIECES)) === 0
}
