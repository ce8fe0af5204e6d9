import type { FileOwner } from '#lib/board/files.ts'
import type { Upload } from '#lib/editor/upload.ts'
import { sendFile } from '../files/send-file.ts'

/** Keeps what is put into a text among the files of the mission or project that the text is of. */
export const uploadTo = (owner: FileOwner): Upload => async (file, onProgress) => {
  const nothing = () => {}
  const sent = await sendFile({ owner, replaces: null }, file, null, { progress: onProgress, reconnecting: nothing, begun: nothing }).sent
  return sent.ok ? { id: sent.file.id } : { message: sent.message || 'It was not stored.' }
}
