# SPDX-License-Identifier: GPL-2.0-or-later
# fish completion for gtpgen(8). Commands and options come from the program itself, so they are those of its --help.

# The command on the line: one word or two.
function __gtpgen_command
    set -l words (commandline -opc)
    set -l commands (gtpgen --help 2>/dev/null | string match -rg '^  ([a-z]+(?: [a-z]+)?)  ')
    if test (count $words) -ge 3; and contains -- "$words[2] $words[3]" $commands
        printf '%s\n' $words[2] $words[3]
    else if test (count $words) -ge 2; and contains -- $words[2] $commands
        printf '%s\n' $words[2]
    end
end

function __gtpgen_commands
    set -l words (commandline -opc)
    if test (count $words) -eq 1
        gtpgen --help 2>/dev/null | string replace -rf '^  ([a-z]+)(?: [a-z]+)?  +(.*)' '$1\t$2' | sort -u -k1,1
        printf '%s\n' --help\t'the commands' --version\t'version and features'
    else if test (count $words) -eq 2
        gtpgen --help 2>/dev/null | string replace -rf "^  $words[2] ([a-z]+)  +(.*)" '$1\t$2'
    end
end

function __gtpgen_options
    set -l command (__gtpgen_command)
    test -n "$command"; or return
    gtpgen $command --help 2>/dev/null | string match -r '^  -.*' | while read -l line
        set -l help (string replace -r '.*  ' '' -- $line)
        for option in (string match -ra -- '(?<=^|, )--?[a-zA-Z0-9][a-zA-Z0-9-]*' (string replace -r '(\S)  .*' '$1' -- $line | string trim))
            printf '%s\t%s\n' $option $help
        end
    end
    printf '%s\n' -h\t'print the options' --help\t'print the options'
end

complete -c gtpgen -f -n 'test -z (__gtpgen_command | string join " ")' -a '(__gtpgen_commands)'
complete -c gtpgen -n 'test -n (__gtpgen_command | string join " "); and string match -q -- "-*" (commandline -ct)' -a '(__gtpgen_options)'
complete -c gtpgen -n 'test -n (__gtpgen_command | string join " ")' -F
