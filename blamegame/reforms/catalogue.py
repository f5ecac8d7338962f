"""The twelve reforms that the sources propose, as edits of the delegation model (model.md section 3).

The *edits* fix how strong each remedy is taken to be; the *costs* say how hard it is to adopt. Both are assumptions,
not findings: the sources propose remedies without measuring them. One unit of cost is a rule rewritten and announced;
2 is a standing procedure that somebody must run; 3 is recurring money or staff; 4 moves posts, budgets and powers
between tiers. Replace them with ``dataclasses.replace(reform, cost=...)`` or in a scenario file.
"""

from __future__ import annotations

from fractions import Fraction

from blamegame.reforms.reform import Reform

CATALOGUE: tuple[Reform, ...] = (
    Reform(
        "empower",
        {"authority": {"add": Fraction("0.35")}},
        cost=4,
        source="authority and resources that match responsibility",
        remedy="delegate power and resources",
    ),
    Reform(
        "list",
        {"push_strength": {"scale": Fraction("0.4")}, "diffusion": {"scale": Fraction("0.25")}},
        cost=2,
        source="power-and-responsibility lists: who answers for what is written down, so less can be pushed or lost",
        remedy="power-and-responsibility lists",
    ),
    Reform(
        "tolerate",
        {"tolerance": {"floor": Fraction("0.5")}},
        cost=1,
        source="fault tolerance: documented good faith is not punished for failing",
        remedy="fault tolerance and correction",
    ),
    Reform(
        "inspect_substance",
        {"substantive_inspection": {"floor": Fraction("0.7")}, "trace_shield": {"scale": Fraction("0.5")}},
        cost=3,
        source="fewer and more substantive inspections: traces protect less and are seen through more often",
        remedy="results, not forms",
    ),
    Reform(
        "trace_upward",
        {"upward_tracing": {"floor": Fraction("0.7")}},
        cost=2,
        source="tracing causes one level up before the office below is charged",
        remedy="look for causes one level up",
    ),
    Reform(
        "train",
        {"assistance": {"add": Fraction("0.3")}, "cost_assist": {"scale": Fraction("0.6")}},
        cost=3,
        source="training and joint work of vertical lines and territorial blocks",
        remedy="training, line-and-block joint work",
    ),
    Reform(
        "answer",
        {"answer_competence": {"add": Fraction("0.25")}, "cost_answer": {"scale": Fraction("0.4")}},
        cost=2,
        source="answering requests: what is asked from below is answered in time and by someone competent",
        remedy="feedback channels, timely answers",
    ),
    Reform(
        "reward",
        {"credit_lower": {"add": Fraction("0.3")}},
        cost=3,
        source="individual incentives for those who carry the mandate",
        remedy="individual incentives",
    ),
    Reform(
        "lighten",
        {"accountability": {"scale": Fraction("0.6")}, "cost_formalism": {"scale": Fraction("0.7")}},
        cost=1,
        source="fewer one-vote vetoes and inspections; graded accountability procedure",
        remedy="fewer vetoes and inspections",
    ),
    Reform(
        "voice",
        {
            "credit_lower": {"add": Fraction("0.15")},
            "credit_upper": {"add": Fraction("0.15")},
            "substantive_inspection": {"add": Fraction("0.2")},
        },
        cost=2,
        source="bottom-up evaluation: residents and lower offices judge results",
        remedy="bottom-up evaluation",
    ),
    Reform(
        "escalation_rule",
        {"escalation_shield": {"scale": Fraction("0.4")}},
        cost=1,
        source="escalate only what is beyond one's own power",
        remedy="escalate only beyond one's own power",
    ),
    Reform(
        "harsher",
        {"accountability": {"scale": Fraction("1.6")}},
        cost=1,
        source="no remedy of the sources: the reflex of more accountability, kept as a placebo and a warning",
        remedy="more accountability",
    ),
)
