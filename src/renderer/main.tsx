import { createRoot } from 'react-dom/client'
import { request } from './api.ts'
import { App } from './app.tsx'
import { startLive } from './live.ts'
import { applySettings } from './stores/settings.ts'
import './styles/index.css'

// The language and the theme are known before the first picture, so that nothing flashes in another one. Where they
// cannot be read the defaults hold, and the settings view says why.
const settings = await request('settings.read')
if (settings.ok) applySettings(settings.value)
startLive()
const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<App />)
