import { atNewest, pan, stepBy, zoomTo, type Stage, type Viewport } from "./viewport.ts";

const ZOOM = 1.25;
/** Pixels left free before the oldest bar. */
const HOME_ROOM = 40;
/** Share of the screen that an arrow moves. */
const PAGE = 0.1;

const middle = (stage: Stage): number => stage.width / 2;
const share = (stage: Stage): number => Math.round(stage.width * PAGE);

/** The view after a key of the chart; null for a key that is none of it. */
export function keyMove(key: string): ((view: Viewport, stage: Stage) => Viewport) | null {
  switch (key) {
    case "ArrowLeft":
      return (view, stage) => pan(view, share(stage), stage);
    case "ArrowRight":
      return (view, stage) => pan(view, -share(stage), stage);
    case "+":
    case "=":
      return (view, stage) => zoomTo(view, stepBy(view.step, ZOOM), middle(stage), stage);
    case "-":
      return (view, stage) => zoomTo(view, stepBy(view.step, 1 / ZOOM), middle(stage), stage);
    case "Home":
      return (view, stage) => pan(view, (view.left - stage.first) * view.step + HOME_ROOM, stage);
    case "End":
      return (view, stage) => atNewest(stage, view.step);
    default:
      return null;
  }
}
