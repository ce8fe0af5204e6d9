import { createHash } from 'node:crypto'
import type { ActorId } from '#lib/board/ids.ts'
import type { AuthContext } from './context.ts'
import { readPicture, type PictureType } from './picture.ts'
import { refuse, type Refusal } from './refusal.ts'

/** What the page sends is a twentieth of this. */
const longestAvatarBytes = 200_000
/** Pixels on a side: a small file may unpack into a picture that no browser can hold. */
const largestSide = 512

/** Pictures of people. They lie in the database: small, in every backup, and apart from the files of workspaces. */
export function avatars({ db, now }: AuthContext, tellWorkspaces: (userId: ActorId) => Promise<void>) {
  return {
    async setAvatar(userId: ActorId, data: Uint8Array): Promise<{ ok: true; hash: string } | Refusal> {
      if (data.byteLength > longestAvatarBytes) return refuse('invalid', 'The picture is larger than 200 kB. Choose a smaller one.')
      const picture = readPicture(data)
      if (!picture) return refuse('invalid', 'This is not a picture that can be shown. Choose a PNG, JPEG or WebP file.')
      const { type, width, height } = picture
      if (width !== height || width === 0 || width > largestSide) return refuse('invalid', `The picture must be a square of at most ${largestSide} pixels; this one has ${width} × ${height}.`)
      const hash = createHash('sha256').update(data).digest('hex')
      const stored = { hash, type, data, created_at: now() }
      await db.insertInto('avatars').values({ user_id: userId, ...stored }).onConflict((conflict) => conflict.column('user_id').doUpdateSet(stored)).execute()
      await tellWorkspaces(userId)
      return { ok: true, hash }
    },

    async removeAvatar(userId: ActorId): Promise<void> {
      await db.deleteFrom('avatars').where('user_id', '=', userId).execute()
      await tellWorkspaces(userId)
    },

    /** The picture under this address, for its owner and for whoever is, or was, in a workspace with them. */
    async avatar(userId: ActorId, hash: string, viewer: { userId: ActorId } | { workspaceId: string }): Promise<{ type: PictureType; data: Uint8Array } | null> {
      const row = await db.selectFrom('avatars').select(['type', 'data']).where('user_id', '=', userId).where('hash', '=', hash).executeTakeFirst()
      if (!row) return null
      const seen = 'workspaceId' in viewer
        ? await db.selectFrom('members').select('user_id').where('user_id', '=', userId).where('workspace_id', '=', viewer.workspaceId as never).executeTakeFirst()
        : viewer.userId === userId || await db.selectFrom('members as theirs').innerJoin('members as mine', 'mine.workspace_id', 'theirs.workspace_id')
            .select('theirs.user_id').where('theirs.user_id', '=', userId).where('mine.user_id', '=', viewer.userId).where('mine.removed_at', 'is', null).limit(1).executeTakeFirst()
      return seen ? { type: row.type as PictureType, data: row.data } : null
    },
  }
}
