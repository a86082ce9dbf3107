"""The rows of the commands about runs that are kept: what there is of them, and two compared."""

from typing import Final

from termlab.commands.row import CommandRow, Parameter, flag, text

RUN_ROWS: Final[tuple[CommandRow, ...]] = (
    CommandRow(
        "runs",
        "List the measured runs, show, name, tag or forget them.",
        (
            Parameter(
                "what",
                (),
                "text",
                "what to do",
                "WHAT",
                ("ls", "show", "rm", "tag", "name", "trend"),
                required=True,
            ),
            Parameter("words", (), "many", "a run (12, NAME, NAME~2, last), or more", "[RUN]..."),
            text("figure", "--figure", help="trend: of which figure (wall_s)", metavar="FIGURE"),
            flag("all", "--all", help="show: all figures, and what was kept with it"),
            flag("json", "--json", help="print JSON for programs"),
        ),
        where="local",
    ),
    CommandRow(
        "report",
        "Write a measured run as a page, a table, a trace or stacks.",
        (
            text("run", help="the run (last), or a file of --json", metavar="[RUN]"),
            text("output", "-o", "--output", help="the file; - is stdout", metavar="FILE"),
            text("format", "--format", help="what its name does not say", metavar="FORMAT"),
        ),
        where="local",
    ),
    CommandRow(
        "compare",
        "Hold a run against another one, figure by figure.",
        (
            text("a", help="the run to compare with", metavar="A", required=True),
            text("b", help="the run that may be worse", metavar="B", required=True),
            flag("all", "--all", help="figures that are held against nobody too"),
            text(
                "budget",
                "--budget",
                help="by the limits in FILE, with A as baseline",
                metavar="FILE",
            ),
            text("junit", "--junit", help="write the result to FILE as JUnit XML", metavar="FILE"),
            flag("github", "--github", help="and print it as annotations for GitHub"),
            flag("json", "--json", help="print JSON for programs"),
        ),
        where="local",
    ),
    CommandRow(
        "findings",
        "List the rules that runs are judged by, with their limits.",
        (flag("json", "--json", help="print JSON for programs"),),
        where="local",
    ),
)
