import { DAY, HOUR, type Micros } from "../interval.ts";

/** What is added to New York's wall clock of a day to have UTC, from 2 o'clock on. */
export function newYorkOffset(day: number): Micros {
  return (isDaylightTime(day) ? 4 : 5) * HOUR;
}

/**
 * By the number of the day since 1970. Daylight time lasts from the second Sunday of March to the first of November (Energy Policy
 * Act of 2005); from 1987 to 2006 it lasted from the first of April to the last of October (Public Law 99-359), which is taken for the years
 * before too.
 */
function isDaylightTime(day: number): boolean {
  const year = yearOf(day);
  return year >= 2007
    ? day >= sundayFrom(year, 2, 8) && day < sundayFrom(year, 10, 1)
    : day >= sundayFrom(year, 3, 1) && day < sundayFrom(year, 9, 25);
}

/** The first Sunday on or after a date; months from 0. */
function sundayFrom(year: number, month: number, date: number): number {
  const day = dayNumber(year, month, date);
  return day + ((7 - weekdayOf(day)) % 7);
}

function yearOf(day: number): number {
  return new Date((day * DAY) / 1000).getUTCFullYear();
}

/** Days since 1 January 1970; months from 0. */
export function dayNumber(year: number, month: number, date: number): number {
  return (Date.UTC(year, month, date) * 1000) / DAY;
}

/** 0 is Sunday. Day 0 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}
