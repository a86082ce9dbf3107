"""A profile of a program that wants to be more than text in its report."""

from termlab.model.calls import CallCount, CallTable
from termlab.model.figure import Amount, Missing
from termlab.model.finding import Finding
from termlab.model.run import Profile, Run
from termlab.model.wakers import Waker
from tests.runs.rich import rich_profile, rich_run

SCRIPT = "</script><script>document.title='owned'</script>"
IMAGE = "<img src=x onerror=\"document.title='owned'\">"
MARKDOWN = "[x](http://evil.example) @everyone | `#1` **"
FORMULA = "=HYPERLINK(1)"


def hostile_profile() -> Profile:
    """Everything that a program or a person can name, in the worst way."""
    run = rich_run()
    table = CallTable("strace", IMAGE, 3, (CallCount(SCRIPT, 2, 10, 1, 1), CallCount(IMAGE, 1)))
    finding = Finding("rule", "bad", SCRIPT + MARKDOWN, IMAGE, SCRIPT)
    figures = {name: getattr(run.figures, name) for name in run.figures.__struct_fields__}
    figures["calls"] = Amount(3, FORMULA + IMAGE)
    figures["wakeups"] = Missing(SCRIPT)
    made = Run(
        type(run.figures)(**figures),
        0,
        "",
        f"exit {SCRIPT}",
        table=table,
        wakers=(Waker(SCRIPT, IMAGE, 1, 1, 5, 5),),
        trails=run.trails,
        samples=run.samples,
        findings=(finding,),
    )
    rich = rich_profile(1)
    return Profile(
        (FORMULA, IMAGE, SCRIPT, MARKDOWN),
        rich.machine,
        80,
        24,
        (made, made),
        2,
        name="demo",
        tags=(IMAGE,),
        keys=SCRIPT,
        notes=(IMAGE,),
    )
