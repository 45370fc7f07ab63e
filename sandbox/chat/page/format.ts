type Language = 'en' | 'ru';

/** Hours and minutes of a moment given in Unix seconds, as Bot API dates are. */
export function clockTime(unixSeconds: number, language: Language): string {
  return new Date(unixSeconds * 1000).toLocaleTimeString(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/** The local calendar day, as a key that sorts and compares: 2026-07-04. */
export function dayKey(unixSeconds: number): string {
  const date = new Date(unixSeconds * 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A day as people say it: 4 July, with the year when it is not the current one. */
export function dayName(unixSeconds: number, language: Language): string {
  const date = new Date(unixSeconds * 1000);
  const thisYear = date.getFullYear() === new Date().getFullYear();
  return date.toLocaleDateString(language, {
    day: 'numeric',
    month: 'long',
    ...(thisYear ? {} : { year: 'numeric' }),
  });
}

/** Bytes in the unit that keeps the number short: 812 B, 48 KB, 1.4 MB. */
export function fileSize(bytes: number, language: Language): string {
  const units = language === 'ru' ? ['Б', 'КБ', 'МБ', 'ГБ'] : ['B', 'KB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit > 1 ? 1 : 0;
  return `${value.toLocaleString(language, { maximumFractionDigits: digits })} ${units[unit]}`;
}

/** A Bot API price: whole Stars for XTR, otherwise the currency's minor units. */
export function price(amount: number, currency: string, language: Language): string {
  if (currency === 'XTR') return `⭐ ${amount.toLocaleString(language)}`;
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}
