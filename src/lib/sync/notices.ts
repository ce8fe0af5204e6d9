/**
 * What the server tells a client of a document besides its content, as a stateless message in JSON.
 * `store`: edits cannot be written to disk at the moment; they are kept and acknowledged once they are.
 */
export type Notice = { kind: 'store'; failing: boolean }

export const writeNotice = (notice: Notice): string => JSON.stringify(notice)

/** `null` for anything that is not a notice. */
export function readNotice(message: string): Notice | null {
  try {
    const { kind, failing } = JSON.parse(message) as Record<string, unknown>
    return kind === 'store' && typeof failing === 'boolean' ? { kind, failing } : null
  } catch {
    return null
  }
}
