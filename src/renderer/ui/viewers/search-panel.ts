import { openSearchPanel, SearchQuery, setSearchQuery } from '@codemirror/search'
import { EditorSelection } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/** A plain text, no pattern. */
export interface TextToFind {
  readonly text: string
  readonly matchCase: boolean
}

/**
 * Opens the search of a view with a text in it, and selects the first place where it stands, in the middle of what is in
 * sight; nothing is selected where it stands nowhere. To be called before the view is in the page: there, the search
 * field would take the focus.
 */
export function openSearchFor(view: EditorView, { text, matchCase }: TextToFind): void {
  const query = new SearchQuery({ search: text, caseSensitive: matchCase, literal: true })
  const found = query.getCursor(view.state).next()
  // Selected only afterwards: it opens with what is selected then.
  openSearchPanel(view)
  view.dispatch({ effects: setSearchQuery.of(query) })
  if (found.done === true) return
  const selection = EditorSelection.single(found.value.from, found.value.to)
  view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.main, { y: 'center' }) })
}
