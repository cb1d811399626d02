/** The worker that solves: thousands of tries, none of them between two letters somebody types. It makes no request. */
import { type Parameters, solve } from "./solve";

addEventListener("message", ({ data }: MessageEvent<Parameters>) => {
  solve(data).then(postMessage, () => postMessage(null));
});
