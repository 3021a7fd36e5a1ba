import { tracked } from "@trpc/server";
import type { AlertTrigger } from "../contracts/alerts.ts";
import type { Distribution } from "../contracts/distribution-views.ts";
import type { MoversView, VolumeNormalsView } from "../contracts/overview-views.ts";
import type { AlertList, AlertPreview, AlertRow } from "../contracts/alert-views.ts";
import type {
  ActiveView,
  AuditPage,
  BarLineageView,
  BarsPage,
  CompositeLineageView,
  Correlations,
  CountedPrint,
  HaltsView,
  HeldRow,
  IndicatorValues,
  LiveFrame,
  MarketSnapshot,
  SearchAnswer,
  SourcesView,
  SymbolSnapshot,
  TickerRow,
} from "../contracts/views.ts";
import type { SourceListing } from "../feeds/feed.ts";
import { addAlert, addAlertInput } from "../services/alerts/add.ts";
import { editAlert, editAlertInput } from "../services/alerts/edit.ts";
import { listAlerts } from "../services/alerts/list.ts";
import { firedAlerts, firedAlertsInput } from "../services/alerts/fired.ts";
import { alertPreview, alertPreviewInput } from "../services/alerts/preview.ts";
import { removeAlert, removeAlertInput } from "../services/alerts/remove.ts";
import { removeUnreadAlert, removeUnreadAlertInput } from "../services/alerts/remove-unread.ts";
import { auditPage, auditPageInput } from "../services/audit/page.ts";
import { barInput, barLineage, barLineageInput } from "../services/bars/lineage.ts";
import { barTrades } from "../services/bars/bar-trades.ts";
import { barsPage, barsPageInput } from "../services/bars/page.ts";
import { correlationInput, correlationMatrix } from "../services/correlation/matrix.ts";
import { countedInput, countedPrints } from "../services/held/counted.ts";
import { decideHeld, decideHeldInput } from "../services/held/decide.ts";
import { refusalInput, refusalOf } from "../services/held/refusal.ts";
import { heldPrints } from "../services/held/list.ts";
import { distributionRange, distributionRangeInput } from "../services/distribution/range.ts";
import { sampleInput, sampleRange } from "../services/distribution/sample.ts";
import { verifyInput, verifyRange } from "../services/distribution/verify.ts";
import { indicatorValues, indicatorValuesInput } from "../services/indicators/values.ts";
import { livePage, livePageInput } from "../services/live/page.ts";
import { activeInput, activeSymbols } from "../services/market/active.ts";
import { movers, moversInput } from "../services/market/movers.ts";
import { marketSnapshot } from "../services/market/snapshot.ts";
import { volumeNormals, volumeNormalsInput } from "../services/market/volume-normals.ts";
import { searchTickers, searchTickersInput } from "../services/search/tickers.ts";
import { sourcesView } from "../services/sources/view.ts";
import { haltsInput, symbolHalts } from "../services/symbol/halts.ts";
import { symbolSnapshot, symbolSnapshotInput } from "../services/symbol/snapshot.ts";
import { addTicker, addTickerInput } from "../services/tickers/add.ts";
import { editTicker, editTickerInput } from "../services/tickers/edit.ts";
import { listTickers } from "../services/tickers/list.ts";
import { lookupTicker, lookupTickerInput } from "../services/tickers/lookup.ts";
import { setTickerState, setTickerStateInput } from "../services/tickers/set-state.ts";
import { desksRouter, drawingsRouter, listsRouter } from "./kept-routers.ts";
import { peopleRouter, sessionRouter } from "./people-routers.ts";
import { reading, readingAs, recordedAs, router, signedIn } from "./trpc.ts";

export const appRouter = router({
  market: router({
    snapshot: reading.query(({ ctx }): Promise<MarketSnapshot> => marketSnapshot(ctx.services)),
    active: reading
      .input(activeInput)
      .query(({ ctx, input }): Promise<ActiveView> => activeSymbols(ctx.services, input)),
    movers: reading.input(moversInput).query(({ ctx, input }): Promise<MoversView> => movers(ctx.services, input)),
    volumeNormals: reading
      .input(volumeNormalsInput)
      .query(({ ctx, input }): Promise<VolumeNormalsView> => volumeNormals(ctx.services, input)),
  }),
  symbol: router({
    snapshot: reading
      .input(symbolSnapshotInput)
      .query(({ ctx, input }): Promise<SymbolSnapshot> => symbolSnapshot(ctx.services, input)),
    halts: reading.input(haltsInput).query(({ ctx, input }): Promise<HaltsView> => symbolHalts(ctx.services, input)),
  }),
  bars: router({
    page: reading.input(barsPageInput).query(({ ctx, input }): Promise<BarsPage> => barsPage(ctx.services, input)),
    lineage: reading
      .input(barLineageInput)
      .query(({ ctx, input }): Promise<BarLineageView | CompositeLineageView> => barLineage(ctx.services, input)),
    trades: reading
      .input(barInput)
      .subscription(({ ctx, input, signal }) => barTrades(ctx.services, input, signal ?? new AbortController().signal)),
  }),
  indicators: router({
    values: reading
      .input(indicatorValuesInput)
      .query(({ ctx, input }): Promise<IndicatorValues> => indicatorValues(ctx.services, input)),
  }),
  distribution: router({
    range: reading
      .input(distributionRangeInput)
      .query(({ ctx, input }): Promise<Distribution> => distributionRange(ctx.services, input)),
    sample: reading
      .input(sampleInput)
      .subscription(({ ctx, input, signal }) =>
        sampleRange(ctx.services, input, signal ?? new AbortController().signal),
      ),
    verify: reading
      .input(verifyInput)
      .subscription(({ ctx, input, signal }) =>
        verifyRange(ctx.services, input, signal ?? new AbortController().signal),
      ),
  }),
  correlation: router({
    matrix: reading
      .input(correlationInput)
      .query(({ ctx, input }): Promise<Correlations> => correlationMatrix(ctx.services, input)),
  }),
  search: router({
    tickers: reading
      .input(searchTickersInput)
      .query(({ ctx, input }): Promise<SearchAnswer> => searchTickers(ctx.services, input)),
  }),
  sources: router({
    view: reading.query(({ ctx }): Promise<SourcesView> => sourcesView(ctx.services)),
  }),
  tickers: router({
    list: reading.query(({ ctx }): Promise<TickerRow[]> => listTickers(ctx.services)),
    lookup: reading
      .input(lookupTickerInput)
      .query(({ ctx, input }): Promise<SourceListing[]> => lookupTicker(ctx.services, input)),
    add: recordedAs("tickers")
      .input(addTickerInput)
      .mutation(({ ctx, input }): Promise<TickerRow> => addTicker(ctx.recorded, input)),
    edit: recordedAs("tickers")
      .input(editTickerInput)
      .mutation(({ ctx, input }): Promise<TickerRow> => editTicker(ctx.recorded, input)),
    setState: recordedAs("tickers")
      .input(setTickerStateInput)
      .mutation(({ ctx, input }): Promise<TickerRow> => setTickerState(ctx.recorded, input)),
  }),
  lists: listsRouter,
  desks: desksRouter,
  drawings: drawingsRouter,
  held: router({
    list: reading.query(({ ctx }): Promise<HeldRow[]> => heldPrints(ctx.services)),
    counted: reading
      .input(countedInput)
      .query(({ ctx, input }): Promise<CountedPrint[]> => countedPrints(ctx.services, input)),
    refusal: reading
      .input(refusalInput)
      .query(({ ctx, input }): Promise<string | null> => refusalOf(ctx.services, input)),
    decide: recordedAs("prints")
      .input(decideHeldInput)
      .mutation(({ ctx, input }) => decideHeld(ctx.recorded, input)),
  }),
  alerts: router({
    list: reading.query(async ({ ctx }): Promise<AlertList> => listAlerts(ctx.services, await signedIn(ctx))),
    fired: reading
      .input(firedAlertsInput)
      .query(({ ctx, input }): Promise<AlertTrigger[]> => firedAlerts(ctx.services, input)),
    // It reads every bar of a week.
    preview: readingAs("alertPreview")
      .input(alertPreviewInput)
      .query(({ ctx, input }): Promise<AlertPreview> => alertPreview(ctx.services, input)),
    add: recordedAs("alerts")
      .input(addAlertInput)
      .mutation(({ ctx, input }): Promise<AlertRow> => addAlert(ctx.recorded, input)),
    edit: recordedAs("alerts")
      .input(editAlertInput)
      .mutation(({ ctx, input }): Promise<AlertRow> => editAlert(ctx.recorded, input)),
    remove: recordedAs("alerts")
      .input(removeAlertInput)
      .mutation(({ ctx, input }) => removeAlert(ctx.recorded, input)),
    removeUnread: recordedAs("alerts")
      .input(removeUnreadAlertInput)
      .mutation(({ ctx, input }) => removeUnreadAlert(ctx.recorded, input)),
  }),
  audit: router({
    page: readingAs("audit")
      .input(auditPageInput)
      .query(({ ctx, input }): Promise<AuditPage> => auditPage(ctx.services, input)),
  }),
  session: sessionRouter,
  people: peopleRouter,
  live: router({
    page: reading.input(livePageInput).subscription(async function* ({ ctx, input, signal }) {
      for await (const { id, frame } of livePage(ctx.services, input, signal ?? new AbortController().signal)) {
        yield tracked<LiveFrame>(id, frame);
      }
    }),
  }),
});

export type AppRouter = typeof appRouter;
