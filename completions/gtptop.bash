# SPDX-License-Identifier: GPL-2.0-or-later
# bash completion for gtptop(8). Options, columns and findings come from the program itself, so they are what it takes.

_gtptop_options() {
  "$1" --help 2>/dev/null | sed -nE '/^  -/{s/^  (-[^ ,]+)(, (-[^ ,]+))?.*/\1\n\3/p}'
}

# What an option wants, as --help writes it: FILE, N, TIME; nothing for a flag.
_gtptop_value() {
  "$1" --help 2>/dev/null | sed -nE "s/^  (-[^ ,]+, )?$2(, -[^ ]+)? ([^ ]+).*/\3/p"
}

# The names of columns of the view on the command line: a name that is none makes the program say which there are.
_gtptop_columns() {
  local view=tunnels i
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ ${COMP_WORDS[i]} == --view ]] && view=${COMP_WORDS[i + 1]}
  done
  "$1" --view "$view" --sort '?' 2>&1 >/dev/null | sed -nE 's/.*; there are (.*)/\1/p'
}

_gtptop() {
  local gtptop=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local words
  COMPREPLY=()
  case $previous in
    --view) words='tunnels peers links events findings' ;;
    --group) words='none peer link prefix' ;;
    --color) words='auto always never' ;;
    --tap) words="all $(command ls /sys/class/net 2>/dev/null)" ;;
    --netns) words=$(command ls /run/netns 2>/dev/null) ;;
    --link) words=$(command ls /sys/class/net 2>/dev/null) ;;
    -s | --sort)
      words=$(_gtptop_columns "$gtptop")
      [[ $word == -* ]] && words=$(printf -- '-%s ' $words)
      ;;
    --columns)
      local before=
      [[ $word == *,* ]] && before=${word%,*},
      words=$(printf -- "$before%s " $(_gtptop_columns "$gtptop"))
      compopt -o nospace 2>/dev/null
      ;;
    -?*)
      case $(_gtptop_value "$gtptop" "$previous") in
        FILE)
          compopt -o filenames 2>/dev/null
          mapfile -t COMPREPLY < <(compgen -f -- "$word")
          return
          ;;
        ?*) return ;;
      esac
      ;;
  esac
  [[ -z $words && $word == -* ]] && words=$(_gtptop_options "$gtptop")
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -F _gtptop gtptop
