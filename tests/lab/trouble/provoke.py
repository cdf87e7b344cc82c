# SPDX-License-Identifier: GPL-2.0-or-later
"""How each scenario of gtp-troubleshooting(7) is brought about, and ended where the page's "# " lines do not."""
from case import Case
from provoke_host import HOST
from provoke_identification import IDENTIFICATION
from provoke_path import PATH
from provoke_size import SIZE

PROVOKED: dict[str, Case] = {**IDENTIFICATION, **PATH, **HOST, **SIZE}
