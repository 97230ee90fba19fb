// First, so that its order of layers holds for every style after it.
import './styles/index.css'
import { createRoot } from 'react-dom/client'
import { request } from './api.ts'
import { App } from './app.tsx'
import { startLive } from './live.ts'
import { applySettings } from './stores/settings.ts'

// The language and the theme are known before the first picture, so that nothing flashes in another one. Where they
// cannot be read the defaults hold, and the settings view says why.
const settings = await request('settings.read')
if (settings.ok) applySettings(settings.value)
startLive()
const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<App />)
