import { arriving, go, match, place, startRouter, takeSecret } from "@src/lib/router";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let stop: () => void;
beforeEach(() => {
  go("/");
  arriving();
  stop = startRouter();
});
afterEach(() => stop());

describe("addresses", () => {
  test("give their values by name", () => {
    expect(match("/e/:event/programme", "/e/leeds/programme")).toEqual({ event: "leeds" });
    expect(match("/s/:code", "/s/B%C3%A9")).toEqual({ code: "Bé" });
    expect(match("/s/:code", "/s/")).toBeNull();
    expect(match("/e/:event", "/e/leeds/programme")).toBeNull();
  });

  test("with a secret in the fragment lose it at once, and hand it over once", () => {
    go("/r#1.event.question.seed");

    expect(location.hash).toBe("");
    expect(place.value).toEqual({ path: "/r", hash: "" });
    expect(takeSecret()).toBe("1.event.question.seed");
    expect(takeSecret()).toBe("");
  });

  test("keep an ordinary fragment", () => {
    go("/s/QRTX2#talk");

    expect(place.value).toEqual({ path: "/s/QRTX2", hash: "talk" });
  });
});

describe("links", () => {
  function click(href: string, more: Partial<MouseEventInit> = {}): MouseEvent {
    const link = document.createElement("a");
    link.href = href;
    document.body.append(link);
    const event = new MouseEvent("click", { bubbles: true, cancelable: true, ...more });
    link.dispatchEvent(event);
    link.remove();
    return event;
  }

  test("of the app are followed without leaving the page", () => {
    const event = click("/e/leeds");

    expect(event.defaultPrevented).toBe(true);
    expect(place.value.path).toBe("/e/leeds");
    expect(arriving()).toBe(true);
    expect(arriving()).toBe(false);
  });

  test("to the API, to other places and with a key held are the browser's", () => {
    expect(click("/api/v1/events/").defaultPrevented).toBe(false);
    expect(click("https://example.org/").defaultPrevented).toBe(false);
    expect(click("/e/leeds", { ctrlKey: true }).defaultPrevented).toBe(false);
    expect(place.value.path).toBe("/");
  });
});
