import type { Generated } from 'kysely'
import type { ActivityKind, DoerKind, SubjectKind } from '#lib/activity/entry.ts'
import type { ActorId, AskId, ChatId, CollectionId, DocId, FileId, FiringId, InboxItemId, MissionId, NoteId, ProjectId, ReviewId, RoutineId, RunId, TemplateId, WorkspaceId } from '#lib/board/ids.ts'
import type { InboxKind } from '#lib/inbox/item.ts'
import type { GivenKind } from '#lib/library/given.ts'
import type { NoteState } from '#lib/library/note.ts'
import type { RunState, Status } from '#lib/board/mission.ts'
import type { Approvers, Role } from '#lib/board/policy.ts'
import type { ProposalState } from '#lib/board/proposal.ts'
import type { AskKind, AskVerdict, RunCode } from '#lib/board/run-record.ts'
import type { Autonomy, StaffEngine } from '#lib/board/staff.ts'
import type { FiringCause, FiringState, Missed, Trigger } from '#lib/routines/routine.ts'

/** Times are epoch milliseconds. Booleans are 0 or 1, as SQLite has them. */
export type Tables = {
  /** `time_zone`: `null` is that of whatever browser they use. */
  users: { id: ActorId; email: string; name: string; password_hash: string; created_at: number; time_zone: string | null }
  /** Lucia's: `id` is the SHA-256 of the one in the cookie, hex; `expires_at` in epoch seconds. The rest is for its owner to know it by. */
  sessions: {
    id: string; user_id: ActorId; expires_at: number
    created_at: number | null; last_seen_at: number | null; user_agent: string | null; address: string | null
  }
  /** Pictures of people, small; apart from the files of workspaces. `hash`: SHA-256, hex. */
  avatars: { user_id: ActorId; hash: string; type: string; data: Uint8Array; created_at: number }
  /** Links with which somebody sets a new password, once. `hash`: SHA-256 of the secret; `created_by`: an owner, or `null` for whoever runs the installation. */
  password_resets: { hash: string; user_id: ActorId; created_by: ActorId | null; created_at: number; expires_at: number; used_at: number | null }
  /** When a member was last seen in a workspace. Not a column of `members`: every change of those makes all open documents ask for their rights. */
  member_visits: { workspace_id: WorkspaceId; user_id: ActorId; at: number }
  /** A deleted workspace keeps its rows and documents until it is purged; nobody gets in. */
  workspaces: {
    id: WorkspaceId; name: string; created_at: number; deleted_at: number | null
    /** Somebody stopped all work of staff: no run starts until it is allowed again. */
    runs_stopped_at: Generated<number | null>
    /** Who puts proposals onto the board. */
    approvers: Generated<Approvers>
    /** JSON list of the hosts that `fetch_url` may ask; empty: none. */
    fetch_allowed: Generated<string>
  }
  /** A removed member's row stays: what they wrote keeps its author's name. */
  members: { workspace_id: WorkspaceId; user_id: ActorId; role: Role; created_at: number; removed_at: number | null }
  /** `hash`: SHA-256 of the secret in the link, hex. */
  invitations: {
    hash: string; workspace_id: WorkspaceId; role: Role; created_by: ActorId; created_at: number
    expires_at: number; used_at: number | null
  }
  /** Agent tokens. `actor_id` is whom it acts as: a staff member, or an account of its own for member and viewer. A worker's acts as nobody: it takes runs. */
  tokens: {
    id: string; workspace_id: WorkspaceId; actor_id: ActorId; name: string; hash: string
    acts_as: 'member' | 'viewer' | 'staff' | 'worker'; created_at: number; revoked_at: number | null
  }
  /**
   * `tools` and `always_allowed` are JSON lists of tool names; the latter need no approval. `model`: '' is the workspace's. `most_*` are
   * bounds of one run, `month_*` of a calendar month in UTC, `null` for none; money in millionths of a dollar. `avatar`: a colour or a picture's address.
   */
  staff: {
    id: ActorId; workspace_id: WorkspaceId; name: string; role: string; instructions: string
    engine: StaffEngine; created_at: number
    tools: Generated<string>; autonomy: Generated<Autonomy>; always_allowed: Generated<string>; model: Generated<string>
    avatar: Generated<string | null>; instructions_version: Generated<number>
    most_turns: Generated<number>; most_minutes: Generated<number>; most_tokens: Generated<number>; most_micros: Generated<number | null>
    month_micros: Generated<number | null>; month_runs: Generated<number | null>; concurrency: Generated<number>
    paused_at: Generated<number | null>; archived_at: Generated<number | null>; created_by: Generated<ActorId | null>
  }
  /** Instructions as they were; the newest is also in `staff`. */
  staff_instructions: { staff_id: ActorId; version: number; text: string; by: ActorId | null; at: number }
  /** The endpoint of a workspace's models. `api_key`: encrypted. `prices`: JSON, of models by name, in dollars for a million tokens. */
  engine_settings: {
    workspace_id: WorkspaceId; base_url: string; api_key: Uint8Array | null; model: string; prices: string
    updated_by: ActorId | null; updated_at: number
  }
  /** Servers of tools that an owner configured. `address`: a URL, or a JSON list of a command and its arguments. `secrets`: encrypted JSON, of headers or of the environment. */
  mcp_servers: {
    id: string; workspace_id: WorkspaceId; name: string; transport: 'stdio' | 'http'; address: string; secrets: Uint8Array | null
    enabled: number; created_by: ActorId | null; created_at: number
  }
  /** The log: every update in the order in which it was acknowledged. `crc`: CRC-32 of `data`; `null` in rows of before there was one. */
  updates: { doc: string; seq: number; data: Uint8Array; actor: string; at: number; crc: number | null }
  /** A document's state up to and with `upto_seq`; the rows it covers are gone from `updates`. */
  snapshots: { doc: string; upto_seq: number; data: Uint8Array; at: number; crc: number | null }
  /** The workspace a document belongs to, from its first opening on and for ever: a deleted mission's id opens nothing elsewhere. */
  documents: { doc: string; workspace_id: WorkspaceId }
  /** One row, counted up by triggers whenever who may do what, or who is called what, changes in any process. */
  access_revision: { id: 1; revision: number }
  /** A Yjs client id belongs to the first actor that used it in a document. */
  client_ids: { doc: string; client: number; actor: string }
  /** Projections of the board documents; rebuilt from them at any time. */
  missions: {
    id: MissionId; workspace_id: WorkspaceId; title: string; status: Status; rank: string
    project_id: ProjectId | null; assignee_id: ActorId | null; reviewer_id: ActorId | null; auto_run: number; priority: string
    labels: string; due_on: string | null; /** JSON list of ids. */ blocked_by: Generated<string>; created_by: ActorId | null; created_at: number; archived_at: number | null
    /** Facts as JSON, for the first paint. */
    facts: string
  }
  projects: { id: ProjectId; workspace_id: WorkspaceId; name: string; colour: string; archived_at: number | null }
  docs: {
    id: DocId; workspace_id: WorkspaceId; project_id: ProjectId | null; parent_id: DocId | null; title: string; rank: string
    created_by: ActorId | null; created_at: number; archived_at: number | null
  }
  runs: {
    id: RunId; workspace_id: WorkspaceId; mission_id: MissionId; staff_id: ActorId; state: RunState
    attempt: number; requested_by: ActorId | null; note: string; created_at: number; started_at: number | null
    ended_at: number | null; lease_hash: string | null; lease_until: number | null; worker: string | null
    summary: string; reason: string; manifest: string | null
    /** Why it ended or waits, for programs; '' while all is well. `losses`: workers that were lost over it. */
    code: Generated<RunCode>; losses: Generated<number>
    /** JSON: `Cause`, what started it; `chain` the staff and runs that led here, oldest first. */
    cause: Generated<string>; chain: Generated<string>; retry_of: Generated<RunId | null>
    engine: Generated<string>; model: Generated<string>; instructions_version: Generated<number>
    /** What it used so far. `micros`: millionths of a dollar, `null` where no price is known. `working_ms`: without waiting. */
    turns: Generated<number>; input_tokens: Generated<number>; output_tokens: Generated<number>; micros: Generated<number | null>; working_ms: Generated<number>
    /** Where the engine goes on after a wait or a lost worker: gzip of its own JSON. */
    checkpoint: Generated<Uint8Array | null>
    /** When its holder took it, and which of `workers` that is, if it said so. `hand_over`: JSON, to whom the mission goes when it succeeds, and why. */
    claimed_at: Generated<number | null>; worker_id: Generated<string | null>; hand_over: Generated<string | null>
    /** What bounds its autonomy beside its staff member's, such as that of a routine. */
    autonomy: Generated<Autonomy | null>
  }
  /** Entries of a run's log that left its document; `entry` is JSON. The document's own begin where these end, or earlier. */
  run_entries: { run_id: RunId; seq: number; entry: string }
  /** What a run asked people, and what they said. `key`: the call it stands for, so that nothing is asked twice. `choices`, `args`: JSON. */
  run_asks: {
    id: AskId; run_id: RunId; workspace_id: WorkspaceId; key: string; kind: AskKind; question: string; choices: string; tool: string; args: string
    asked_at: number; answered_at: number | null; answered_by: ActorId | null; answer: string | null; verdict: AskVerdict | null
  }
  /** What the server answered to calls of tools that it carries out, so that none is carried out twice. `answer`: JSON. */
  run_tool_calls: { run_id: RunId; key: string; tool: string; answer: string; at: number }
  /** What a run changed in documents, so that it can be taken back. `edit`: JSON. */
  run_edits: { run_id: RunId; n: number; doc: string; edit: string; at: number; undone_at: number | null; undone_by: ActorId | null }
  /** Missions that are not on the board yet, as the board documents have them. `by`: a person, a staff member or the COO. */
  proposals: { id: MissionId; workspace_id: WorkspaceId; title: string; state: ProposalState; by: ActorId; chat_id: ChatId | null; created_at: number }
  /** Missions to be made again and again. `content`: JSON, `TemplateContent`; `version` is one more with every change. */
  templates: {
    id: TemplateId; workspace_id: WorkspaceId; name: string; description: string; content: string; version: number
    created_by: ActorId | null; created_at: number; updated_by: ActorId | null; updated_at: number; archived_at: number | null; uses: number; used_at: number | null
  }
  /** Talk with the COO. What is said is in `chat/<id>`; `last_words`: the beginning of what was said last. `offered`: the kinds of what the COO offered there to set up, each with a space behind it. */
  chats: {
    id: ChatId; workspace_id: WorkspaceId; project_id: ProjectId | null; title: string; created_by: ActorId; created_at: number; archived_at: number | null
    last_at: number; last_by: ActorId | null; last_words: string; offered: Generated<string>
  }
  /**
   * Work that comes back. `trigger`, `delivery`, `template`: JSON; with a template `staff_id` and `instructions` are ''. `next_at`: the next time on its schedule, `fire_at` when that begins, `planned_at` when that was
   * worked out, by the clock of then. `hook_secret`, `send_secret`: encrypted, of what comes in and of what is sent.
   */
  routines: {
    id: RoutineId; workspace_id: WorkspaceId; name: string; instructions: string; kind: Trigger['kind']; trigger: string; staff_id: ActorId
    project_id: ProjectId | null; autonomy: Autonomy; delivery: string; missed: Missed; jitter_minutes: number; end_after: number; enabled: number
    created_by: ActorId; created_at: number; deleted_at: number | null; failures: number; ended_at: number | null; ended_why: string
    next_at: number | null; fire_at: number | null; planned_at: number | null; hook_id: string; hook_secret: Uint8Array | null; send_secret: Uint8Array | null
    template: string | null
  }
  /**
   * The times that routines were set off: `key` names what did, once in each routine. `mission_id`: the mission that it makes, or made. `about`: the mission
   * that it is about. `chain`: JSON, the routines whose missions led to it. `tries`, `try_at`: of a delivery to another server.
   */
  routine_firings: {
    id: FiringId; routine_id: RoutineId; workspace_id: WorkspaceId; key: string; cause: FiringCause; state: FiringState; due_at: number; count: number
    mission_id: MissionId; run_id: RunId | null; about: MissionId | null; payload: string; chain: string; by: ActorId | null; reason: string
    created_at: number; started_at: number | null; ended_at: number | null; tries: number; try_at: number | null
  }
  /** Workers that were seen. `workspace_id`: `null` for the embedded one. */
  workers: {
    id: string; name: string; workspace_id: WorkspaceId | null; staff_id: ActorId | null; version: string; concurrency: number; busy: number
    first_seen_at: number; last_seen_at: number; state: 'working' | 'draining' | 'gone'
  }
  /** Missions in Done whose move there was followed. `review_id`: what it was approved with; `null` where nobody approved it by that. `edit`: the one that moved it. */
  approvals: { mission_id: MissionId; workspace_id: WorkspaceId; review_id: ReviewId | null; edit: string | null }
  /**
   * What waits, or waited, for somebody: one row for each reason, `reason` naming it within the workspace. `source` is what it was found in:
   * `card/<mission>`, or a document. `place` is where in it to look. Done and snoozed are the person's own doing; settled is
   * what became of the reason.
   */
  inbox: {
    id: InboxItemId; workspace_id: WorkspaceId; user_id: ActorId; reason: string; source: string
    kind: InboxKind; mission_id: MissionId | null; doc_id: DocId | null; place: string; by_id: ActorId | null; words: string
    since: number; read_at: number | null; done_at: number | null; snoozed_until: number | null; woken_at: number | null
    settled_at: number | null; settled_why: string
  }
  /** How far the log of a document was followed for the inboxes. */
  inbox_followed: { doc: string; seq: number }
  /** A file is a mission's, a project's or a chat's, of one alone. A deleted one keeps its versions until they are collected. */
  files: {
    id: FileId; workspace_id: WorkspaceId; mission_id: MissionId | null; project_id: ProjectId | null; chat_id: Generated<ChatId | null>; kind: 'attachment' | 'artifact'
    name: string; created_at: number; deleted_at: number | null; deleted_by: ActorId | null
  }
  file_versions: {
    file_id: FileId; version: number; hash: string; size: number; type: string
    created_by: ActorId; run_id: RunId | null; created_at: number
  }
  /** What people gave to a mission, a project, a staff member or a routine to be read by its runs. `source`: the reference of a file or doc, `missions://file/<id>`. */
  given: { kind: GivenKind; target_id: string; source: string; workspace_id: WorkspaceId; by_id: ActorId; at: number }
  /** Files that people put together under a name. */
  collections: { id: CollectionId; workspace_id: WorkspaceId; name: string; created_by: ActorId; created_at: number }
  collection_files: { collection_id: CollectionId; file_id: FileId; by_id: ActorId; at: number }
  /** Files that stand first for everybody of the workspace. */
  pins: { file_id: FileId; workspace_id: WorkspaceId; by_id: ActorId; at: number }
  /** What staff proposed to remember. An accepted one is the doc `doc_id`, which is given to the staff member. `hash`: of its words, so that nothing is proposed twice. */
  notes: {
    id: NoteId; workspace_id: WorkspaceId; staff_id: ActorId; run_id: RunId; mission_id: MissionId; text: string; why: string; hash: string; state: NoteState
    at: number; decided_by: ActorId | null; decided_at: number | null; doc_id: DocId | null
  }
  /** The files and docs that runs read, as their manifests say. `version`: of a file its number. `reason`: why it was chosen; '' where it was on the mission. */
  run_reads: { run_id: RunId; source: string; version: string; reason: string }
  /** What the newest review of a run says, read from the documents of missions; `verdicts_followed` says how far those were read. */
  run_verdicts: { run_id: RunId; workspace_id: WorkspaceId; mission_id: MissionId; verdict: 'approved' | 'changes'; by_id: ActorId; at: number }
  verdicts_followed: { doc: string; workspace_id: WorkspaceId; seq: number }
  /** What each has seen of the comments of a document: `seen` are ids, newest first, with spaces between. See `ReadMark`. */
  read_marks: { actor_id: ActorId; doc: string; workspace_id: WorkspaceId; since: number; seen: string; at: number }
  /**
   * Who did what, as the server saw it. `seq` is new with every change of a row, over all workspaces; entries of one `topic` may
   * become one. `details` is JSON; names are those of then.
   */
  activity: {
    id: Generated<number>; seq: number; workspace_id: WorkspaceId; topic: string | null; kind: ActivityKind
    at: number; until: number; count: number; actor_kind: DoerKind; actor_id: ActorId | null; actor_name: string
    subject_kind: SubjectKind; subject_id: string; subject_name: string
    mission_id: MissionId | null; project_id: ProjectId | null; run_id: RunId | null; details: string
  }
  /**
   * Texts as they were: `doc` is the document, numbered from 1 in each. `content`: its blocks as JSON, gzip; `hash`: SHA-256 of that JSON.
   * `added` and `removed`: words, against the version before.
   */
  text_versions: {
    doc: string; version: number; workspace_id: WorkspaceId; kind: 'named' | 'pause' | 'run' | 'restore'; name: string; by: ActorId | null; at: number
    words: number; added: number; removed: number; markdown: string; content: Uint8Array; hash: string
  }
  /** Which version of a text a run read. */
  text_version_reads: { run_id: RunId; doc: string; version: number }
  /**
   * Uploads that can be resumed; their bytes lie under `files/uploads` by the same id. `file_id`: the file that gets a new version.
   * `outcome`: JSON of how it ended, for whoever lost the answer; `null` while bytes are missing.
   */
  uploads: {
    id: string; workspace_id: WorkspaceId; mission_id: MissionId | null; project_id: ProjectId | null; chat_id: Generated<ChatId | null>; file_id: FileId | null
    name: string; size: number; sha256: string | null; created_by: ActorId; created_at: number; expires_at: number; outcome: string | null
  }
  /**
   * The text inside a content, read once. `name` and `type` are those it was first stored under. `content`: JSON, deflated;
   * `engine`: version of the readers; `attempts`: how often it was begun, since one that ends the reader must not be tried for ever.
   */
  file_texts: {
    hash: string; name: string; type: string; status: 'pending' | 'ready' | 'failed'; reason: string; engine: number
    attempts: number; content: Uint8Array | null; created_at: number
  }
  /** Sign-in attempts that failed, for throttling. */
  sign_in_failures: { id: Generated<number>; key: string; at: number }
}
