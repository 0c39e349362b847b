"""What the bundle holds beside what PyInstaller finds by itself. Needs only the standard library,
so that a test can hold it against the program without building anything."""

from __future__ import annotations

import sys
from fnmatch import fnmatch
from pathlib import PurePath

NAME = "workbench"
APP_ID = "org.promptworkbench.Workbench"

DATA = (
    ("assets/fonts", "assets/fonts"),
    ("assets/help", "assets/help"),
    ("assets/icons", "assets/icons"),
    ("assets/models", "assets/models"),
    ("assets/screenshots", "assets/screenshots"),
    ("assets/translations", "assets/translations"),
    ("prompts", "prompts"),
    ("LICENSE", "."),
)
"""Folders and files of the repository, and where they lie in the bundle (core/paths.py)."""

KEPT_AS_SOURCE = ("llama_cpp",)

OPENED_BY_NAME = (
    # Libraries that metrics and exports import when they are first needed.
    "jiwer",
    "jsonschema",
    "math_verify",
    "nltk.stem.porter",
    "nltk.translate.meteor_score",
    "openpyxl",
    "rapidfuzz.distance",
    "referencing",
    "rouge_score.rouge_scorer",
    "sacrebleu.metrics.bleu",
    "sacrebleu.metrics.chrf",
    "sacrebleu.metrics.ter",
    "scipy.special",
    # The binding's low-level half; collect_submodules would import the other half.
    "llama_cpp.llama_cpp",
    "llama_cpp._ctypes_extensions",
    "llama_cpp._ggml",
)

WHOLE = ("workbench", "gguf", "sacrebleu", "math_verify", "latex2sympy2_extended", "jiwer")
"""Packages of which every module goes in: they import their own parts by name."""

METADATA = ("PySide6-Essentials", "sacrebleu", "jsonschema", "sqlite-utils", "platformdirs")
"""Distributions whose version is asked for at run time."""

EXCLUDED = [
    *(
        f"scipy.{part}"
        for part in (
            "cluster",
            "constants",
            "datasets",
            "differentiate",
            "fft",
            "fftpack",
            "integrate",
            "interpolate",
            "io",
            "linalg",
            "ndimage",
            "odr",
            "optimize",
            "signal",
            "sparse",
            "spatial",
            "stats",
        )
    ),
    "PySide6.QtNetwork",
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "PySide6.QtTest",
    "IPython",
    # Pictures in a PDF: none but what Pillow reads by itself.
    "PIL._avif",
    "PIL._imagingcms",
    "PIL._imagingft",
    "PIL._imagingtk",
    "PIL._webp",
    "PyInstaller",
    "absl.testing",
    "curses",
    "dask",
    "gguf.scripts",
    "fontTools.fontBuilder",
    "fontTools.ufoLib",
    "fontTools.varLib.interpolatable",
    "huggingface_hub",
    "idlelib",
    "lib2to3",
    "llama_cpp.server",
    "lxml.html",
    "lxml.isoschematron",
    "lxml.objectify",
    "lxml.sax",
    "matplotlib",
    "mypy",
    "notebook",
    "numpy.f2py",
    "nis",
    "numpy.testing",
    "pandas",
    "pip",
    "pyarrow",
    "pydoc_data",
    "pyqtgraph.examples",
    "pyqtgraph.opengl",
    "pytest",
    "readline",
    "ruff",
    "setuptools",
    "sklearn",
    "tkinter",
    "torch",
    "transformers",
    "turtledemo",
    "wheel",
]

_UNWANTED = (
    # Second copies beside the program, where the loader would look first. Each copy of ggml has its
    # own list of backends, and llama.cpp's would stay empty.
    "libggml*",
    "libllama*",
    "ggml*.dll",
    "llama.dll",
    # Qt's modules that come along although nothing here asks for them.
    "*libQt6Network*",
    "*libQt6Pdf*",
    "*libQt6Qml*",
    "*libQt6Quick*",
    "*libQt6VirtualKeyboard*",
    "*/plugins/generic/*",
    "*/plugins/imageformats/*qpdf*",
    "*/plugins/imageformats/*qtiff*",
    "*/plugins/imageformats/*qwebp*",
    "*/plugins/imageformats/*qicns*",
    "*/plugins/imageformats/*qtga*",
    "*/plugins/imageformats/*qwbmp*",
    "*/plugins/networkinformation/*",
    "*/plugins/egldeviceintegrations/*",
    "*/plugins/platforminputcontexts/*virtualkeyboard*",
    "*/plugins/platforms/*eglfs*",
    "*/plugins/platforms/*linuxfb*",
    "*/plugins/platforms/*minimalegl*",
    "*/plugins/platforms/*vkkhrdisplay*",
    "*/plugins/platforms/*vnc*",
    "*/plugins/tls/*",
    "*libQt6EglFS*",
    "*libQt6EglFs*",
    "*opengl32sw.dll",
    # Data of lxml's half that is left out.
    "lxml/isoschematron/*",
    # Tests and types inside packages.
    "*/tests/*",
    "*.pyi",
    "*/py.typed",
    "*.pxd",
)


FROM_THE_SYSTEM = (
    # Python's own modules need them.
    "libbz2.so*",
    "libcrypto.so*",
    "libffi.so*",
    "liblzma.so*",
    "libmpdec.so*",
    "libpython3*",
    "libsqlite3.so*",
    "libssl.so*",
    "libuuid.so*",
    # llama.cpp needs it.
    "libgomp.so*",
    # Qt opens its window with them, and few systems have all.
    "libxcb-cursor.so*",
    "libxcb-icccm.so*",
    "libxcb-image.so*",
    "libxcb-keysyms.so*",
    "libxcb-render-util.so*",
    "libxcb-util.so*",
    "libxkbcommon*.so*",
)
"""Libraries of the building system that go into a Linux bundle. All others stay outside: a desktop
has them (the .deb names their packages), and copies of the C++ runtime, X11, GTK or font libraries
do harm on another system."""

_SYSTEM_FOLDERS = ("/lib", "/usr/lib", "/usr/local/lib")


def left_to_the_system(place: str, source: str) -> bool:
    """Whether a library that PyInstaller found on this Linux system is left out."""
    if sys.platform != "linux" or not source.startswith(_SYSTEM_FOLDERS):
        return False
    name = PurePath(place).name
    return ".so" in name and not any(fnmatch(name, kept) for kept in FROM_THE_SYSTEM)


def standard_library() -> list[str]:
    """Modules for programs that run behind the sandbox's walls: they may import any of these."""
    left_out = {"antigravity", "test", "this", "turtle", *EXCLUDED}
    if sys.platform != "win32":
        left_out |= {"msilib", "msvcrt", "nt", "ntpath", "winreg", "winsound"}
    names = sys.stdlib_module_names - left_out
    return sorted(name for name in names if name == "__future__" or not name.startswith("_"))


def unwanted(place: str) -> bool:
    """Whether a file at this place in the bundle is left out."""
    path = PurePath(place).as_posix()
    if "/translations/" in path and "PySide6" in path:
        return not fnmatch(path, "*/qtbase_??.qm")
    return any(fnmatch(path, pattern) for pattern in _UNWANTED)
