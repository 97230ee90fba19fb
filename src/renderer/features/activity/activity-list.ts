import { createStore } from 'zustand/vanilla'
import { activityActions, type ActivityAction, type ActivityEntry } from '../../../shared/model/activity.ts'
import { formatSize } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import type { Language } from '../../../shared/text/language.ts'
import { activityTexts } from './texts.ts'

/** Which entries are shown, beside what is searched for. */
export const activityFilters = ['all', 'backups', 'restores', 'devices', 'failures'] as const
export type ActivityFilter = (typeof activityFilters)[number]

const actionsOf: Readonly<Record<Exclude<ActivityFilter, 'all'>, readonly ActivityAction[]>> = {
  backups: [
    'backup-made',
    'archive-imported',
    'archive-exported',
    'files-taken-out',
    'archive-refused',
    'refusal-opened',
  ],
  restores: ['restore-intended', 'restore-ended', 'safety-backup-skipped'],
  devices: ['device-added', 'device-removed', 'pin-accepted'],
  failures: ['job-failed', 'archive-refused'],
}

interface ActivityList {
  readonly query: string
  readonly filter: ActivityFilter
  readonly selected: ReadonlySet<string>
}

/** What a person set in the activity view; outlives it. */
export const activityList = createStore<ActivityList>(() => ({
  query: '',
  filter: 'all',
  selected: new Set(),
}))

export function setActivityList(change: Partial<ActivityList>): void {
  activityList.setState(change)
}

/** What was done, in words; an action of a newer version shows its name. */
export function actionText(action: string, language: Language): string {
  const known = activityActions.find((each) => each === action)
  return known === undefined ? action : activityTexts[language].actions[known]
}

/** A fact's name and value in words. The history is read from a file, so a name may be anything. */
export function factText(
  name: string,
  value: string,
  language: Language,
): { readonly label: string; readonly value: string } {
  return {
    label: wordOf(activityTexts[language].facts, name) ?? name,
    value: valueText(name, value, language),
  }
}

function valueText(name: string, value: string, language: Language): string {
  const texts = activityTexts[language]
  if (value === 'true') return texts.yes
  if (value === 'false') return texts.no
  if (name === 'sizeBytes' && /^\d+$/.test(value)) return formatSize(Number(value), language)
  const words = wordsIn(language)
  if (name === 'kind') return wordOf(words.jobKind, value) ?? value
  if (name === 'outcome') return wordOf(words.outcome, value) ?? value
  return value
}

function wordOf(words: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined
}

/** The facts that tell the most, in one line for the list. */
export function summaryOf({ facts }: ActivityEntry, language: Language): string {
  const telling = ['outcome', 'file', 'reason', 'code', 'archive', 'address', 'compared']
  return telling
    .flatMap((name) => {
      const value = facts[name]
      if (value === undefined || value === '') return []
      const shown = factText(name, value, language)
      return [name === 'compared' ? `${shown.label}: ${shown.value}` : shown.value]
    })
    .join(' · ')
}

/** The entries that filter and search let through. */
export function shownEntries(
  entries: readonly ActivityEntry[],
  { query, filter }: Pick<ActivityList, 'query' | 'filter'>,
  language: Language,
): readonly ActivityEntry[] {
  const words = query.trim().toLocaleLowerCase().split(/\s+/)
  return entries.filter((entry) => {
    const isIn = filter === 'all' || actionsOf[filter].some((action) => action === entry.action)
    if (!isIn) return false
    const { action, actor, subject, facts } = entry
    const text = [actionText(action, language), actor, subject, ...Object.values(facts)].join('\n')
    return words.every((word) => text.toLocaleLowerCase().includes(word))
  })
}
