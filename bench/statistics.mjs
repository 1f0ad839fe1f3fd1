// Numbers of several runs.

/** @param {number[]} numbers */
export function median(numbers) {
  return quantile(numbers, 0.5);
}

/**
 * @param {number[]} numbers
 * @param {number} share
 */
export function quantile(numbers, share) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(share * (numbers.length - 1))] ?? NaN;
}

/** @param {number[]} numbers */
export function sum(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/**
 * The least and the greatest number; one number if both are written in the same way.
 * @param {number[]} numbers
 * @param {number} digits behind the point
 */
export function range(numbers, digits) {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)].map((number) => number.toLocaleString("en-GB", options));
  return least === greatest ? `${least}` : `${least}–${greatest}`;
}
