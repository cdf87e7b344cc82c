# SPDX-License-Identifier: GPL-2.0-or-later
# fish completion for gtpdump(1). Field names come from the program itself.

function __gtpdump_fields
    gtpdump --fields help 2>/dev/null | string match -v 'ELEMENT*' | string replace -r ' +' \t
end

function __gtpdump_field_list
    set -l done (commandline -ct | string match -r '.*,')
    test -n "$done"; or set done ''
    printf '%s\n' $done"help"\t"print the names"
    for field in (__gtpdump_fields)
        printf '%s\n' $done$field
    end
end

function __gtpdump_ports
    set -l port (commandline -ct | string match -r '^[0-9]+=')
    test -n "$port"; and printf '%s\n' $port{gtp-c,gtp-u,gtp-prime,gtpv0,pfcp,none}
end

function __gtpdump_interfaces
    printf 'any\n'
    test -d /sys/class/net; and command ls /sys/class/net
end

complete -c gtpdump -s r -r -F -d 'read a capture file, - for standard input'
complete -c gtpdump -s i -x -a '(__gtpdump_interfaces)' -d 'capture live'
complete -c gtpdump -s p -d 'promiscuous'
complete -c gtpdump -s c -x -d 'stop after this many selected packets'
complete -c gtpdump -l duration -x -d 'stop a live capture after this many seconds'
complete -c gtpdump -l port -x -a '(__gtpdump_ports)' -d 'what a port carries'
complete -c gtpdump -l bpf -x -d 'filter of pcap-filter(7) on the outer packet'
complete -c gtpdump -l follow -x -a 'imsi= msisdn= ue= teid=' -d 'everything of one subscriber'
complete -c gtpdump -s v -d 'tree of all fields'
complete -c gtpdump -s x -d 'add octets, fields marked'
complete -c gtpdump -l json -d 'gtp-json/1, one object per line'
complete -c gtpdump -l raw -d 'add the octets of elements to --json'
complete -c gtpdump -l fields -x -a '(__gtpdump_field_list)' -d 'columns'
complete -c gtpdump -l csv -d 'columns as CSV'
complete -c gtpdump -l stats -d 'tables at the end'
complete -c gtpdump -l check -d 'protocol errors with their clause'
complete -c gtpdump -s t -x -a 'local date utc epoch relative delta none' -d 'format of times'
complete -c gtpdump -l color -x -a 'auto always never' -d 'when to use colour'
complete -c gtpdump -s q -d 'no progress, no closing line'
complete -c gtpdump -s w -r -F -d 'write the selected packets'
complete -c gtpdump -l decap -r -F -d 'write the packets inside the tunnels'
complete -c gtpdump -s C -x -d 'rotate by size, in millions of octets'
complete -c gtpdump -s G -x -d 'rotate by time, in seconds'
complete -c gtpdump -s W -x -d 'keep this many files'
complete -c gtpdump -s j -x -d 'threads'
complete -c gtpdump -s n -d 'accepted; names are never resolved'
complete -c gtpdump -s h -l help -d 'print the options'
complete -c gtpdump -l version -d 'print the version'
complete -c gtpdump -a '(__gtpdump_fields)' -d 'filter'
