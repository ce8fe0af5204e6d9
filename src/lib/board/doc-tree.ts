import type { Doc } from './doc.ts'
import type { DocId, ProjectId } from './ids.ts'
import { byRank } from './rank.ts'

/** A doc at its place; `under` is where it truly stands, whatever its own field says. */
export type DocNode = { doc: Doc; under: DocId | null; children: DocNode[] }

/** A line of the tree as it is shown from top to bottom; `position` from 1, of `siblings`. */
export type DocLine = { doc: Doc; under: DocId | null; depth: number; position: number; siblings: number; children: number }

/** No tree of pages that people make is deeper; what is stored deeper is shown beside what it stands under. */
export const deepest = 20

/**
 * The docs of a project as a tree, archived ones included. Every doc stands in it exactly once, whatever people did at the same
 * time: one whose parent is gone, or of another project, stands at the top; and where moves that met have put docs under each
 * other in a circle, the first of that circle, by rank and id, stands at the top with the others under it.
 */
export function docTree(docs: Iterable<Doc>, projectId: ProjectId): DocNode[] {
  const own = [...docs].filter((doc) => doc.projectId === projectId).sort(byRank)
  const nodes = new Map<DocId, DocNode>(own.map((doc) => [doc.id, { doc, under: null, children: [] }]))
  for (const node of nodes.values()) node.under = node.doc.parentId && nodes.has(node.doc.parentId) ? node.doc.parentId : null
  openCircles(nodes)

  const below = Map.groupBy(nodes.values(), ({ under }) => under)
  const top = below.get(null) ?? []
  const row = top.map((node) => ({ node, depth: 1, beside: top }))
  // Not by recursion: a hostile chain of thousands would be one of calls.
  for (let at = 0; at < row.length; at++) {
    const { node, depth, beside } = row[at]!
    for (const child of below.get(node.doc.id) ?? []) {
      const fits = depth < deepest
      if (!fits) child.under = node.under
      const list = fits ? node.children : beside
      list.push(child)
      row.push({ node: child, depth: fits ? depth + 1 : depth, beside: list })
    }
  }
  return top
}

/** Nodes come by rank and id, so that everybody opens a circle at the same doc. */
function openCircles(nodes: ReadonlyMap<DocId, DocNode>) {
  const clear = new Set<DocId>()
  for (const start of nodes.values()) {
    const way = new Set<DocId>()
    let at: DocNode | undefined = start
    while (at && !clear.has(at.doc.id) && !way.has(at.doc.id)) {
      way.add(at.doc.id)
      at = at.under ? nodes.get(at.under) : undefined
    }
    if (at && way.has(at.doc.id)) firstOfCircle(nodes, at).under = null
    for (const id of way) clear.add(id)
  }
}

function firstOfCircle(nodes: ReadonlyMap<DocId, DocNode>, on: DocNode): DocNode {
  let first = on
  for (let at = nodes.get(on.under!)!; at !== on; at = nodes.get(at.under!)!) if (byRank(at.doc, first.doc) < 0) first = at
  return first
}

/** The tree without what is deleted, and without what stands under it. */
export const present = (tree: readonly DocNode[]): DocNode[] =>
  tree.filter(({ doc }) => doc.archivedAt === null).map((node) => ({ ...node, children: present(node.children) }))

/** What was deleted, each with all that stands under it. */
export const deleted = (tree: readonly DocNode[]): DocNode[] =>
  tree.flatMap((node) => (node.doc.archivedAt === null ? deleted(node.children) : [node]))

/** From top to bottom; those under a doc of `closed` are left out. */
export function linesOf(tree: readonly DocNode[], closed: ReadonlySet<DocId> = new Set(), depth = 0): DocLine[] {
  return tree.flatMap(({ doc, under, children }, index) => [
    { doc, under, depth, position: index + 1, siblings: tree.length, children: children.length },
    ...(closed.has(doc.id) ? [] : linesOf(children, closed, depth + 1)),
  ])
}

/** The nodes from the top down to this doc, itself the last; empty where it is not in the tree. */
export function wayTo(tree: readonly DocNode[], id: DocId): DocNode[] {
  for (const node of tree) {
    if (node.doc.id === id) return [node]
    const further = wayTo(node.children, id)
    if (further.length > 0) return [node, ...further]
  }
  return []
}

/** The docs of one parent, in order. */
export const childrenOf = (tree: readonly DocNode[], parent: DocId | null): readonly DocNode[] =>
  parent === null ? tree : wayTo(tree, parent).at(-1)?.children ?? []

/** Where a doc goes: under which doc, before which of those there, counted without itself. */
export type DocPlace = { parentId: DocId | null; index: number }

/** One step of the keyboard; `null` where there is none to make. `in`: under the one above it. `out`: behind the one it is under. */
export function stepFrom(tree: readonly DocNode[], id: DocId, step: 'up' | 'down' | 'in' | 'out'): DocPlace | null {
  const way = wayTo(tree, id)
  const under = way.at(-2) ?? null
  if (way.length === 0) return null
  const parentId = under?.doc.id ?? null
  const beside = under?.children ?? tree
  const at = beside.findIndex(({ doc }) => doc.id === id)
  switch (step) {
    case 'up': return at > 0 ? { parentId, index: at - 1 } : null
    case 'down': return at < beside.length - 1 ? { parentId, index: at + 1 } : null
    case 'in': {
      const above = beside[at - 1]
      return above ? { parentId: above.doc.id, index: above.children.length } : null
    }
    case 'out': {
      if (!under) return null
      const above = way.at(-3)
      return { parentId: above?.doc.id ?? null, index: (above?.children ?? tree).indexOf(under) + 1 }
    }
  }
}
