import type { Language } from '../../shared/text/language.ts'
import { cssOfPage } from './page-style.ts'

/** A part of a printed page. All of its text is taken as text: nothing in it becomes markup. */
export type PrintSection =
  | { readonly kind: 'text'; readonly heading?: string; readonly lines: readonly string[] }
  | {
      readonly kind: 'table'
      readonly heading?: string
      readonly head: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }
  | {
      readonly kind: 'facts'
      readonly heading?: string
      readonly facts: readonly (readonly [string, string])[]
    }
  | { readonly kind: 'code'; readonly heading?: string; readonly text: string }
  | { readonly kind: 'steps'; readonly heading?: string; readonly steps: readonly string[] }

/** What is to be printed, in the person's language. `generatedAt` is the ready sentence of when it was made. */
export interface PrintDocument {
  readonly title: string
  readonly language: Language
  readonly generatedAt: string
  readonly sections: readonly PrintSection[]
}

/**
 * One self-contained HTML page: no script, no address, nothing loaded from anywhere. Every text is escaped, so names
 * that come from a device or a file can be printed.
 */
export function htmlDocument({ title, language, generatedAt, sections }: PrintDocument): string {
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(language)}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${cssOfPage}</style>`,
    '</head>',
    '<body>',
    `<header><h1>${escapeHtml(title)}</h1><p>${escapeHtml(generatedAt)}</p></header>`,
    ...sections.map(sectionHtml),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

/** The text as HTML shows it: never markup, neither in content nor in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`)
}

function sectionHtml(section: PrintSection): string {
  const heading = section.heading === undefined ? '' : `<h2>${escapeHtml(section.heading)}</h2>`
  return `<section>${heading}${bodyHtml(section)}</section>`
}

function bodyHtml(section: PrintSection): string {
  switch (section.kind) {
    case 'text':
      return section.lines.map((line) => element('p', line)).join('')
    case 'table':
      return tableHtml(section.head, section.rows)
    case 'facts':
      return `<dl>${section.facts.map(([name, value]) => element('dt', name) + element('dd', value)).join('')}</dl>`
    case 'code':
      return element('pre', section.text)
    case 'steps':
      return `<ol>${section.steps.map((step) => element('li', step)).join('')}</ol>`
  }
}

function tableHtml(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (name: string, cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => element(name, cell)).join('')}</tr>`
  const body = rows.map((cells) => row('td', cells)).join('')
  return `<table><thead>${row('th', head)}</thead><tbody>${body}</tbody></table>`
}

function element(name: string, text: string): string {
  return `<${name}>${escapeHtml(text)}</${name}>`
}
