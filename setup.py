"""The optional compiled kernel; everything else is in pyproject.toml."""

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "variorum._kernel",
            ["src/variorum/_kernel.c"],
            extra_compile_args=["-O2"],
            optional=True,  # without a compiler the plain Python way is used
        )
    ]
)
