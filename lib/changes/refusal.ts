/**
 * refusal - which attribute a server's refusal is about, so that it can be said beside the field.
 *
 * In: the diagnostic message of a result (RFC 4511 section 4.1.9), which is free text; the forms of
 * OpenLDAP's slapd and of its unique, constraint and ppolicy overlays are known here. Out: the attribute's
 * name as the diagnostic spells it, or null if it names none. A guess is only made from the text itself.
 */

const NAME = '([A-Za-z][A-Za-z0-9-]*)'

/** The forms in which slapd names an attribute; the first that fits decides. */
const FORMS: readonly RegExp[] = [
  // "attribute 'x' not allowed", "requires attribute 'x'", "attribute 'x' cannot have multiple values"
  new RegExp(`attribute '${NAME}(?:;[^']*)?'`),
  // "modify/add: x: value #0 already exists", "modify/delete: x: no such value"
  new RegExp(`^modify/[a-z]+: ${NAME}(?:;\\S*)?:`),
  // "modify breaks constraint on x"
  new RegExp(`breaks constraint on ${NAME}`),
  // "x: value #0 invalid per syntax", "x: no user modification allowed", "x: attribute type undefined"
  new RegExp(
    `^${NAME}(?:;\\S*)?: (?:value #\\d+|no user modification|attribute type undefined|requires value|` +
      `multiple values|no values|inappropriate|bad data|disallowed|attribute description)`,
  ),
  // As lib/ldap/change-application says it, where no server was asked.
  new RegExp(`^${NAME}(?:;\\S*)? (?:has the value|does not have the value|is not a number)`),
  new RegExp(`^there is no ${NAME}`),
  // "non-unique attributes found with (|(x=value))"
  new RegExp(`non-unique attributes? found with \\(\\|?\\(?${NAME}=`),
]

/** The attribute that a diagnostic names, or null. */
export function attributeOfRefusal(diagnostic: string): string | null {
  for (const form of FORMS) {
    const name = form.exec(diagnostic)?.[1]
    if (name !== undefined) return name
  }
  return null
}
