import type { TextLanguage } from '../../shared/model/entry.ts'

const byName: readonly (readonly [name: RegExp, language: TextLanguage])[] = [
  [/\.(?:xml|xsd|xsl|xslt|svg|plcopen|project\.xml|mobileconfig|plist|csproj)$/i, 'xml'],
  [/\.(?:json|jsonc|webmanifest|geojson|map)$/i, 'json'],
  [/\.(?:sql|ddl|dump)$/i, 'sql'],
  [/\.(?:ya?ml)$/i, 'yaml'],
  [/\.(?:ini|conf|cfg|cnf|properties|txt|log|md|csv|sh|js|html?)$/i, 'plain'],
]

/** What texts begin with that say no more than that in their name. */
const byBeginning: readonly (readonly [beginning: RegExp, language: TextLanguage])[] = [
  [/^<\?xml\s/, 'xml'],
  [/^\{\s*(?:"|\}|$)/, 'json'],
  [/^\[\s*(?:[{[\]"]|-?[0-9]|(?:true|false|null)\b)/, 'json'],
  [/^-- (?:MySQL|MariaDB|PostgreSQL|phpMyAdmin)\b/, 'sql'],
  [
    /^(?:PRAGMA foreign_keys|BEGIN TRANSACTION;|CREATE (?:TABLE|DATABASE)\b|INSERT INTO\b|DROP TABLE\b)/i,
    'sql',
  ],
  [/^(?:%YAML |---\r?\n|apiVersion: )/, 'yaml'],
]

/** The language of a text for a viewer's colours and folds: by the name where it says so, else by how the text begins. */
export function languageOf(path: string, text: string): TextLanguage {
  const beginning = text.slice(0, 4096).trimStart()
  const markup = byBeginning[0]
  // A prologue says more than any name.
  if (markup?.[0].test(beginning) === true) return 'xml'
  const named = byName.find(([name]) => name.test(path))
  if (named !== undefined) return named[1]
  return byBeginning.find(([pattern]) => pattern.test(beginning))?.[1] ?? 'plain'
}
