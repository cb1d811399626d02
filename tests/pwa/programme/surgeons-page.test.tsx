import { present } from "@src/programme/counts";
import { Here } from "@src/programme/surgeons-page";
import { expect, test } from "vitest";
import { draw } from "../questions/page";

test("a surgeon who says so is here, at a table, and nobody else is", () => {
  present.value = new Map([
    ["a", { surgeon: "a", state: "here", place: "table 3" }],
    ["b", { surgeon: "b", state: "busy", place: "" }],
  ]);
  const said = ["a", "b", "c"].map((surgeon) => draw(<Here surgeon={surgeon} />).textContent);
  expect(said).toEqual(["Here now, table 3", "Here, and busy just now", ""]);
});
