// Zone abbreviations as `date` and journalctl print them. They are no standard: several name more than one offset.
// Source: abbreviations in use since 2000 in the tz database; AST, BST and GST also as older releases had them.

import { MINUTE_US } from "../model/units.ts";

/** Offsets from UTC in minutes. More than one: ambiguous, and only a zone known otherwise can tell. */
const OFFSETS: Readonly<Record<string, readonly number[]>> = {
  UTC: [0],
  GMT: [0],
  UCT: [0],
  Z: [0],
  WET: [0],
  WEST: [60],
  CET: [60],
  CEST: [120],
  MET: [60],
  MEST: [120],
  EET: [120],
  EEST: [180],
  BST: [60, 360, 660], // Britain; Bangladesh; Bougainville
  IST: [60, 120, 330], // Ireland; Israel; India
  IDT: [180],
  MSK: [180, 240], // 240 from 2011 to 2014
  MSD: [240],
  WAT: [60],
  CAT: [120],
  SAST: [120],
  EAT: [180],
  AST: [-240, 180], // Atlantic; Arabia
  ADT: [-180, 240], // Atlantic; Arabia
  NST: [-210],
  NDT: [-150],
  EST: [-300],
  EDT: [-240],
  CST: [-360, -300, 480], // North America; Cuba; China
  CDT: [-300, -240], // North America; Cuba
  MST: [-420],
  MDT: [-360],
  PST: [-480, 480], // North America; Philippines
  PDT: [-420],
  AKST: [-540],
  AKDT: [-480],
  HST: [-600],
  HDT: [-540],
  GST: [240, 600], // Gulf; Guam
  PKT: [300],
  PKST: [360],
  WIB: [420],
  WITA: [480],
  WIT: [540],
  HKT: [480],
  AWST: [480],
  JST: [540],
  KST: [540],
  ACST: [570],
  ACDT: [630],
  AEST: [600],
  AEDT: [660],
  NZST: [720],
  NZDT: [780],
};

/**
 * Offset in microseconds. An ambiguous name is settled only by `assumedUs`, the offset that the zone known otherwise
 * has at that time; null where that does not help, or the name is unknown.
 */
export function zoneAbbreviation(name: string, assumedUs: number | null = null): number | null {
  const offsets = Object.hasOwn(OFFSETS, name.toUpperCase()) ? (OFFSETS[name.toUpperCase()] ?? []) : [];
  const found = offsets.map((minutes) => minutes * MINUTE_US);
  if (assumedUs !== null && found.includes(assumedUs)) return assumedUs;
  return found.length === 1 ? (found[0] ?? null) : null;
}
