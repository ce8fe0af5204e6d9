import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

// Where code may look, as ARCHITECTURE.md says it. Every rule names the file and the line that breaks it.

type Import = { from: string; line: number; specifier: string; typeOnly: boolean; target: string }
type Source = { path: string; text: string; tree: ts.SourceFile }

const listed = (...patterns: string[]) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...patterns], { encoding: 'utf8' })
    .split('\n').filter((path) => path !== '' && existsSync(path))

/** The script of a component, with the markup blanked out so that lines stay what they are. */
const scriptOf = (component: string) => {
  let script = ''
  let at = 0
  for (const match of component.matchAll(/(<script\b[^>]*>)([\s\S]*?)<\/script>/g)) {
    const start = match.index + (match[1] ?? '').length
    script += component.slice(at, start).replace(/[^\n]/g, ' ') + match[2]
    at = start + (match[2] ?? '').length
  }
  return script
}

const sources: Source[] = listed('*.ts', '*.svelte').map((path) => {
  const text = readFileSync(path, 'utf8')
  const code = path.endsWith('.svelte') ? scriptOf(text) : text
  return { path, text, tree: ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS) }
})

function walk(node: ts.Node, visit: (node: ts.Node) => void) {
  visit(node)
  ts.forEachChild(node, (child) => walk(child, visit))
}

const lineOf = (tree: ts.SourceFile, node: ts.Node) => tree.getLineAndCharacterOfPosition(node.getStart()).line + 1

/** Where a specifier leads: a path of this project, or the name of a package. */
const resolveFrom = (path: string, specifier: string) =>
  specifier.startsWith('.') ? join(dirname(path), specifier)
    : specifier.startsWith('#lib/') ? specifier.replace('#lib/', 'src/lib/')
      : specifier.startsWith('$lib') ? specifier.replace('$lib', 'src/lib')
        : specifier

function importsOf({ path, tree }: Source): Import[] {
  const found: Import[] = []
  const add = (node: ts.Node, name: ts.Node | undefined, typeOnly: boolean) => {
    if (!name || !ts.isStringLiteralLike(name)) return
    found.push({ from: path, line: lineOf(tree, node), specifier: name.text, typeOnly, target: resolveFrom(path, name.text) })
  }
  walk(tree, (node) => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, isTypeOnly(node))
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node, node.argument.literal, true)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node, node.arguments[0], false)
  })
  return found
}

/** `import type {…}` alone leaves no trace at runtime: `import { type A }` still loads the module. */
const isTypeOnly = (node: ts.ImportDeclaration) => node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword

const imports = sources.flatMap(importsOf)
const within = (path: string, folder: string) => path.startsWith(`${folder}/`)
const isTest = (path: string) => /\.(test|spec)\.ts$/.test(path) || within(path, 'tests')
const told = (found: Import[]) => found.map(({ from, line, specifier }) => `${from}:${line} imports ${specifier}`)

/** Every place in the project's code where `breaks` holds. */
const places = (breaks: (node: ts.Node, source: Source) => boolean) => sources.flatMap((source) => {
  const found: string[] = []
  walk(source.tree, (node) => {
    if (breaks(node, source)) found.push(`${source.path}:${lineOf(source.tree, node)}`)
  })
  return found
})

test('there is something to look at', () => {
  expect(sources.length).toBeGreaterThan(10)
  expect(imports.length).toBeGreaterThan(10)
})

describe('who may import whom', () => {
  test('src/lib imports neither routes nor server', () => {
    expect(told(imports.filter(({ from, target }) =>
      within(from, 'src/lib') && !isTest(from) && (within(target, 'src/routes') || within(target, 'server'))))).toEqual([])
  })

  test('server imports src only through src/lib', () => {
    expect(told(imports.filter(({ from, target }) => within(from, 'server') && within(target, 'src') && !within(target, 'src/lib')))).toEqual([])
  })

  test('pages take only types from the server: at runtime there are two module graphs', () => {
    expect(told(imports.filter(({ from, target, typeOnly }) =>
      within(from, 'src') && !isTest(from) && within(target, 'server') && !typeOnly))).toEqual([])
  })

  test('nothing imports from tests or bench but they themselves', () => {
    const outside = (path: string) => !within(path, 'tests') && !within(path, 'bench') && !isTest(path) && path !== 'playwright.config.ts'
    expect(told(imports.filter(({ from, target }) => outside(from) && (within(target, 'tests') || within(target, 'bench'))))).toEqual([])
  })

  test('a .ts file never imports a component or a file of runes', () => {
    expect(told(imports.filter(({ from, specifier, typeOnly }) =>
      from.endsWith('.ts') && !from.endsWith('.svelte.ts') && !isTest(from) && !typeOnly && /\.svelte(\.ts)?$/.test(specifier)))).toEqual([])
  })

  test('src/lib/board imports only yjs, fractional-indexing and itself', () => {
    const allowed = (target: string) => target === 'yjs' || target === 'fractional-indexing' || within(target, 'src/lib/board')
    expect(told(imports.filter(({ from, target }) => within(from, 'src/lib/board') && !isTest(from) && !allowed(target)))).toEqual([])
  })

  test('the project\'s own files are imported with their ending, as Node needs it', () => {
    const own = ({ specifier }: Import) => /^(\.|#lib\/)/.test(specifier) && !specifier.startsWith('./$types')
    expect(told(imports.filter((found) => own(found) && !/\.(ts|js|svelte|css|json)(\?\w+)?$/.test(found.specifier)))).toEqual([])
  })
})

describe('what code may touch', () => {
  const named = (node: ts.Node, object: string, property: string) =>
    ts.isPropertyAccessExpression(node) && node.expression.getText() === object && node.name.text === property

  test('src/lib/board has no clock and no randomness: times and ids are arguments', () => {
    expect(places((node, { path }) => within(path, 'src/lib/board') && !isTest(path) && (
      named(node, 'Date', 'now') || named(node, 'Math', 'random') || named(node, 'performance', 'now') ||
      (ts.isIdentifier(node) && node.text === 'crypto') ||
      (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0)))).toEqual([])
  })

  test('only server/config.ts reads the environment', () => {
    // main.ts hands it over as a whole, and sets what adapter-node reads.
    const handedOver = (node: ts.Node) =>
      (ts.isCallExpression(node.parent) && node.parent.arguments.some((argument) => argument === node)) || isAssigned(node)
    const isAssigned = (node: ts.Node): boolean =>
      (ts.isPropertyAccessExpression(node.parent) || ts.isElementAccessExpression(node.parent)) &&
      ts.isBinaryExpression(node.parent.parent) && node.parent.parent.left === node.parent &&
      node.parent.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
    expect(places((node, { path }) => (within(path, 'server') || within(path, 'src')) && !isTest(path) && path !== 'server/config.ts' &&
      named(node, 'process', 'env') && !(/(^|\/)main\.ts$/.test(path) && handedOver(node)))).toEqual([])
  })
})

describe('what code may not say', () => {
  test('no any', () => {
    expect(places((node) => node.kind === ts.SyntaxKind.AnyKeyword)).toEqual([])
  })

  test('no enums, which Node does not strip', () => {
    expect(places((node) => ts.isEnumDeclaration(node))).toEqual([])
  })

  test('no silenced type errors', () => {
    expect(sources.filter(({ text }) => /@ts-(ignore|nocheck|expect-error)/.test(text)).map(({ path }) => path)).toEqual([])
  })

  test('no reference to anything outside the project', () => {
    const outside = /\/(work|tmp|root|home)\/(main|shared|contracts|setup)\b|\b(DESIGN|STACK|STYLE|PRODUCT)\.md\b/
    const texts = listed('*.ts', '*.svelte', '*.js', '*.md', '*.css', '*.html', '*.json', '.ci/*')
      .filter((path) => path !== 'tests/architecture.test.ts')
    expect(texts.filter((path) => outside.test(readFileSync(path, 'utf8')))).toEqual([])
  })
})
