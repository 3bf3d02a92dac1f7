// The parts of Vega that our charts use: no maps, no forces, no word clouds. It stands in for the package `vega`, which
// brings them all (see vite.config.ts); the types are those of the package.
import { transforms } from "vega-dataflow";
import * as encode from "vega-encode";
import * as basic from "vega-transforms";
import * as layout from "vega-view-transforms";

Object.assign(transforms, basic, layout, encode);

export { parse } from "vega-parser";
export * from "vega-util"; // vega-lite takes its helpers from `vega`
export { View } from "vega-view";
