import type { Refusal } from '../../server/auth/auth.ts'

/** The text fields of a form, each a string; files and what is missing read as empty. */
export async function readForm<Name extends string>(request: Request, names: readonly Name[]): Promise<Record<Name, string>> {
  const data = await request.formData()
  const read = (name: Name) => {
    const value = data.get(name)
    return typeof value === 'string' ? value : ''
  }
  return Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, string>
}

/** What a form shows where: by field, or above it all. */
export type FormErrors = { message?: string; fields: Partial<Record<string, string>> }

/** Says of every empty field at once what it is for; null when none is empty. */
export function missing<Name extends string>(values: Record<Name, string>, expected: Partial<Record<Name, string>>): FormErrors | null {
  const fields: Record<string, string> = {}
  for (const [name, message] of Object.entries(expected) as [Name, string][]) if (values[name].trim() === '') fields[name] = message
  return Object.keys(fields).length ? { fields } : null
}

export const refused = ({ message, field }: Refusal): FormErrors =>
  field ? { fields: { [field]: message } } : { message, fields: {} }
