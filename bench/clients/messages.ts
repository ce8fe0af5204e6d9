/** What the measuring process asks of the processes that play clients. */
export type ToClients =
  | { kind: 'connect'; wsUrl: string; name: string; token: string; count: number }
  | { kind: 'fill'; missions: number; by: string }
  /** Edits at `perSecond` by the clients in turn, drawn with `seed`. */
  | { kind: 'edit'; edits: number; perSecond: number; seed: number }

export type FromClients =
  | { kind: 'connected' }
  | { kind: 'filled' }
  | { kind: 'edited'; propagation: number[]; acknowledged: number[]; missing: number }
