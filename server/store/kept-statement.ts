import { CompiledQuery } from 'kysely'
import type { Database } from './database.ts'

/** By dialect: a Postgres store would have its own. */
const known = new WeakMap<object, Map<string, string>>()

/**
 * A statement that is run at every edit, compiled once: building it cost more than running it. `name` stands for the statement with
 * all its columns; `values` are its parameters, in their order.
 */
export function keptStatement(db: Database, name: string, build: () => { compile(): { sql: string } }, values: readonly unknown[]) {
  const { adapter } = db.getExecutor()
  const statements = known.get(adapter) ?? new Map<string, string>()
  known.set(adapter, statements)
  let statement = statements.get(name)
  if (statement === undefined) statements.set(name, statement = build().compile().sql)
  return db.executeQuery(CompiledQuery.raw(statement, [...values]))
}
