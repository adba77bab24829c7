// What lines with full dates say of stamps without a year, stamp by stamp.

import { expect, it } from "vitest";
import { createLineYears } from "../../src/clock/line-years.ts";
import { leapYearUs } from "../../src/formats/calendar.ts";

const at = (month: number, day: number) => leapYearUs(month, day) ?? Number.NaN;
const on = (date: string) => Date.parse(`${date}T00:00:00Z`) * 1000;
const span = (from: string, to: string | null) => ({ fromUs: on(from), toUs: to === null ? null : on(to) });
/** Resumes at every line: the state is all there is. */
function years() {
  let counter = createLineYears();
  const again = () => {
    counter = createLineYears(JSON.parse(JSON.stringify(counter.state())));
    return counter;
  };
  return {
    push: (month: number, day: number) => again().push(at(month, day)),
    span: (from: string, to: string | null) => again().seeSpan(span(from, to)),
    date: (date: string) => again().seeDate(on(date)),
    found: () => again().found(),
  };
}

it("says nothing where there is no full date", () => {
  const lines = years();
  expect([lines.push(12, 31), lines.push(1, 1)]).toEqual([0, 1]);
  expect(lines.found()).toBeNull();
});

it("a journal of less than a year has one year for each day", () => {
  const lines = years();
  lines.span("2018-04-30", "2018-05-08");
  expect(lines.push(5, 3)).toBe(0);
  expect(lines.found()).toEqual({ told: 2018, least: null, most: null });
});

it("a journal over New Year has two", () => {
  const lines = years();
  lines.span("2018-11-30", "2019-02-01");
  expect([lines.push(12, 31), lines.push(1, 2)]).toEqual([0, 1]);
  expect(lines.found()?.told).toBe(2018);
});

it("stands for the lines behind it, and another for those behind that", () => {
  const lines = years();
  lines.span("2018-04-30", "2018-05-08");
  lines.push(5, 3);
  lines.span("2021-04-26", "2021-05-04");
  expect(lines.push(5, 3)).toBe(3);
  lines.span("2016-12-01", "2017-01-31");
  expect([lines.push(12, 31), lines.push(1, 2)]).toEqual([-2, -1]);
  expect(lines.found()?.told).toBe(2018);
});

it("a journal of two years bounds the first one, by the line that leaves least", () => {
  const lines = years();
  lines.span("2016-06-01", "2018-05-08");
  // April is of 2017 or 2018, and so is May; the May after that is of 2018 at most.
  expect([lines.push(4, 1), lines.push(5, 3)]).toEqual([0, 0]);
  expect(lines.found()).toEqual({ told: null, least: 2017, most: 2018 });
  expect([lines.push(12, 1), lines.push(5, 3)]).toEqual([0, 1]);
  expect(lines.found()).toEqual({ told: null, least: 2017, most: 2017 });
});

it("a begin alone says the least", () => {
  const lines = years();
  lines.span("2018-04-30", null);
  lines.push(3, 1);
  // 1 March is first met in 2019.
  expect(lines.found()).toEqual({ told: null, least: 2019, most: null });
});

it("says nothing of lines that are not of its time", () => {
  const lines = years();
  lines.span("2018-04-30", "2018-05-08");
  lines.push(7, 1);
  expect(lines.found()).toBeNull();
});

it("29 February is of a leap year", () => {
  const lines = years();
  lines.span("2017-01-01", "2023-12-31");
  lines.push(2, 29);
  expect(lines.found()?.told).toBe(2020);
});

it("a clock that was not set, and a year beyond this century, are not heard", () => {
  const lines = years();
  lines.span("1970-01-01", "1970-01-02");
  lines.push(1, 1);
  lines.span("9999-01-01", "9999-01-02");
  lines.push(1, 1);
  expect(lines.found()).toBeNull();
});

it("a full date before or behind a line tells its year", () => {
  for (const before of [true, false]) {
    const lines = years();
    if (before) lines.date("2018-11-20");
    lines.push(11, 20);
    if (!before) lines.date("2018-11-20");
    expect(lines.found()).toEqual({ told: 2018, least: null, most: null });
  }
});

it("counted back over the New Years between the first line and the one beside it", () => {
  const lines = years();
  expect([lines.push(12, 31), lines.push(1, 1), lines.push(5, 3)]).toEqual([0, 1, 1]);
  lines.date("2021-05-04");
  expect(lines.found()?.told).toBe(2020);
});

it("over New Year, on either side of it", () => {
  const lines = years();
  lines.date("2022-01-01");
  expect(lines.push(12, 31)).toBe(0);
  expect(lines.found()?.told).toBe(2021);
  lines.date("2021-12-31");
  expect(lines.push(1, 1)).toBe(1);
});

it("a line further off than a month is of any year", () => {
  const lines = years();
  lines.date("2024-03-14");
  lines.push(5, 3);
  expect(lines.found()).toBeNull();
});

it("but between two dates that leave one year it is of that", () => {
  const lines = years();
  lines.date("2018-10-01");
  lines.push(1, 15);
  lines.date("2019-04-01");
  expect(lines.found()?.told).toBe(2019);
});

it("and between two that leave none, or two, of any", () => {
  for (const [from, to] of [
    ["2018-10-01", "2018-12-01"],
    ["2018-10-01", "2020-04-01"],
    ["2019-04-01", "2018-10-01"],
  ] as const) {
    const lines = years();
    lines.date(from);
    lines.push(1, 15);
    lines.date(to);
    expect(lines.found()).toBeNull();
  }
});

it("lines between those of other years begin anew", () => {
  const lines = years();
  lines.date("2018-11-20");
  expect(lines.push(11, 20)).toBe(0);
  lines.date("2021-05-03");
  expect([lines.push(5, 3), lines.push(5, 4)]).toEqual([3, 3]);
  lines.date("2016-02-01");
  expect(lines.push(2, 2)).toBe(-2);
  expect(lines.found()?.told).toBe(2018);
});

it("a date of a clock that was not set leaves the one before it standing", () => {
  const lines = years();
  lines.date("2021-01-04");
  lines.date("1970-01-01");
  expect(lines.push(1, 4)).toBe(0);
  expect(lines.found()?.told).toBe(2021);
});
