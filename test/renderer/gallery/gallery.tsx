import { Boxes } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { Select } from '../../../src/renderer/ui/fields/select.tsx'
import { Sidebar } from '../../../src/renderer/ui/layout/sidebar.tsx'
import { applyTheme, themes } from '../../../src/renderer/ui/theme.ts'
import type { Theme } from '../../../src/renderer/ui/theme.ts'
import { UiProvider } from '../../../src/renderer/ui/ui-provider.tsx'
import { controls as german } from '../../../src/shared/text/de/controls.ts'
import { controls as english } from '../../../src/shared/text/en/controls.ts'
import type { Language } from '../../../src/shared/text/language.ts'
import styles from './gallery.module.css'
import { sections } from './sections.tsx'

/** Every component of the design system, in both themes and languages. `?section=…&theme=dark&language=de&bare`. */
export function Gallery({ query }: { readonly query: URLSearchParams }): ReactElement {
  const [section, setSection] = useState(query.get('section') ?? 'actions')
  const [theme, setTheme] = useState<Theme>(themes.find((each) => each === query.get('theme')) ?? 'system')
  const [language, setLanguage] = useState<Language>(query.get('language') === 'de' ? 'de' : 'en')
  useEffect(() => applyTheme(theme), [theme])
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const shown = sections.find((each) => each.id === section) ?? sections[0]
  return (
    <UiProvider
      language={language}
      words={language === 'de' ? german : english}
      copyText={(text) => navigator.clipboard.writeText(text)}
    >
      <div className={styles['gallery']}>
        {!query.has('bare') && (
          <div className={styles['side']}>
            <Sidebar
              label="Sections"
              sections={[{ id: 'all', items: sections.map(({ id }) => ({ id, label: id, icon: Boxes })) }]}
              selected={section}
              onSelect={setSection}
              foot={
                <>
                  <Select
                    label="Theme"
                    options={themes.map((id) => ({ id, label: id }))}
                    value={theme}
                    onChange={setTheme}
                  />
                  <Select
                    label="Language"
                    options={[
                      { id: 'en', label: 'English' },
                      { id: 'de', label: 'Deutsch' },
                    ]}
                    value={language}
                    onChange={setLanguage}
                  />
                </>
              }
            />
          </div>
        )}
        <main className={styles['main']}>{shown !== undefined && <shown.Section />}</main>
      </div>
    </UiProvider>
  )
}
