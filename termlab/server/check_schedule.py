"""Whether this user may have what the configuration asks of the kernel: each thing really tried.

``python -m termlab.server.check_schedule server|client`` prints the outcomes as JSON. It is a
process of its own, for some of it can't be given back.
"""

import os
import sys

from termlab.scheduling.dedicated import Dedicated
from termlab.server.configured import configure
from termlab.wire.jsontext import to_json


def main() -> None:
    settings = configure(os.environ).settings
    options = settings.server if sys.argv[1] == "server" else settings.client
    tried = Dedicated()
    tried.take(options.schedule())
    sys.stdout.write(to_json(tried.outcomes))


if __name__ == "__main__":
    main()
