/**
 * bulk-words - the names of the tasks for many mailboxes, for forms. Free of zod, so that the browser can use it. Pure.
 */
export const BULK_TASKS = ['disable', 'enable', 'quota', 'alias', 'delete'] as const
