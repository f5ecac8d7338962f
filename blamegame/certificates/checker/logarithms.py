"""Natural logarithms and pi between rational bounds, as fine as asked: integers count units of 2^-bits.

An interval (low, high) says low <= x 2^bits <= high. Each function rounds down and then adds the most that rounding
and the terms left out can have taken away, so the bounds are proved; how close they are is not relied on.
"""

from __future__ import annotations

from fractions import Fraction

from .budget import ONE, Work

Interval = tuple[int, int]


def units_of(x: Fraction, bits: int) -> Interval:
    """x itself."""
    low = (x.numerator << bits) // x.denominator
    return low, low + 1


def ln(x: Fraction, bits: int, work: Work) -> Interval:
    """The logarithm of x > 0.

    x = 2^k m with 2/3 <= m <= 4/3, so ln x = k ln 2 + 2 atanh t, where t = (m - 1) / (m + 1) has |t| <= 1/5, and
    ln 2 = 2 atanh(1/3).
    """
    k = x.numerator.bit_length() - x.denominator.bit_length()
    m = work(x * Fraction(2) ** -k)  # 1/2 < m < 2
    if m > Fraction(4, 3):
        k, m = k + 1, m / 2
    elif m < Fraction(2, 3):
        k, m = k - 1, m * 2
    t = work((m - ONE) / (m + ONE))
    low, high = doubled_atanh(abs(t), bits, work)
    low, high = (low, high) if t >= 0 else (-high, -low)
    two = doubled_atanh(Fraction(1, 3), bits, work)
    return low + min(k * two[0], k * two[1]), high + max(k * two[0], k * two[1])


def doubled_atanh(t: Fraction, bits: int, work: Work) -> Interval:
    """2 atanh t = 2 (t + t^3/3 + t^5/5 + ...) for 0 <= t <= 1/3.

    With s = floor(t 2^bits) the powers are p_1 = s and p_(j+1) = floor(p_j s^2 / 4^bits). In units, t exceeds s by less
    than 1 and t^2 exceeds s^2 / 2^bits by less than 2t <= 2/3, so that if t^(2j-1) exceeds p_j by less than e, the next
    exceeds p_(j+1) by less than e/9 + (2/3)(1/3) + 1 < 2 where e <= 2: always less than 2. Each term p_j / (2j - 1),
    rounded down, is therefore short by less than 3. Where p_j = 0 the power is below 2, and it and all later terms
    together are below 2 (1 + 1/9 + ...) < 3. So n terms and the rest are short by less than 3n + 3.
    """
    s, _ = units_of(t, bits)
    power, total, n = s, 0, 0
    while power:
        total += power // (2 * n + 1)
        power = power * s * s >> 2 * bits
        n += 1
    work.spend(n * (1 + (bits >> 8) ** 2))
    return 2 * total, 2 * (total + 3 * n + 3)


def pi(bits: int, work: Work) -> Interval:
    """Machin's formula: pi = 16 atan(1/5) - 4 atan(1/239).

    atan(1/m) is the alternating sum of 1 / ((2j + 1) m^(2j + 1)). A term rounded down is wrong by less than 1 unit,
    and what follows the first term of less than 1 unit is, as the terms alternate and fall, smaller than that term.
    """
    sums = []
    for m in (5, 239):
        total, n, power = 0, 0, m
        while term := (1 << bits) // ((2 * n + 1) * power):
            total += -term if n % 2 else term
            n, power = n + 1, power * m * m
        work.spend(n * (1 + (bits >> 8) ** 2))
        sums.append((total, n + 1))
    (fifth, wrong), (small, also) = sums
    middle, error = 16 * fifth - 4 * small, 16 * wrong + 4 * also
    return middle - error, middle + error
