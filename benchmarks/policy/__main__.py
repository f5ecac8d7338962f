"""Compare policy parameters: every page in turn. Run with ``python -m benchmarks.policy``."""

from __future__ import annotations

from benchmarks.policy import boundary_movers, cheapest_under_uncertainty, harsher, patience, rule_or_intensity

PAGES = (boundary_movers, harsher, rule_or_intensity, patience, cheapest_under_uncertainty)


def main() -> None:
    for page in PAGES:
        print(page.main(), end="\n\n")


if __name__ == "__main__":
    main()
