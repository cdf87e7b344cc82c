# SPDX-License-Identifier: GPL-2.0-or-later
# bash completion for gtpdump(1). Field names and message types come from the program itself.

_gtpdump_fields() {
  "$1" --fields help 2>/dev/null | while read -r name _; do
    [[ $name == ELEMENT.FIELD ]] || printf '%s\n' "$name"
  done
}

_gtpdump_interfaces() {
  printf 'any\n'
  [[ -d /sys/class/net ]] && command ls /sys/class/net
}

_gtpdump() {
  local options='-r -i -p -c --duration --port --bpf --follow -v -x --json --raw --fields --csv --stats --check -t
    --color -q -w --decap -C -G -W -j -n -h --help --version'
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local gtpdump=${COMP_WORDS[0]}
  COMPREPLY=()

  # `=` may be a word of its own, as COMP_WORDBREAKS has it.
  local option=$previous value=$word
  [[ $word == '=' ]] && value=''
  [[ $previous == '=' ]] && ((COMP_CWORD > 2)) && option=${COMP_WORDS[COMP_CWORD - 3]}
  [[ $word == '=' ]] && ((COMP_CWORD > 1)) && option=${COMP_WORDS[COMP_CWORD - 2]}

  case $option in
    -r | -w | --decap)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$word")
      return
      ;;
    -i)
      mapfile -t COMPREPLY < <(compgen -W "$(_gtpdump_interfaces)" -- "$word")
      return
      ;;
    -t)
      mapfile -t COMPREPLY < <(compgen -W 'local date utc epoch relative delta none' -- "$word")
      return
      ;;
    --color)
      mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$word")
      return
      ;;
    --follow)
      [[ $option == "$previous" && $word != '=' ]] || return
      compopt -o nospace 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -W 'imsi= msisdn= ue= teid=' -- "$word")
      return
      ;;
    --port)
      if [[ $word == '=' || $previous == '=' ]]; then
        mapfile -t COMPREPLY < <(compgen -W 'gtp-c gtp-u gtp-prime gtpv0 pfcp none' -- "$value")
      fi
      return
      ;;
    --fields)
      local done=''
      [[ $word == *,* ]] && done=${word%,*},
      compopt -o nospace 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -P "$done" -W "help $(_gtpdump_fields "$gtpdump")" -- "${word##*,}")
      return
      ;;
    -c | --duration | --bpf | -C | -G | -W | -j)
      return
      ;;
  esac

  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    return
  fi
  # More files of -r, or the filter.
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(
    compgen -W "and or not $(_gtpdump_fields "$gtpdump")" -- "$word"
    compgen -f -- "$word"
  )
}

complete -F _gtpdump gtpdump
