"""Exact integers of any size inside compiled code: 64-bit where they fit, residues modulo 31-bit primes where not.

A determinant of integers is computed modulo enough primes and put together by Garner's mixed-radix algorithm, which
gives its exact sign and its value to the last digits of a float, without big integers.

References
----------
Garner (1959), "The residue number system", IRE Transactions on Electronic Computers EC-8; Knuth, The Art of Computer
Programming 2, section 4.3.2.
"""

from __future__ import annotations

from functools import lru_cache
from math import frexp, ldexp
from typing import Any

import numpy as np

from blamegame.games.strategic import Array
from blamegame.solvers.compiled import compiled

MOST_PRIMES = 32
BITS_PER_PRIME = 30.99
NATIVE_BITS = 62.0


def prime_tables() -> tuple[Array, Array]:
    """The largest primes below 2^31 and the inverse of each modulo each later one."""
    return _prime_tables(MOST_PRIMES)


@lru_cache(maxsize=1)
def _prime_tables(count: int) -> tuple[Array, Array]:
    primes: list[int] = []
    candidate = (1 << 31) - 1
    while len(primes) < count:
        if _is_prime(candidate):
            primes.append(candidate)
        candidate -= 2
    inverses = np.zeros((count, count), dtype=np.int64)
    for i in range(count):
        for j in range(i + 1, count):
            inverses[i, j] = pow(primes[i], -1, primes[j])
    return np.array(primes, dtype=np.int64), inverses


def _is_prime(n: int) -> bool:
    """Miller and Rabin's test; bases 2, 3, 5, 7 decide every n below 3.2 * 10^9."""
    if any(n % p == 0 for p in (2, 3, 5, 7)):
        return False
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in (2, 3, 5, 7):
        x = pow(base, odd, n)
        if x in (1, n - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


@compiled
def signed_value(residues: Any, n_primes: int, primes: Any, inverses: Any, digits: Any) -> float:
    """The integer with these residues as a float of the right sign (0.0 only for zero); |integer| < product / 4."""
    negate = False
    for attempt in range(2):
        nonzero = False
        for j in range(n_primes):
            p = primes[j]
            value = residues[j]
            if negate and value:
                value = p - value
            for i in range(j):
                value = (value - digits[i]) % p * inverses[i, j] % p
            digits[j] = value
            nonzero = nonzero or value != 0
        if not nonzero:
            return 0.0
        if attempt == 0 and digits[n_primes - 1] > primes[n_primes - 1] // 2:
            negate = True
        else:
            break
    total = 0.0
    for j in range(n_primes - 1, -1, -1):
        total = total * primes[j] + digits[j]
    return -total if negate else total


@compiled
def primes_needed(k: int, bits: float) -> int:
    """0 where determinants of size k of differences of that many bits fit an int64, else how many primes they need."""
    log_factorial = 0.0
    for t in range(2, k + 1):
        log_factorial += np.log2(t)
    need = k * bits + log_factorial
    if need <= NATIVE_BITS - 1.0:
        return 0
    return int(np.ceil((need + 2.0) / BITS_PER_PRIME))


@compiled
def odd_part(value: float) -> Any:
    """(integer, exponent) with value = integer * 2^exponent, the integer odd or zero."""
    if value == 0.0:
        return 0, 0
    fraction, exponent = frexp(value)
    integer = np.int64(ldexp(fraction, 53))
    exponent -= 53
    for shift in (32, 16, 8, 4, 2, 1):
        if integer & ((np.int64(1) << shift) - 1) == 0:
            integer >>= shift
            exponent += shift
    return integer, exponent


@compiled
def integers_of(values: Any, largest: int, integers: Any, residues: Any, primes: Any) -> Any:
    """Payoffs of one player as integers of the same game: bits of the largest difference, or -1 where too many.

    ``integers`` is filled where they fit 62 bits (the smallest moved to 0); ``residues`` [prime, *cell] wherever
    determinants of size ``largest`` do not fit an int64.
    """
    rows, columns = values.shape
    lowest = 100000
    highest = -100000
    for i in range(rows):
        for j in range(columns):
            integer, exponent = odd_part(values[i, j])
            if integer != 0:
                lowest = min(lowest, exponent)
                highest = max(highest, exponent + np.int64(np.floor(np.log2(abs(np.float64(integer)) + 0.5))) + 1)
    span = highest - lowest + 1
    fits = span <= 61
    if fits:
        least = np.int64(1) << 62
        for i in range(rows):
            for j in range(columns):
                integer, exponent = odd_part(values[i, j])
                integers[i, j] = integer << (exponent - lowest) if integer != 0 else 0
                least = min(least, integers[i, j])
        most = np.int64(0)
        for i in range(rows):
            for j in range(columns):
                integers[i, j] -= least
                most = max(most, integers[i, j])
        bits = np.log2(most + 1.0)
    else:
        bits = span + 1.0
    n_primes: Any = min(primes_needed(largest, bits), MOST_PRIMES)
    if not fits and n_primes < 1:  # one action against many: only comparisons are needed
        n_primes = 1
    if span > BITS_PER_PRIME * MOST_PRIMES:
        return -1.0
    for q in range(n_primes):
        p = primes[q]
        for i in range(rows):
            for j in range(columns):
                if fits:
                    residues[q, i, j] = integers[i, j] % p
                    continue
                integer, exponent = odd_part(values[i, j])
                shift = exponent - lowest if integer != 0 else 0
                value = integer % p
                while shift >= 30:
                    value = (value << 30) % p
                    shift -= 30
                residues[q, i, j] = (value << shift) % p
    return bits
