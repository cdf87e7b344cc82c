#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The Debian packages. Usage: packages_test.py ROOT WORK build|files|install|kernel|prefix

  build    two builds of these sources, in other directories and at other times, give the same bytes
  files    every program, manual, completion and example is in them, and nothing outside /usr
  install  on a clean Debian 12 they install, the programs run, man finds the pages, DKMS builds the module
  kernel   in the lab, on that Debian's kernel: modprobe takes ours, and after the removal the kernel's own; that Debian's
           systemd starts the exporter
  prefix   `cmake --install` with DESTDIR and a prefix

WORK keeps what one step leaves for the next. Skipped (77) where a Debian image or the lab cannot be had.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT, WORK = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "checks"))
from style import tracked_files  # noqa: E402

PACKAGES, IMAGE = WORK / "packages", WORK / "image"
PROGRAMS = ["gtptop", "gtpgen", "gtpdump"]


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False, **options)
    if done.returncode == 77:
        print(done.stdout.strip())
        sys.exit(77)
    assert done.returncode == 0, f"{' '.join(map(str, command))}: status {done.returncode}\n{done.stdout}"
    return done.stdout


def inside(*command):
    return run(HERE / "inside", IMAGE, *command)


def pages():
    return sorted(path.name for path in (ROOT / "man").glob("*.[1-8]"))


def package(name):
    found = sorted(PACKAGES.glob(f"{name}_*.deb"))
    assert len(found) == 1, f"{name}: {found}"
    return found[0]


def git(*words):
    """What git says of these sources; nothing where they are an unpacked archive, or not git's to tell."""
    done = subprocess.run(["git", "-C", ROOT, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                          check=False)
    return done.stdout if done.returncode == 0 else ""


def sources():
    return tracked_files(ROOT, "--cached", "--others", "--exclude-standard")


def build():
    """The sources twice: where they are, and a copy elsewhere, built with another clock and umask."""
    shutil.rmtree(WORK, ignore_errors=True)
    PACKAGES.mkdir(parents=True)
    copy, other = WORK / "copy", WORK / "other"
    copy.mkdir()
    for name in sources():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy / name)
        shutil.copymode(ROOT / name, copy / name)
    # The copy asks the same repository which commit it is, and when; an archive has only the time of its files.
    same = {"GIT_DIR": git("rev-parse", "--absolute-git-dir").strip(), "GIT_WORK_TREE": str(ROOT)}
    if not same["GIT_DIR"]:
        same = {"SOURCE_DATE_EPOCH": str(int((ROOT / "CHANGELOG.md").stat().st_mtime))}
    run(ROOT / "scripts/package", "--no-install", PACKAGES)
    run("sh", "-c", 'umask 077; exec "$0" --no-install "$1"', copy / "scripts/package", other,
        env=dict(os.environ, **same, TZ="Pacific/Auckland", LC_ALL="C"))
    shutil.rmtree(copy)
    for name in sorted(path.name for path in PACKAGES.glob("*.deb")):
        assert (PACKAGES / name).read_bytes() == (other / name).read_bytes(), f"{name}: two builds differ"
        print(f"{name}: {(PACKAGES / name).stat().st_size} octets, twice the same")


def contents(name):
    listing = run("dpkg-deb", "-c", package(name)).splitlines()
    for line in listing:
        assert line.split()[1] == "root/" + "root", f"not root's: {line}"
    return {re.sub(r" -> .*", "", line.split(" ", 5)[-1].strip()).split(" ./")[-1].removeprefix("./")
            for line in listing}


def files():
    tools, dkms = contents("gtp-tools"), contents("gtp-dkms")
    for path in tools | dkms:
        assert path in ("", "./") or path.startswith("usr/"), f"outside /usr: {path}"
    wanted = [f"usr/bin/{name}" for name in PROGRAMS]
    wanted += [f"usr/share/man/man{page[-1]}/{page}.gz" for page in pages()]
    for name in PROGRAMS:
        wanted += [f"usr/share/bash-completion/completions/{name}", f"usr/share/zsh/site-functions/_{name}",
                   f"usr/share/fish/vendor_completions.d/{name}.fish"]
    wanted += ["usr/share/doc/gtp-tools/copyright", "usr/share/doc/gtp-tools/changelog.gz"]
    missing = [path for path in wanted if path not in tools]
    assert not missing, f"not in gtp-tools: {missing}"
    for kind in ("service", "json", "yml"):
        assert any(path.endswith("." + kind) for path in tools), f"no .{kind} in gtp-tools"
    module = [name for name in sources() if re.fullmatch(r"kernel/(.*\.[ch]|Kbuild|Makefile|dkms\.conf)", name)]
    packed = {path.split("/", 3)[-1] for path in dkms if path.startswith("usr/src/gtp-tools-")}
    missing = [path for path in module if "/tests/" not in path and path.removeprefix("kernel/") not in packed]
    assert not missing, f"not in gtp-dkms: {missing}"
    depends = run("dpkg-deb", "-f", package("gtp-tools"), "Depends")
    assert "libc6" in depends and "libmnl0" in depends, depends
    print(f"gtp-tools: {len(tools)} paths; gtp-dkms: {len(dkms)} paths; depends: {depends.strip()}")


def install():
    run(HERE / "image", IMAGE)
    for name in ("gtp-tools", "gtp-dkms"):
        shutil.copy(package(name), IMAGE / "srv")
    inside("sh", "-c", "apt-get -q update && apt-get -q -o Dpkg::Use-Pty=0 install -y --no-install-recommends "
                       "/srv/gtp-tools_*.deb /srv/gtp-dkms_*.deb")
    for name in PROGRAMS:
        said = inside(name, "--version")
        assert said.startswith(name + " "), said
        inside(name, "--help")
    inside("sh", "-c", "gtpgen load 127.0.0.1 --write /srv/load.pcap --count 5 >/srv/load.txt")
    decoded = inside("gtpdump", "-r", "/srv/load.pcap")
    assert len(decoded.splitlines()) == 5 and "G-PDU" in decoded, decoded
    for page in pages():
        name, section = page.rsplit(".", 1)
        assert inside("man", "-w", section, name).strip().endswith(f"/{page}.gz"), page
        top = inside("sh", "-c", f"MANWIDTH=80 man {section} {name} | head -n 5")
        assert f" {name} " in top, f"{page}: {top}"
    status = inside("dkms", "status", "-m", "gtp-tools")
    assert ": installed" in status and "WARNING" not in status, f"DKMS has not installed the module: {status}"
    print(f"installed on Debian {(IMAGE / 'etc/debian_version').read_text().strip()}; {status.strip()}")


def kernel():
    release = next(path.name for path in (IMAGE / "lib/modules").iterdir())
    series = ".".join(release.split(".")[:2])
    said = run(ROOT / "tests/lab/run", "--kernel", series, "--module", "none", "--timeout", "900", "--",
               HERE / "guest", IMAGE)
    print(said.strip())
    ours, own = re.search(r"^with gtp-dkms: (.*)", said, re.M), re.search(r"^without: (.*)", said, re.M)
    assert ours and ours[1].startswith("updates/dkms/gtp.ko"), said
    assert own and own[1].startswith("kernel/drivers/net/gtp.ko"), said
    # The unit as it is installed: serves, has never failed, is nobody's, has the rights that it names, ends when told.
    capabilities = 1 << 12 | 1 << 13 | 1 << 39  # CAP_NET_ADMIN, CAP_NET_RAW, CAP_BPF
    for line in ('gtp_link_info{link="gtp-probe",role="ggsn"', "gtptop_source_up 1", "ActiveState=active", "NRestarts=0",
                 f"CapEff:\t{capabilities:016x}", "NoNewPrivs:\t1", "Seccomp:\t2", "Result=success"):
        assert f"\n{line}" in said, f"not said by the exporter's service: {line}"
    user = re.search(r"^Uid:\t(\d+)", said, re.M)
    assert user and 61184 <= int(user[1]) <= 65519, f"not a dynamic user: {user}"


def prefix():
    """ROOT is a build directory here."""
    destination = WORK / "destination"
    shutil.rmtree(destination, ignore_errors=True)
    run("cmake", "--install", ROOT, "--prefix", "/opt/gtp", env=dict(os.environ, DESTDIR=str(destination)))
    found = sorted(str(path.relative_to(destination)) for path in destination.rglob("*") if not path.is_dir())
    outside = [path for path in found if not path.startswith("opt/gtp/")]
    assert found and not outside, f"outside of the prefix: {outside}"
    for name in PROGRAMS:
        assert run(destination / "opt/gtp/bin" / name, "--version").startswith(name)
    print(f"{len(found)} files below the prefix")


STEPS = {"build": build, "files": files, "install": install, "kernel": kernel, "prefix": prefix}

if __name__ == "__main__":
    STEPS[sys.argv[3]]()
