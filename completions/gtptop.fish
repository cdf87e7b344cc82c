# SPDX-License-Identifier: GPL-2.0-or-later
# fish completion for gtptop(8). Options and columns come from the program itself, so they are what it takes.

function __gtptop_options
    gtptop --help 2>/dev/null | string match -r '^  -.*' | while read -l line
        set -l help (string replace -r '.*  ' '' -- $line)
        for option in (string match -ra -- '(?<=^|, )--?[a-zA-Z0-9][a-zA-Z0-9-]*' (string replace -r '(\S)  .*' '$1' -- $line | string trim))
            printf '%s\t%s\n' $option $help
        end
    end
end

# A column that is none makes the program say which there are.
function __gtptop_columns
    set -l words (commandline -opc)
    set -l view tunnels
    set -l at (contains -i -- --view $words); and set view $words[(math $at + 1)]
    gtptop --view $view --sort '?' 2>&1 | string match -rg '; there are (.*)' | string split ' '
end

function __gtptop_after
    set -l words (commandline -opc)
    contains -- $words[-1] $argv
end

complete -c gtptop -f
complete -c gtptop -n 'not __gtptop_after -s --sort; and string match -q -- "-*" (commandline -ct)' -a '(__gtptop_options)'
complete -c gtptop -n '__gtptop_after --view' -a 'tunnels peers links events findings'
complete -c gtptop -n '__gtptop_after --group' -a 'none peer link prefix'
complete -c gtptop -n '__gtptop_after --color' -a 'auto always never'
complete -c gtptop -n '__gtptop_after -s --sort' -a '(__gtptop_columns) -(__gtptop_columns)'
complete -c gtptop -n '__gtptop_after --columns' -a '(__gtptop_columns)'
complete -c gtptop -n '__gtptop_after --tap' -a 'all (command ls /sys/class/net 2>/dev/null)'
complete -c gtptop -n '__gtptop_after --netns' -a '(command ls /run/netns 2>/dev/null)'
complete -c gtptop -n '__gtptop_after --link' -a '(command ls /sys/class/net 2>/dev/null)'
complete -c gtptop -n '__gtptop_after -r --replay -w --record --config' -F
