/**
 * shown-settings - settings as they are understood, to be shown to who runs the panel; secrets never.
 *
 * Part of environment.ts, which alone reads the variables. Each value and each default is what the setting's own
 * schema makes of the variable, and of none; so nothing here has to be kept in step with the schemas. A secret is
 * only said to be set; the file that it comes from is no secret.
 */
import type * as z from 'zod'

export type SettingGroup = 'directory' | 'panel' | 'owners'

export interface ShownSetting {
  readonly name: string
  readonly group: SettingGroup
  /** As understood; null of a secret, of what is not set and has no default, and of what is not understood. */
  readonly value: string | null
  /** Whether the variable, or the one with _FILE, has a value. */
  readonly isSet: boolean
  readonly isSecret: boolean
  /** What holds where it is not set; empty if that is nothing. Null if it has to be set. */
  readonly usual: string | null
}

type Variables = Readonly<Record<string, string | undefined>>
type Shape = Readonly<Record<string, z.ZodType>>

/** Settings that are not in a schema come with their group by name. */
export type SettingSource = readonly [SettingGroup, Shape, readonly string[]]

/** Those that may also stand in a file. */
const SECRETS = ['LDAP_BIND_PASSWORD', 'AUTH_SECRET', 'OIDC_CLIENT_SECRET']
const HAS_FILE = ['LDAP_BIND_PASSWORD', 'OIDC_CLIENT_SECRET']

/** Every setting of these sources. */
export function showSettings(
  variables: Variables,
  sources: readonly SettingSource[],
): readonly ShownSetting[] {
  return sources.flatMap(([group, shape, more]) => [
    ...Object.entries(shape).map(([name, schema]) => shown(variables, group, name, schema)),
    ...more.map((name) => shown(variables, group, name, null)),
  ])
}

function shown(
  variables: Variables,
  group: SettingGroup,
  name: string,
  schema: z.ZodType | null,
): ShownSetting {
  const isSecret = SECRETS.includes(name)
  const names = HAS_FILE.includes(name) ? [name, `${name}_FILE`] : [name]
  return {
    name,
    group,
    isSecret,
    isSet: names.some((one) => (variables[one] ?? '') !== ''),
    value: isSecret || schema === null ? null : understood(schema, variables[name]),
    usual: schema === null ? null : understood(schema, undefined),
  }
}

function understood(schema: z.ZodType, variable: string | undefined): string | null {
  const parsed = schema.safeParse(variable)
  return parsed.success ? textOf(parsed.data) : null
}

function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return Array.isArray(value) ? value.join(' ') : String(value)
}
