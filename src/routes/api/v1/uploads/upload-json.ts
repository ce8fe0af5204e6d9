import type { Upload } from '../../../../../server/files/uploads.ts'

/** An upload as the API tells of it; `file` once it has arrived, `refused` where it was not taken in the end. */
export const uploadJson = ({ id, name, fileId, size, offset, createdAt, expiresAt, outcome }: Upload) => ({
  id, name, replaces: fileId, size, offset, createdAt, expiresAt,
  file: outcome?.ok ? outcome.file : null,
  refused: outcome && !outcome.ok ? { code: outcome.code, message: outcome.message } : null,
})
