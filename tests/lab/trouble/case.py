# SPDX-License-Identifier: GPL-2.0-or-later
"""A Case: one scenario of gtp-troubleshooting(7) as the lab provokes it.

    wrong:  world, keep entered, `breaks`, then each look while `fault` (or `traffic`) runs
    right:  `release`, the page's "# " lines, `mends`, then each look again while `traffic` runs
"""
import dataclasses
import os
import shutil
import typing

import world

OURS = os.environ.get("LAB_MODULE") == "ours"
KERNEL = os.environ.get("LAB_KERNEL", "")


@dataclasses.dataclass
class Case:
    breaks: typing.Any = ""    # shell on this host (core), or a function
    mends: typing.Any = ""     # besides the page's fix: what somebody else must do
    fault: typing.Any = None   # context managers that run while wrong is looked at,
    traffic: typing.Any = None  # and in both states
    keep: typing.Any = None    # a context for the whole scenario
    after: typing.Any = None   # when all has been looked at
    release: typing.Any = None  # ends what keep gave, before the fix
    wrapper: tuple = ()        # words before the shell while it is wrong
    link: bool = True          # gtp0 is there at the beginning
    peer: bool = True          # a kernel at the other end
    fixes_run: bool = True     # the page's fix is for this host
    found: bool = True         # gtptop finds it
    needs: tuple = ()          # programs
    ours_only: str = ""        # why mainline does not show it
    stock_only: str = ""       # why our module cannot do it
    kernels: tuple = ()        # only these

    def reason_to_skip(self):
        for program in self.needs:
            if shutil.which(program) is None:
                return f"{program} is not installed"
        if self.kernels and KERNEL not in self.kernels:
            return f"not on Linux {KERNEL}"
        return self.stock_only if OURS else self.ours_only

    def break_it(self):
        act(self.breaks)

    def mend_it(self):
        act(self.mends)


def act(what):
    if callable(what):
        what()
    elif what:
        world.do(what)
