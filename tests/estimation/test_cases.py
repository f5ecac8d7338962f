from __future__ import annotations

import pickle
from contextlib import suppress
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import CasesError
from blamegame.estimation.cases import Cases, Choice
from blamegame.estimation.compare import independence, leave_one_out, likelihood_ratio, vuong
from blamegame.estimation.design import Design, Experiment, SymmetricGame
from blamegame.estimation.facts import Between, Counted, as_fact
from blamegame.estimation.fit import fit
from blamegame.estimation.read_cases import cases_from_dataframe, read_cases
from blamegame.estimation.theory import QuantalResponse
from blamegame.models.delegation import Delegation

from .fixtures import F1, F4

BY_CASE = "case,cluster,regime,upper,lower\n1,A,base,push,escalate\n2,A,base,push,work\n3,B,list,assist,\n"
BY_COUNT = (
    "regime,office,action,count\nbase,upper,push,2\nbase,lower,escalate,1\nbase,lower,work,1\nlist,upper,assist,1\n"
)


def test_both_layouts_say_the_same():
    by_case, by_count = read_cases(BY_CASE), read_cases(BY_COUNT)
    for regime in ("base", "list"):
        for office, actions in by_case.offices:
            for action in actions:
                assert by_case.count(regime, office, action) == by_count.count(regime, office, action)
    assert by_case.clusters == ("A", "B") and by_count.clusters == ()
    assert by_case.pairs == (("base", ("push", "escalate"), 1), ("base", ("push", "work"), 1))


def test_a_dataframe_says_the_same_as_its_file():
    pandas = pytest.importorskip("pandas")
    import io

    for text in (BY_CASE, BY_COUNT):
        assert cases_from_dataframe(pandas.read_csv(io.StringIO(text))) == read_cases(text)


def test_files_are_read_with_comments_marks_and_blank_lines(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_bytes(b"\xef\xbb\xbf# coded in 2026\r\n\r\n" + BY_COUNT.replace("\n", "\r\n").encode())
    assert read_cases(path) == read_cases(BY_COUNT)


def test_every_bad_row_is_named_with_its_line():
    text = (
        "# source\nregime,office,action,count\nbase,upper,push,2\nbase,upper,puhs,2\nbase,lowr,work,1\n"
        "base,lower,work,-1\nbase,lower,work,1.5\n,lower,work,1\nbase,lower\nbase,upper,push,4\n"
    )
    with pytest.raises(CasesError) as error:
        read_cases(text)
    assert [problem.split(":")[0] for problem in error.value.problems] == [f"line {n}" for n in (8, 9, 4, 5, 6, 7, 10)]
    said = str(error.value)
    assert "did you mean 'push'?" in said and "did you mean 'lower'?" in said and "was counted above" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("case,regime,upper,lower\n1,base,push,work\n1,base,push,work\n", "line 3: case '1' occurs twice"),
        ("case,regime,upper,lower\n1,base,,\n", "line 2: no office was observed"),
        ("case,cluster,regime,upper,lower\n1,,base,push,work\n", "line 2: no cluster"),
        ("regime,upper\nbase,push\n", "the columns are regime, upper"),
        ("regime,regime,upper,lower\n", "the column 'regime' occurs twice"),
        ("regime,upper,lower\n", "a header and no case"),
        ('regime,upper,lower\n"base,push,work\n', "not well-formed CSV"),
        ("regime,office,action,share,of\nbase,upper,push,1.2,10\n", "is not a share"),
        ("\n\n", "has no header"),
    ],
)
def test_what_is_wrong_is_said(text, said):
    with pytest.raises(CasesError, match=said.replace("(", "\\(")):
        read_cases(text)


def test_only_known_regimes_where_they_are_named():
    with pytest.raises(CasesError, match="line 5: 'list' is not a regime of the design"):
        read_cases(BY_COUNT, regimes=["base"])


def test_files_that_are_none_are_refused(tmp_path):
    (tmp_path / "latin.csv").write_bytes(b"regime,upper,lower\nb\xe4se,push,work\n")
    for path in (tmp_path, tmp_path / "missing.csv", tmp_path / "latin.csv"):
        with pytest.raises(CasesError):
            read_cases(path)
    with pytest.raises(CasesError):
        read_cases("x" * (9 * 2**20) + "\n")
    with pytest.raises(CasesError, match="not a DataFrame"):
        cases_from_dataframe([1, 2])


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_any_text_gives_cases_or_a_typed_error(text):
    with suppress(CasesError):
        assert read_cases(f"regime,office,action,count\n{text}").choices


def test_shares_become_exact_counts():
    cases = read_cases("regime,office,action,share,of\nbase,upper,push,0.527,128\nbase,upper,assist,0.473,128\n")
    assert cases.count("base", "upper", "push") + cases.count("base", "upper", "assist") == 128
    assert "67.456" in str(cases)


def test_counts_in_any_form_are_the_same_cases():
    one = Cases.of_counts({"base": {"upper": [14, 86]}})
    other = Cases.of_counts({"base": {"upper": {"push": np.int64(86), "assist": 14.0}}})
    assert one == other and hash(one) == hash(other) and pickle.loads(pickle.dumps(one)) == one
    for bad in (
        {"base": {"upper": [1]}},
        {"base": {"uper": [1, 2]}},
        {"base": {"upper": [1, -2]}},
        {"b": {"upper": [1, True]}},
    ):
        with pytest.raises(CasesError):
            Cases.of_counts(bad)
    with pytest.raises(CasesError, match="whole number"):
        Cases((Choice("base", "upper", "push", "", -1),))


def test_facts_as_they_are_written():
    assert as_fact("tolerance", {"k": 3, "n": 41}) == Counted(3, 41)
    assert as_fact("authority", [0.25, 0.5]) == Between(0.25, 0.5)
    for bad in ({"k": 3}, {"k": 5, "n": 4}, {"k": 1.5, "n": 4}, [1], [0.5, 0.25], 3, {"k": 0, "n": 0}, ["a", 1]):
        with pytest.raises(CasesError, match="fact 'x'"):
            as_fact("x", bad)


def test_designs_refuse_what_does_not_fit():
    base = {"base": ()}
    with pytest.raises(CasesError, match="named twice"):
        Design(Delegation(), base, ["authority"], {"authority": [0, 1]})
    with pytest.raises(CasesError, match="leaves the range"):
        Design(Delegation(), base, [], {"authority": [0, 2]})
    with pytest.raises(CasesError, match="counts a share"):
        Design(Delegation(), base, [], {"accountability": {"k": 1, "n": 2}})
    with pytest.raises(CasesError, match="write \\['authority'\\]"):
        Design(Delegation(), base, "authority")
    with pytest.raises(CasesError, match="not above 0"):
        Design(Delegation(), base, [], rationality=0)
    with pytest.raises(CasesError, match="0 regimes"):
        Design(Delegation(), {}, [])
    with pytest.raises(CasesError, match="no bundle"):
        Design(Delegation(), {"base": "list"}, [])
    with pytest.raises(CasesError, match="other offices or actions"):
        Experiment({"a": SymmetricGame((1.0,)), "b": SymmetricGame((1.0,), ("act", "rest"))})


def test_a_design_is_a_value():
    design = F1.design
    again = pickle.loads(pickle.dumps(design))
    assert again == design and hash(again) == hash(design)
    with pytest.raises(AttributeError):
        design.free = ()
    with pytest.raises(TypeError):
        design.regimes["more"] = ()


def _clustered(cases, copies):
    """Every case ``copies`` times, all copies of a case in one cluster of its own regime's tenth."""
    rng = np.random.default_rng(5)
    found = []
    for choice in cases.choices:
        parts = rng.multinomial(choice.count, [1 / 10] * 10)
        found += [
            Choice(choice.regime, choice.office, choice.action, f"county {k}", int(n) * copies)
            for k, n in enumerate(parts)
            if n
        ]
    return Cases(tuple(found), cases.offices)


def test_copying_every_case_narrows_naive_sets_and_not_clustered_ones():
    once, thrice = (fit(_clustered(F1.cases, n), F1.design) for n in (1, 3))
    naive = [f.interval("authority", clustered=False) for f in (once, thrice)]
    assert naive[1].high - naive[1].low < 0.7 * (naive[0].high - naive[0].low)
    clustered = [f.interval("authority") for f in (once, thrice)]
    assert clustered[1].low == pytest.approx(clustered[0].low, abs=1e-4)
    assert clustered[1].high == pytest.approx(clustered[0].high, abs=1e-4)
    with pytest.raises(CasesError, match="0 clusters"):
        fit(F1.cases, F1.design).interval("authority", clustered=True)


def test_a_restriction_that_holds_is_not_rejected_and_one_that_does_not_is():
    wide = fit(F1.cases, F1.design)
    near = fit(F1.cases, Design(Delegation(diffusion=0.8), dict(F1.design.regimes), ("authority", "escalation_shield")))
    far = fit(F1.cases, Design(Delegation(diffusion=0.3), dict(F1.design.regimes), ("authority", "escalation_shield")))
    assert likelihood_ratio(wide, near).p_value > 0.5
    assert likelihood_ratio(wide, far).p_value < 1e-3
    assert likelihood_ratio(wide, far).degrees == 1
    with pytest.raises(CasesError, match="must estimate everything"):
        likelihood_ratio(near, wide)
    with pytest.raises(CasesError, match="different cases"):
        vuong(wide, fit(F4.cases, F4.design))


def test_a_wrong_liability_rule_is_rejected_and_moves_the_estimates():
    """Cases at their expectation under a causal weight of a quarter, read as territorial."""
    regimes = dict(F1.design.regimes)
    truth = Design(Delegation(causal_weight=0.25), regimes, (), rationality=8)
    shares = np.exp(QuantalResponse().predictor(truth, (), np.zeros(1))(np.zeros((1, 0)))[0][0]).reshape(3, 5)
    counts = {
        name: {"upper": [Fraction(x) * 400 for x in row[:2]], "lower": [Fraction(x) * 400 for x in row[2:]]}
        for name, row in zip(regimes, shares)
    }
    cases = Cases.of_counts(counts)
    wrong = fit(cases, Design(Delegation(), regimes, ("authority", "diffusion")))
    right = fit(cases, Design(Delegation(), regimes, ("authority", "diffusion", "causal_weight")))
    assert right.values["causal_weight"] == pytest.approx(0.25, abs=1e-3)
    assert right.values["authority"] == pytest.approx(0.3, abs=1e-3)
    assert abs(wrong.values["authority"] - 0.3) > 0.1
    assert likelihood_ratio(right, wrong).p_value < 1e-3


def test_choices_made_together_are_noticed():
    together = "regime,upper,lower\n" + "base,push,escalate\n" * 30 + "base,assist,work\n" * 30
    found = independence(fit(read_cases(together), Design(Delegation(), {"base": ()}, ("authority",))))
    assert found["base"].p_value < 1e-6 and found["base"].degrees == 1
    apart = "regime,upper,lower\n" + "".join(
        f"base,{upper},{lower}\n" * 9 for upper in ("push", "assist") for lower in ("work", "escalate")
    )
    assert (
        independence(fit(read_cases(apart), Design(Delegation(), {"base": ()}, ("authority",))))["base"].p_value > 0.99
    )


def test_what_is_foretold_is_never_better_than_what_was_fitted():
    found = fit(F1.cases, F1.design)
    foretold = leave_one_out(found)
    assert set(foretold) == set(F1.design.regime_names)
    assert sum(foretold.values()) < found.log_likelihood
