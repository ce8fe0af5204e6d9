/** A title in a sentence. */
export const quoted = (title: string) => `“${title.length > 60 ? `${title.slice(0, 59)}…` : title || 'Untitled'}”`
