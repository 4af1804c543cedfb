import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { makeQueryClient } from './api/queries';
import { App } from './app/App';
import { NavigationProvider } from './app/navigation';
import { chosenLanguage, speak } from './app/preferences';
import './style/tokens.css';
import './style/base.css';
import './style/screens.css';

// The words first: nobody should see a page in a language that is not theirs, not even for a moment.
await speak(chosenLanguage()).catch(() => speak('en'));
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={makeQueryClient()}>
      <NavigationProvider>
        <App />
      </NavigationProvider>
    </QueryClientProvider>
  </StrictMode>,
);
