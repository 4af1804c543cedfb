import { useEffect } from 'react';

const FIELDS = 'input:not([type=checkbox]), select, textarea, [role=listbox], [role=menu]';

/**
 * Moving through the list of a screen by J and K or the arrows, to the first and last by Home and
 * End: what is marked data-item takes the focus in turn. J begins at the first, wherever one is. A
 * key of a button (data-key) in the card that has the focus presses it.
 */
export function useList() {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (target.closest('[role=dialog]')) return;
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest(FIELDS)) return;
      const button = /^[a-z]$/.test(event.key) ? target.closest('.card')?.querySelector<HTMLElement>(`[data-key="${event.key}"]`) : null;
      if (button) {
        event.preventDefault();
        return button.click();
      }
      const items = [...document.querySelectorAll<HTMLElement>('main [data-item]')];
      const at = items.indexOf(target.closest<HTMLElement>('[data-item]') as HTMLElement);
      const to = { j: at + 1, ArrowDown: at + 1, k: at - 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
      // Arrows, Home and End scroll the page until the list has the focus.
      if (to === undefined || (at < 0 && event.key.length > 1)) return;
      const next = items[Math.min(Math.max(to, 0), items.length - 1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: 'nearest' });
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
