import { json } from '@codemirror/lang-json'
import { sql } from '@codemirror/lang-sql'
import { xml } from '@codemirror/lang-xml'
import { yaml } from '@codemirror/lang-yaml'
import {
  HighlightStyle,
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  syntaxHighlighting,
} from '@codemirror/language'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { EditorView, drawSelection, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { ControlWords } from '../ui-provider.tsx'

export type CodeLanguage = 'plain' | 'json' | 'xml' | 'sql' | 'yaml'

const languages: Readonly<Record<CodeLanguage, () => Extension>> = {
  plain: () => [],
  json,
  xml: () => xml(),
  sql: () => sql(),
  yaml,
}

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.attributeName], color: 'var(--code-name)' },
  { tag: [tags.string, tags.attributeValue], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
  { tag: [tags.tagName, tags.keyword], color: 'var(--code-keyword)' },
  { tag: [tags.comment, tags.processingInstruction, tags.documentMeta], color: 'var(--text-muted)' },
])

const look = EditorView.theme({
  '&': {
    height: '100%',
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    fontSize: 'var(--size-compact)',
  },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', fontVariantLigatures: 'none', lineHeight: '1.25rem' },
  '.cm-content': { padding: '0.5rem 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 1rem 0 0.5rem' },
  '.cm-gutters': {
    backgroundColor: 'var(--surface)',
    color: 'var(--text-faint)',
    border: '0',
    userSelect: 'none',
  },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 0.25rem 0 0.75rem', minWidth: '2.5rem' },
  '.cm-foldGutter .cm-gutterElement': { padding: '0 0.125rem', cursor: 'default' },
  '.cm-foldPlaceholder': {
    border: '1px solid var(--line)',
    backgroundColor: 'var(--surface-sunken)',
    color: 'var(--text-muted)',
    margin: '0 0.25rem',
    padding: '0 0.25rem',
  },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'light-dark(oklch(0.86 0.06 283), oklch(0.42 0.09 282))',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--accent-quiet)' },
  '.cm-searchMatch': { backgroundColor: 'var(--caution-quiet)', outline: '1px solid var(--caution-line)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--caution-line)' },
  // The colours of the code are made for the surface.
  '.cm-searchMatch-selected *': { color: 'var(--text)' },
  '.cm-matchingBracket': { backgroundColor: 'var(--accent-quiet)', outline: '0' },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--bad-quiet)' },
  '&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine': { backgroundColor: 'var(--good-quiet)' },
  '&.cm-merge-a .cm-changedText': { background: 'color-mix(in oklab, var(--bad-line) 40%, transparent)' },
  '&.cm-merge-b .cm-changedText': { background: 'color-mix(in oklab, var(--good-line) 40%, transparent)' },
  '&.cm-merge-a .cm-changedLineGutter': { background: 'var(--bad-fill)' },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--good-fill)' },
  '.cm-collapsedLines': {
    padding: '0.125rem 0.5rem',
    background: 'var(--surface-sunken)',
    color: 'var(--text-muted)',
    fontFamily: 'var(--font-text)',
    fontSize: 'var(--size-small)',
    cursor: 'default',
    '&:before': { content: '"↕"', marginInlineEnd: '0.5rem' },
    '&:after': { content: '""' },
  },
  '.cm-specialChar': { color: 'var(--bad-text)' },
  '.cm-panels': {
    backgroundColor: 'var(--surface-sunken)',
    color: 'var(--text)',
    borderColor: 'var(--line)',
  },
  '.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-search': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    padding: '0.375rem 2.25rem 0.375rem 0.75rem',
    fontFamily: 'var(--font-text)',
  },
  '.cm-panel.cm-search label': {
    display: 'inline-flex',
    gap: '0.25rem',
    alignItems: 'center',
    marginInlineEnd: '0.5rem',
    fontSize: 'var(--size-small)',
  },
  '.cm-textfield': {
    minHeight: '1.75rem',
    padding: '0 0.5rem',
    border: '1px solid var(--line-control)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--text)',
    fontSize: 'var(--size-compact)',
    userSelect: 'text',
  },
  '.cm-button': {
    minHeight: '1.75rem',
    border: '1px solid var(--line-button)',
    borderRadius: 'var(--radius)',
    backgroundImage: 'none',
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--text)',
    fontSize: 'var(--size-compact)',
  },
  '.cm-panel.cm-search [name=close]': {
    top: '0.375rem',
    right: '0.5rem',
    width: '1.75rem',
    height: '1.75rem',
    fontSize: '1rem',
  },
})

function phrases(words: ControlWords): Extension {
  return EditorState.phrases.of({
    Find: words.findInText,
    next: words.findNext,
    previous: words.findPrevious,
    all: words.findAll,
    'match case': words.matchCase,
    'by word': words.wholeWord,
    regexp: words.pattern,
    close: words.close,
    'current match': words.currentMatch,
    'on line': words.onLine,
    'Fold line': words.fold,
    'Unfold line': words.unfold,
    'Folded lines': words.folded,
    'Unfolded lines': words.unfolded,
    folded: words.folded,
    unfold: words.unfold,
    'folded code': words.folded,
    'Control character': words.controlCharacter,
    'Selection deleted': '',
    '$ unchanged lines': words.unchangedLines,
  })
}

/** `native` selects only the lines that are in the page; this takes all. */
const selectWholeText = {
  key: 'Mod-a',
  run: (view: EditorView): boolean => {
    view.dispatch({ selection: { anchor: 0, head: view.state.doc.length } })
    return true
  },
}

/** Everything a read-only text needs: names, line numbers, folding, search, colours, the words of its panels. */
export function readOnlyText(label: string, language: CodeLanguage, words: ControlWords): Extension {
  return [
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-readonly': 'true',
      spellcheck: 'false',
      tabindex: '0',
    }),
    phrases(words),
    lineNumbers(),
    codeFolding(),
    foldGutter(),
    drawSelection(),
    highlightSpecialChars(),
    bracketMatching(),
    highlightSelectionMatches(),
    search({ top: true }),
    syntaxHighlighting(colours),
    keymap.of([selectWholeText, ...searchKeymap, ...foldKeymap]),
    languages[language](),
    look,
  ]
}
