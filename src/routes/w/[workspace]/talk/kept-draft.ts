/** What was typed and not sent, kept on this device. The name begins as all does that is deleted when the person signs out. */
const key = (person: string, mission: string) => `missions/${person}/comment/${mission}`

export function keptDraft(person: string, mission: string): string {
  try {
    return localStorage.getItem(key(person, mission)) ?? ''
  } catch {
    return ''
  }
}

export function keepDraft(person: string, mission: string, text: string) {
  try {
    if (text.trim() === '') localStorage.removeItem(key(person, mission))
    else localStorage.setItem(key(person, mission), text)
  } catch {
    // Storage is full or forbidden: what is typed stays as long as the field does.
  }
}
