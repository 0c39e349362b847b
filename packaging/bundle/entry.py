"""Where the frozen program begins; also every process it starts, for it is their program too."""

import os

# The bundle's own libraries are found by the time this runs. What the program opens, a browser for
# a link, must not get them; its own processes begin as if a person had started them, and find
# them again.
os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if before is not None:
    os.environ["LD_LIBRARY_PATH"] = before
else:
    os.environ.pop("LD_LIBRARY_PATH", None)

from workbench.__main__ import main  # noqa: E402  # nothing may start before the line above

main()
