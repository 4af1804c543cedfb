import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { Chart, Network } from '../api/client';
import { useChart, useLeadFacts, useNetwork } from '../api/queries';
import { Go } from '../app/navigation';
import type { AsIf } from '../chart/asIf';
import { ChartView } from '../chart/ChartView';
import { Export } from '../chart/Export';
import { graphOf } from '../chart/graph';
import { Legend } from '../chart/Legend';
import { LinkTable, NodeTable } from '../chart/Tables';
import { MoneyView } from '../chart/MoneyView';
import { Outline } from '../chart/Outline';
import { SavedCharts } from '../chart/SavedCharts';
import { Selection } from '../chart/Selection';
import { TimeStrip } from '../chart/TimeStrip';
import type { Picture } from '../chart/picture';
import { Toolbar } from '../chart/Toolbar';
import { WhatIf } from '../chart/WhatIf';
import { useClock } from '../chart/useClock';
import { drawingOf, seenThrough, usePlaces, useShown, useStory } from '../chart/useStory';
import { Decide } from '../parts/Decide';
import { shortId, useFormat } from '../parts/format';
import { Loading } from '../parts/Loading';
import { Reasons, Records, Texts } from './NetworkParts';

const MapView = lazy(() => import('../chart/MapView').then((m) => ({ default: m.MapView })));

function Opened({ network, chart }: { network: Network; chart: Chart }) {
  const { t } = useTranslation();
  const format = useFormat();
  const graph = useMemo(() => graphOf(network, chart), [network, chart]);
  const [story, tell] = useStory(graph);
  const shown = useShown(graph, story.now);
  const places = usePlaces(graph, story.now);
  const clock = useClock(chart);
  const { inTime } = clock;
  const [asIf, setAsIf] = useState<AsIf | null>(null);
  const lens = useMemo(() => ({ inTime, asIf }), [inTime, asIf]);
  const drawn = useMemo(() => drawingOf(graph, story.now, shown, places), [graph, story.now, shown, places]);
  const drawing = useMemo(() => seenThrough(lens, drawn), [lens, drawn]);
  const facts = useLeadFacts();
  const [view, setView] = useState('chart');
  const picture = useRef<(() => Picture | null) | null>(null);
  const keepPicture = useCallback((make: () => Picture | null) => { picture.current = make; }, []);
  const parts = { network: network.id, graph, state: story.now, shown, tell, lens };
  return (
    <div className="network">
      <header className="card-head">
        <Go to={{ screen: 'leads' }}>{t('network.back')}</Go>
        <h1>{t('leads.network')} <code>{shortId(network.id)}</code></h1>
        <span>{t('n.records', { count: network.records.length })}</span>
        <span>{t('n.members', { count: network.members.length })}</span>
        <span>{t('network.newest')} {format.day(network.newest)}</span>
        <Export {...parts} canDraw={view === 'chart'} picture={() => picture.current?.() ?? null} />
        <Decide network={network.id} decided={facts.data?.leads.find((one) => one.id === network.id)?.decided} />
      </header>
      <div className="network-body">
        <Tabs className="views" selectedKey={view} onSelectionChange={(key) => setView(String(key))} keyboardActivation="manual">
          <div className="views-head">
            <TabList aria-label={t('network.views')}>
              <Tab id="chart">{t('view.chart')}</Tab><Tab id="table">{t('view.table')}</Tab><Tab id="outline">{t('view.outline')}</Tab><Tab id="map">{t('view.map')}</Tab><Tab id="money">{t('view.money')}</Tab>
            </TabList>
            <Toolbar {...parts} canUndo={story.before.length > 0} />
          </div>
          <p role="status" className="quiet-text shown-line">
            {t('chart.shown', { shown: format.number(shown.nodes.size), all: format.number(graph.order) })}
            {' · '}{t('chart.links_shown', { shown: format.number(shown.links.length), count: shown.links.length })}
            {shown.nLinksLeftOut > 0 ? ` · ${t('chart.left_out', { count: shown.nLinksLeftOut })}` : ''}
            {' · '}{t('chart.selected', { count: story.now.selected.size })}
            {story.now.path.length > 0 ? ` · ${t('chart.path', { count: story.now.path.length - 1 })}` : ''}
          </p>
          <TabPanel id="chart" className="view"><ChartView {...parts} drawing={drawing} clock={clock} onPicture={keepPicture} /></TabPanel>
          <TabPanel id="table" className="view scroll"><NodeTable {...parts} /><LinkTable {...parts} /></TabPanel>
          <TabPanel id="outline" className="view scroll"><Outline {...parts} /></TabPanel>
          <TabPanel id="map" className="view"><Suspense fallback={<p className="quiet-text">{t('loading')}</p>}><MapView {...parts} clock={clock} /></Suspense></TabPanel>
          <TabPanel id="money" className="view scroll"><MoneyView {...parts} clock={clock} /></TabPanel>
          <TimeStrip {...parts} clock={clock} nRecords={network.records.length} />
          <Legend {...parts} />
        </Tabs>
        <Tabs className="aside">
          <TabList aria-label={t('network.about')}>
            <Tab id="reasons">{t('aside.reasons')}</Tab><Tab id="selection">{t('aside.selection')}</Tab><Tab id="what-if">{t('aside.whatif')}</Tab><Tab id="texts">{t('aside.texts')}</Tab><Tab id="records">{t('aside.records')}</Tab><Tab id="saved">{t('aside.saved')}</Tab>
          </TabList>
          <TabPanel id="reasons" className="scroll"><Reasons network={network} /></TabPanel>
          <TabPanel id="selection" className="scroll"><Selection {...parts} /></TabPanel>
          <TabPanel id="what-if" className="scroll"><WhatIf {...parts} onAsIf={setAsIf} /></TabPanel>
          <TabPanel id="texts" className="scroll"><Texts network={network} /></TabPanel>
          <TabPanel id="saved" className="scroll"><SavedCharts {...parts} clock={clock} places={places} /></TabPanel>
          <TabPanel id="records" className="scroll"><Records network={network} /></TabPanel>
        </Tabs>
      </div>
    </div>
  );
}

export function NetworkScreen({ id }: { id: string }) {
  const network = useNetwork(id);
  const chart = useChart(id);
  return (
    <Loading query={network}>
      {(one) => <Loading query={chart}>{(places) => <Opened key={one.id} network={one} chart={places} />}</Loading>}
    </Loading>
  );
}
