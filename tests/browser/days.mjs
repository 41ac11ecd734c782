// Civil days of the portal: Beijing time.

export const today = () => new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);

export function plusDays(day, count) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** The same day number so many months on, or the last day of that month. */
export function plusMonths(day, count) {
  const date = new Date(`${day}T00:00:00Z`);
  const number = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(number, last));
  return date.toISOString().slice(0, 10);
}
