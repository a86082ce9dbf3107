"""An attached app whose task manager shows looks of the test's own, which come the way of all."""

from pathlib import Path
from typing import Final

import msgspec

from termlab.model.geometry import Size
from termlab.model.tasks import Tasks
from termlab.ui.task_manager import TaskManager
from termlab.wire.messages import FromServer, Looks, TasksAsked, TasksSeen, TasksUpdate
from tests.ui.attached_app import PREFIX, AttachedApp
from tests.ui.task_figures import MANY

OPEN: Final = (PREFIX, "T")
LOOK_S: Final = 1.0


class TaskedApp(AttachedApp):
    """``asked`` is what the app has said of its looks."""

    def __init__(self, directory: Path, size: Size, tasks: Tasks = MANY) -> None:
        self.asked: list[TasksAsked | TasksSeen] = []
        super().__init__(directory, size)
        self.tasks = tasks

    def hear(self, message: FromServer) -> None:
        if isinstance(message, TasksUpdate):
            message = msgspec.structs.replace(message, tasks=self.tasks)
        super().hear(message)

    def _look(self, message: Looks) -> None:
        if isinstance(message, TasksAsked | TasksSeen):
            self.asked.append(message)
        super()._look(message)

    @property
    def manager(self) -> TaskManager:
        return self.app.query_one(TaskManager)

    @property
    def active(self) -> int:
        """The pane in front."""
        return self._scene.replica.active

    def rows(self) -> list[str]:
        """What stands in its box, without the border and the blanks behind."""
        size = self.manager.size
        lines = [strip.text for strip in self.manager.render_lines(size.region)]
        return [line[1:-1].strip() for line in lines]
