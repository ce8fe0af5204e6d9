import type { ActorId } from '#lib/board/ids.ts'
import type { Services } from '../server/services.ts'

declare global {
  namespace App {
    interface Locals {
      services: Services
      /** Whom the session cookie says is there. Requests with a bearer token are answered by the API itself. */
      user: { id: ActorId; email: string; name: string } | null
      sessionId: string | null
      /** Set-Cookie headers that the answer carries. */
      setCookies: string[]
    }
    interface Error {
      message: string
      /** Names the line in the server's log. */
      id?: string
    }
  }
}

export {}
