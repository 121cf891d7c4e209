/** Easter Sunday of a year of the Gregorian calendar, as an ISO date. */
export function easterSunday(year: number): string {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const leapCenturies = Math.floor(century / 4);
  // Lunar correction of the Gregorian reform: the moon runs ahead by 8 days in 25 centuries.
  const lunar = Math.floor((8 * century + 13) / 25);
  const epact = (19 * golden + century - leapCenturies - lunar + 15) % 30;
  const late = Math.floor((golden + 11 * epact) / 319);
  const inCentury = year % 100;
  const toSunday =
    (2 * (century % 4) + 2 * Math.floor(inCentury / 4) - (inCentury % 4) - epact + late + 32) % 7;
  const fromMarch = epact - late + toSunday;
  const month = Math.floor((fromMarch + 90) / 25);
  const date = (fromMarch + month + 19) % 32;
  return new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
}
