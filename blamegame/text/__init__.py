"""Results in print: one description of each kind of result, as plain text, Markdown, HTML, LaTeX or a DataFrame.

>>> from blamegame import Delegation, avoidance
>>> print(plain(avoidance(Delegation())))
Range of avoidance
entrenched: avoidance 1 at best, 1 at worst
<BLANKLINE>
end    probability
best   1
worst  1
"""

from blamegame.text.render import frame as frame
from blamegame.text.render import html as html
from blamegame.text.render import in_notebooks as in_notebooks
from blamegame.text.render import latex as latex
from blamegame.text.render import markdown as markdown
from blamegame.text.render import plain as plain
from blamegame.text.report import Report as Report
from blamegame.text.report import Table as Table
from blamegame.text.report import report as report
