import { useTranslation } from 'react-i18next';
import { Button, Toolbar as Bar } from 'react-aria-components';
import { useNavigation } from '../app/navigation';
import type { Parts } from './parts';
import { hiddenNeighbours } from './state';

/** The commands of the chart; the same ones that single keys give (keys.ts). */
export function Toolbar({ network, graph, state, tell, canUndo }: Parts & { canUndo: boolean }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const selected = [...state.selected];
  const [a, b] = selected;
  const canExpand = selected.some((node) => hiddenNeighbours(graph, state, node).length > 0);
  return (
    <Bar className="toolbar" aria-label={t('chart.commands')}>
      <Button isDisabled={!canUndo} onPress={() => tell({ do: 'undo' })}>{t('chart.undo')}</Button>
      <Button isDisabled={!canExpand} onPress={() => selected.forEach((node) => tell({ do: 'expand', node }))}>{t('chart.expand')}</Button>
      <Button isDisabled={selected.length === 0} onPress={() => tell({ do: 'hide', nodes: selected })}>{t('chart.hide')}</Button>
      <Button isDisabled={selected.length === 0} onPress={() => tell({ do: 'hideOthers' })}>{t('chart.hide_others')}</Button>
      <Button isDisabled={state.visible.size >= graph.order} onPress={() => tell({ do: 'showAll', most: graph.order })}>{t('chart.show_all')}</Button>
      <Button isDisabled={selected.length !== 2} onPress={() => tell({ do: 'path' })}>{t('chart.find_path')}</Button>
      <Button isDisabled={selected.length !== 2} onPress={() => { if (a && b) go({ screen: 'why' }, { a, b, network }); }}>{t('chart.why')}</Button>
    </Bar>
  );
}
