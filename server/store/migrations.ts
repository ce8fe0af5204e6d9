import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Forward only. A released migration is never edited; the next one is added at the end. */
export const migrations: Record<string, Migration> = {
  '0001_workspaces_documents_runs_files': {
    async up(db: Kysely<never>) {
      for (const statement of [
        `create table users (id text primary key, email text not null unique collate nocase, name text not null, password_hash text not null, created_at integer not null)`,
        `create table sessions (id text primary key, user_id text not null references users(id) on delete cascade, expires_at integer not null)`,
        `create index sessions_user on sessions(user_id)`,
        `create table workspaces (id text primary key, name text not null, created_at integer not null)`,
        `create table members (workspace_id text not null references workspaces(id), user_id text not null references users(id), role text not null, created_at integer not null, removed_at integer, primary key (workspace_id, user_id))`,
        `create index members_user on members(user_id)`,
        `create table invitations (hash text primary key, workspace_id text not null references workspaces(id), role text not null, created_by text not null, created_at integer not null, expires_at integer not null, used_at integer)`,
        `create table tokens (id text primary key, workspace_id text not null references workspaces(id), actor_id text not null, name text not null, hash text not null unique, acts_as text not null, created_at integer not null, revoked_at integer)`,
        `create table staff (id text primary key, workspace_id text not null references workspaces(id), name text not null, role text not null, instructions text not null, engine text not null, created_at integer not null)`,
        `create index staff_workspace on staff(workspace_id)`,
        `create table updates (doc text not null, seq integer not null, data blob not null, actor text not null, at integer not null, primary key (doc, seq)) without rowid`,
        `create table snapshots (doc text primary key, upto_seq integer not null, data blob not null, at integer not null)`,
        `create table client_ids (doc text not null, client integer not null, actor text not null, primary key (doc, client)) without rowid`,
        `create table missions (id text primary key, workspace_id text not null references workspaces(id), title text not null, status text not null, rank text not null, project_id text, assignee_id text, auto_run integer not null, priority text not null, labels text not null, due_on text, created_by text, created_at integer not null, archived_at integer, facts text not null)`,
        `create index missions_workspace on missions(workspace_id, status, rank)`,
        `create table projects (id text primary key, workspace_id text not null references workspaces(id), name text not null, colour text not null, archived_at integer)`,
        `create index projects_workspace on projects(workspace_id)`,
        `create table runs (id text primary key, workspace_id text not null references workspaces(id), mission_id text not null, staff_id text not null, state text not null, attempt integer not null, requested_by text, note text not null, created_at integer not null, started_at integer, ended_at integer, lease_hash text unique, lease_until integer, worker text, summary text not null, reason text not null, manifest text)`,
        `create index runs_mission on runs(mission_id, created_at)`,
        `create index runs_state on runs(state, created_at)`,
        `create table files (id text primary key, workspace_id text not null references workspaces(id), mission_id text not null, kind text not null, name text not null, created_at integer not null, deleted_at integer)`,
        `create index files_mission on files(mission_id)`,
        `create table file_versions (file_id text not null references files(id), version integer not null, hash text not null, size integer not null, type text not null, created_by text not null, run_id text, created_at integer not null, primary key (file_id, version))`,
        `create index file_versions_hash on file_versions(hash)`,
        `create table sign_in_failures (id integer primary key, key text not null, at integer not null)`,
        `create index sign_in_failures_key on sign_in_failures(key, at)`,
      ]) await sql.raw(statement).execute(db)
    },
  },
  '0002_checksums_document_owners_access_revision': {
    async up(db: Kysely<never>) {
      const revised = (table: string, event: string) =>
        `create trigger ${table}_${event.split(' ')[0]}_revises_access after ${event} on ${table} begin update access_revision set revision = revision + 1; end`
      for (const statement of [
        `alter table updates add column crc integer`,
        `alter table snapshots add column crc integer`,
        `create table documents (doc text primary key, workspace_id text not null) without rowid`,
        `insert into documents select 'board/' || id, id from workspaces`,
        `insert into documents select 'mission/' || id, workspace_id from missions`,
        `insert into documents select 'doc/' || id, workspace_id from projects`,
        `insert into documents select 'run/' || id, workspace_id from runs`,
        `alter table workspaces add column deleted_at integer`,
        `create table access_revision (id integer primary key check (id = 1), revision integer not null)`,
        `insert into access_revision values (1, 0)`,
        ...['insert', 'update', 'delete'].flatMap((event) => ['members', 'tokens', 'staff'].map((table) => revised(table, event))),
        revised('users', 'update of name'),
        revised('workspaces', 'update'),
        revised('sessions', 'delete'),
      ]) await sql.raw(statement).execute(db)
    },
  },
  '0003_docs': {
    async up(db: Kysely<never>) {
      for (const statement of [
        `create table docs (id text primary key, workspace_id text not null references workspaces(id), project_id text, parent_id text, title text not null, rank text not null, created_by text, created_at integer not null, archived_at integer)`,
        `create index docs_workspace on docs(workspace_id, project_id)`,
      ]) await sql.raw(statement).execute(db)
    },
  },
  '0004_file_versions': {
    async up(db: Kysely<never>) {
      // SQLite cannot take away a "not null": both tables are made anew, the one that refers first, so that no row ever refers to nothing.
      for (const statement of [
        `create table new_files (id text primary key, workspace_id text not null references workspaces(id), mission_id text, project_id text, kind text not null, name text not null, created_at integer not null, deleted_at integer, deleted_by text, check ((mission_id is null) <> (project_id is null)))`,
        `insert into new_files (id, workspace_id, mission_id, kind, name, created_at, deleted_at) select id, workspace_id, mission_id, kind, name, created_at, deleted_at from files`,
        `create table new_file_versions (file_id text not null references new_files(id), version integer not null, hash text not null, size integer not null, type text not null, created_by text not null, run_id text, created_at integer not null, primary key (file_id, version))`,
        `insert into new_file_versions (file_id, version, hash, size, type, created_by, run_id, created_at) select file_id, version, hash, size, type, created_by, run_id, created_at from file_versions`,
        `drop table file_versions`,
        `drop table files`,
        `alter table new_files rename to files`,
        `alter table new_file_versions rename to file_versions`,
        `create index files_mission on files(mission_id)`,
        `create index files_project on files(project_id)`,
        `create index files_workspace on files(workspace_id)`,
        `create index file_versions_hash on file_versions(hash)`,
        `create index file_versions_run on file_versions(run_id)`,
        `create table uploads (id text primary key, workspace_id text not null references workspaces(id), mission_id text, project_id text, file_id text, name text not null, size integer not null, sha256 text, created_by text not null, created_at integer not null, expires_at integer not null, outcome text, check ((mission_id is null) <> (project_id is null)))`,
        `create index uploads_workspace on uploads(workspace_id)`,
        `create table file_texts (hash text primary key, name text not null, type text not null, status text not null, reason text not null, engine integer not null, attempts integer not null, content blob, created_at integer not null)`,
        `create index file_texts_status on file_texts(status)`,
      ]) await sql.raw(statement).execute(db)
    },
  },
  '0005_activity': {
    async up(db: Kysely<never>) {
      for (const statement of [
        `create table activity (id integer primary key autoincrement, seq integer not null unique, workspace_id text not null references workspaces(id), topic text, kind text not null, at integer not null, until integer not null, count integer not null, actor_kind text not null, actor_id text, actor_name text not null, subject_kind text not null, subject_id text not null, subject_name text not null, mission_id text, project_id text, run_id text, details text not null check (json_valid(details)))`,
        `create index activity_workspace on activity(workspace_id, id)`,
        `create index activity_news on activity(workspace_id, seq)`,
        `create index activity_topic on activity(workspace_id, topic, id) where topic is not null`,
        `create index activity_mission on activity(workspace_id, mission_id, id)`,
        `create index activity_project on activity(workspace_id, project_id, id)`,
        `create index activity_actor on activity(workspace_id, actor_id, id)`,
      ]) await sql.raw(statement).execute(db)
    },
  },
  '0006_inbox': {
    async up(db: Kysely<never>) {
      for (const statement of [
        `alter table missions add column reviewer_id text`,
        `create table approvals (mission_id text primary key, workspace_id text not null, review_id text, edit text) without rowid`,
        `create index approvals_workspace on approvals(workspace_id)`,
        // What is in Done by now was moved there before that was an approval.
        `insert into approvals select id, workspace_id, null, null from missions where status = 'done'`,
        `create table inbox (id text primary key, workspace_id text not null references workspaces(id), user_id text not null, reason text not null, source text not null, kind text not null, mission_id text, doc_id text, place text not null, by_id text, words text not null, since integer not null, read_at integer, done_at integer, snoozed_until integer, woken_at integer, settled_at integer, settled_why text not null, unique (workspace_id, user_id, reason))`,
        `create index inbox_person on inbox(workspace_id, user_id, done_at, settled_at)`,
        `create index inbox_source on inbox(source)`,
        `create index inbox_snoozed on inbox(snoozed_until) where snoozed_until is not null`,
        `create table inbox_followed (doc text primary key, seq integer not null) without rowid`,
        // What was said before there were inboxes is not brought up as news.
        `insert into inbox_followed select doc, max(seq) from (select doc, max(seq) as seq from updates group by doc union all select doc, upto_seq from snapshots) where doc like 'mission/%' or doc like 'doc/%' group by doc`,
      ]) await sql.raw(statement).execute(db)
    },
  },
  '0007_people': {
    async up(db: Kysely<never>) {
      for (const statement of [
        `alter table users add column time_zone text`,
        ...['created_at integer', 'last_seen_at integer', 'user_agent text', 'address text'].map((column) => `alter table sessions add column ${column}`),
        `create table avatars (user_id text primary key references users(id) on delete cascade, hash text not null, type text not null, data blob not null, created_at integer not null)`,
        ...['insert', 'update', 'delete'].map((event) =>
          `create trigger avatars_${event}_revises_access after ${event} on avatars begin update access_revision set revision = revision + 1; end`),
        `create table password_resets (hash text primary key, user_id text not null references users(id) on delete cascade, created_by text, created_at integer not null, expires_at integer not null, used_at integer)`,
        `create index password_resets_user on password_resets(user_id)`,
        `create table member_visits (workspace_id text not null references workspaces(id), user_id text not null, at integer not null, primary key (workspace_id, user_id)) without rowid`,
      ]) await sql.raw(statement).execute(db)
    },
  },
  '0008_text_versions': {
    async up(db: Kysely<never>) {
      for (const statement of [
        `create table text_versions (doc text not null, version integer not null, workspace_id text not null references workspaces(id), kind text not null, name text not null, by text, at integer not null, words integer not null, added integer not null, removed integer not null, markdown text not null, content blob not null, hash text not null, primary key (doc, version))`,
        `create index text_versions_workspace on text_versions(workspace_id)`,
        `create table text_version_reads (run_id text not null, doc text not null, version integer not null, primary key (run_id, doc), foreign key (doc, version) references text_versions(doc, version) on delete cascade) without rowid`,
        `create index text_version_reads_version on text_version_reads(doc, version)`,
      ]) await sql.raw(statement).execute(db)
    },
  },
  '0009_read_marks': {
    async up(db: Kysely<never>) {
      for (const statement of [
        `create table read_marks (actor_id text not null, doc text not null, workspace_id text not null, since real not null, seen text not null, at integer not null, primary key (actor_id, doc)) without rowid`,
        `create index read_marks_workspace on read_marks(workspace_id, actor_id)`,
      ]) await sql.raw(statement).execute(db)
    },
  },
  '0010_staff_and_asks': {
    async up(db: Kysely<never>) {
      for (const statement of [
        ...[
          `tools text not null default '[]'`, `autonomy text not null default 'autonomous'`, `always_allowed text not null default '[]'`, `model text not null default ''`,
          `avatar text`, `instructions_version integer not null default 1`, `most_turns integer not null default 40`, `most_minutes integer not null default 30`,
          `most_tokens integer not null default 1000000`, `most_micros integer`, `month_micros integer`, `month_runs integer`, `concurrency integer not null default 1`,
          `paused_at integer`, `archived_at integer`, `created_by text`,
        ].map((column) => `alter table staff add column ${column}`),
        `update staff set tools = '["search","read_attachment","read_artifact","read_doc","comment","ask_human","write_file","write_pdf","make_chart","edit_doc","propose_mission","hand_to"]'`,
        `create table staff_instructions (staff_id text not null references staff(id), version integer not null, text text not null, by text, at integer not null, primary key (staff_id, version)) without rowid`,
        `insert into staff_instructions select id, 1, instructions, null, created_at from staff`,
        `create table engine_settings (workspace_id text primary key references workspaces(id), base_url text not null, api_key blob, model text not null, prices text not null, updated_by text, updated_at integer not null)`,
        `create table mcp_servers (id text primary key, workspace_id text not null references workspaces(id), name text not null, transport text not null, address text not null, secrets blob, enabled integer not null, created_by text, created_at integer not null)`,
        `create index mcp_servers_workspace on mcp_servers(workspace_id)`,
        `alter table workspaces add column runs_stopped_at integer`,
        `alter table workspaces add column fetch_allowed text not null default '[]'`,
        ...[
          `code text not null default ''`, `losses integer not null default 0`, `cause text not null default '{}'`, `chain text not null default '[]'`, `engine text not null default 'offline'`,
          `model text not null default ''`, `instructions_version integer not null default 1`, `turns integer not null default 0`, `input_tokens integer not null default 0`,
          `output_tokens integer not null default 0`, `micros integer`, `working_ms integer not null default 0`, `checkpoint blob`, `retry_of text`,
          `claimed_at integer`, `hand_over text`, `worker_id text`,
        ].map((column) => `alter table runs add column ${column}`),
        `create index runs_staff on runs(staff_id, created_at)`,
        `create index runs_workspace on runs(workspace_id, created_at)`,
        `create table run_entries (run_id text not null references runs(id), seq integer not null, entry text not null, primary key (run_id, seq)) without rowid`,
        `create table run_asks (id text primary key, run_id text not null references runs(id), workspace_id text not null, key text not null, kind text not null, question text not null, choices text not null, tool text not null, args text not null, asked_at integer not null, answered_at integer, answered_by text, answer text, verdict text, unique (run_id, key))`,
        `create index run_asks_open on run_asks(workspace_id, answered_at)`,
        `create table run_tool_calls (run_id text not null references runs(id), key text not null, tool text not null, answer text not null, at integer not null, primary key (run_id, key)) without rowid`,
        `create table run_edits (run_id text not null references runs(id), n integer not null, doc text not null, edit text not null, at integer not null, undone_at integer, undone_by text, primary key (run_id, n)) without rowid`,
        `create table proposals (id text primary key, workspace_id text not null references workspaces(id), title text not null, state text not null, by text not null, chat_id text, created_at integer not null)`,
        `create index proposals_workspace on proposals(workspace_id, state)`,
        `create table chats (id text primary key, workspace_id text not null references workspaces(id), project_id text, title text not null, created_by text not null, created_at integer not null, archived_at integer, last_at integer not null, last_by text, last_words text not null)`,
        `create index chats_workspace on chats(workspace_id, last_at)`,
        `create table workers (id text primary key, name text not null, workspace_id text, staff_id text, version text not null, concurrency integer not null, busy integer not null, first_seen_at integer not null, last_seen_at integer not null, state text not null)`,
      ]) await sql.raw(statement).execute(db)
    },
  },
  '0011_library': {
    async up(db: Kysely<never>) {
      for (const statement of [
        `create table given (kind text not null, target_id text not null, source text not null, workspace_id text not null references workspaces(id), by_id text not null, at integer not null, primary key (kind, target_id, source)) without rowid`,
        `create index given_source on given(workspace_id, source)`,
        `create table collections (id text primary key, workspace_id text not null references workspaces(id), name text not null, created_by text not null, created_at integer not null)`,
        `create index collections_workspace on collections(workspace_id)`,
        `create table collection_files (collection_id text not null references collections(id) on delete cascade, file_id text not null, by_id text not null, at integer not null, primary key (collection_id, file_id)) without rowid`,
        `create index collection_files_file on collection_files(file_id)`,
        `create table pins (file_id text primary key, workspace_id text not null references workspaces(id), by_id text not null, at integer not null) without rowid`,
        `create index pins_workspace on pins(workspace_id)`,
        `create table notes (id text primary key, workspace_id text not null references workspaces(id), staff_id text not null, run_id text not null, mission_id text not null, text text not null, why text not null, hash text not null, state text not null, at integer not null, decided_by text, decided_at integer, doc_id text, unique (staff_id, hash))`,
        `create index notes_workspace on notes(workspace_id, state)`,
        `create index notes_run on notes(run_id)`,
        `create table run_reads (run_id text not null references runs(id), source text not null, version text not null, reason text not null, primary key (run_id, source)) without rowid`,
        `create index run_reads_source on run_reads(source)`,
        `create table run_verdicts (run_id text primary key, workspace_id text not null references workspaces(id), mission_id text not null, verdict text not null, by_id text not null, at integer not null) without rowid`,
        `create index run_verdicts_mission on run_verdicts(mission_id)`,
        `create index run_verdicts_workspace on run_verdicts(workspace_id)`,
        `create table verdicts_followed (doc text primary key, workspace_id text not null references workspaces(id), seq integer not null) without rowid`,
        `create index verdicts_followed_workspace on verdicts_followed(workspace_id)`,
        `create index files_of_kind on files(workspace_id, kind) where deleted_at is null`,
      ]) await sql.raw(statement).execute(db)
    },
  },
  '0012_routines': {
    async up(db: Kysely<never>) {
      for (const statement of [
        `create table routines (id text primary key, workspace_id text not null references workspaces(id), name text not null, instructions text not null, kind text not null, trigger text not null, staff_id text not null, project_id text, autonomy text not null, delivery text not null, missed text not null, jitter_minutes integer not null, end_after integer not null, enabled integer not null, created_by text not null, created_at integer not null, deleted_at integer, failures integer not null, ended_at integer, ended_why text not null, next_at integer, fire_at integer, planned_at integer, hook_id text not null unique, hook_secret blob, send_secret blob)`,
        `create index routines_workspace on routines(workspace_id)`,
        `create index routines_due on routines(fire_at) where fire_at is not null`,
        `create table routine_firings (id text primary key, routine_id text not null references routines(id), workspace_id text not null, key text not null, cause text not null, state text not null, due_at integer not null, count integer not null, mission_id text not null, run_id text, about text, payload text not null, chain text not null, by text, reason text not null, created_at integer not null, started_at integer, ended_at integer, tries integer not null, try_at integer, unique (routine_id, key))`,
        `create index routine_firings_state on routine_firings(state, routine_id)`,
        `create index routine_firings_history on routine_firings(routine_id, created_at)`,
        `create index routine_firings_mission on routine_firings(mission_id)`,
        `create index routine_firings_workspace on routine_firings(workspace_id)`,
        `alter table runs add column autonomy text`,
      ]) await sql.raw(statement).execute(db)
    },
  },
  '0013_templates': {
    async up(db: Kysely<never>) {
      for (const statement of [
        `alter table missions add column blocked_by text not null default '[]'`,
        `create index missions_blocked on missions(workspace_id) where blocked_by <> '[]'`,
        `create table templates (id text primary key, workspace_id text not null references workspaces(id), name text not null, description text not null, content text not null check (json_valid(content)), version integer not null, created_by text, created_at integer not null, updated_by text, updated_at integer not null, archived_at integer, uses integer not null, used_at integer)`,
        `create index templates_workspace on templates(workspace_id)`,
      ]) await sql.raw(statement).execute(db)
    },
  },
  '0014_coo': {
    async up(db: Kysely<never>) {
      const one = 'check ((mission_id is null) + (project_id is null) + (chat_id is null) = 2)'
      // As in 0004: what a file belongs to is checked, and a check cannot be changed.
      for (const statement of [
        `create table new_files (id text primary key, workspace_id text not null references workspaces(id), mission_id text, project_id text, chat_id text, kind text not null, name text not null, created_at integer not null, deleted_at integer, deleted_by text, ${one})`,
        `insert into new_files (id, workspace_id, mission_id, project_id, kind, name, created_at, deleted_at, deleted_by) select id, workspace_id, mission_id, project_id, kind, name, created_at, deleted_at, deleted_by from files`,
        `create table new_file_versions (file_id text not null references new_files(id), version integer not null, hash text not null, size integer not null, type text not null, created_by text not null, run_id text, created_at integer not null, primary key (file_id, version))`,
        `insert into new_file_versions (file_id, version, hash, size, type, created_by, run_id, created_at) select file_id, version, hash, size, type, created_by, run_id, created_at from file_versions`,
        `drop table file_versions`,
        `drop table files`,
        `alter table new_files rename to files`,
        `alter table new_file_versions rename to file_versions`,
        `create index files_mission on files(mission_id)`,
        `create index files_project on files(project_id)`,
        `create index files_chat on files(chat_id)`,
        `create index files_workspace on files(workspace_id)`,
        `create index files_of_kind on files(workspace_id, kind) where deleted_at is null`,
        `create index file_versions_hash on file_versions(hash)`,
        `create index file_versions_run on file_versions(run_id)`,
        `create table new_uploads (id text primary key, workspace_id text not null references workspaces(id), mission_id text, project_id text, chat_id text, file_id text, name text not null, size integer not null, sha256 text, created_by text not null, created_at integer not null, expires_at integer not null, outcome text, ${one})`,
        `insert into new_uploads (id, workspace_id, mission_id, project_id, file_id, name, size, sha256, created_by, created_at, expires_at, outcome) select id, workspace_id, mission_id, project_id, file_id, name, size, sha256, created_by, created_at, expires_at, outcome from uploads`,
        `drop table uploads`,
        `alter table new_uploads rename to uploads`,
        `create index uploads_workspace on uploads(workspace_id)`,
        `alter table workspaces add column approvers text not null default 'members'`,
      ]) await sql.raw(statement).execute(db)
    },
  },
  '0015_routine_templates': {
    async up(db: Kysely<never>) {
      await sql`alter table routines add column template text`.execute(db)
    },
  },
  '0016_figures': {
    async up(db: Kysely<never>) {
      // All that figures are counted from, without the rest of the rows: what runs read and what entries tell is long.
      for (const statement of [
        `create index activity_moves on activity(workspace_id, id, mission_id, until, json_extract(details, '$.to')) where mission_id is not null and kind in ('mission.created', 'mission.moved', 'mission.restored')`,
        `create index runs_figures on runs(workspace_id, id, mission_id, staff_id, state, created_at, ended_at, input_tokens, output_tokens, micros)`,
      ]) await sql.raw(statement).execute(db)
    },
  },
  '0017_offered_once': {
    async up(db: Kysely<never>) {
      await sql`alter table chats add column offered text not null default ''`.execute(db)
    },
  },
}
