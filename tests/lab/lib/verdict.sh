# SPDX-License-Identifier: GPL-2.0
# What a run was worth: the command's status, unless the kernel complained.

# Everything the kernel prints when it is unwell. The exceptions are advice.
_unwell='Oops|BUG:|WARNING:|Kernel panic|general protection|stack segment'
_unwell="$_unwell|Call Trace|KASAN|KFENCE|UBSAN|refcount_t:|list_(add|del) corruption"
_unwell="$_unwell|suspicious RCU|possible (circular|recursive|irq lock)|inconsistent lock"
_unwell="$_unwell|sleeping function called|scheduling while atomic|unreferenced object"
_unwell="$_unwell|unregister_netdevice: waiting|leaked reference|still has memory"
_unwell="$_unwell|detected stalls|blocked for more than"
_well='Unprivileged eBPF|Spectre|lab init:'

# verdict EMULATOR_STATUS: exits. Needs $job and $timeout.
verdict()
{
	if grep -aE "$_unwell" "$job/console" | grep -qavE "$_well"; then
		if [ -n "$tolerate" ]; then
			say "the kernel complained: $(grep -aE "$_unwell" "$job/console" |
				grep -avE "$_well" | head -n 1)"
		else
			echo "lab: the kernel complained:" >&2
			cat "$job/console" >&2
			exit 3
		fi
	fi
	if [ "$1" -eq 124 ] || [ "$1" -eq 137 ]; then
		echo "lab: not done after $timeout s; the kernel's last lines:" >&2
		tail -n 40 "$job/console" >&2
		exit 124
	fi
	if [ ! -s "$job/end" ]; then
		echo "lab: the machine ended before the command did:" >&2
		cat "$job/qemu" "$job/console" >&2
		exit 3
	fi
	exit "$(cat "$job/end")"
}
