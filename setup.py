"""The optional compiled kernel; everything else is in pyproject.toml."""

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "variorum.multiple._kernel",
            ["src/variorum/multiple/_kernel.c"],
            extra_compile_args=["-O2"],
            optional=True,  # without a compiler the plain Python way is used
        )
    ]
)
