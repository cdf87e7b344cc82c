# SPDX-License-Identifier: GPL-2.0-or-later
# bash completion for gtpgen(8). Commands and options come from the program itself, so they are those of its --help.

# The words of the commands in `gtpgen --help`, one command a line.
_gtpgen_commands() {
  "$1" --help 2>/dev/null | sed -nE 's/^  ([a-z]+( [a-z]+)?)  .*/\1/p'
}

# The options of a command, one a line.
_gtpgen_options() {
  "$@" --help 2>/dev/null | sed -nE '/^  -/{s/^  (-[^ ,]+)(, (-[^ ,]+))?.*/\1\n\3/p}'
  printf -- '-h\n--help\n'
}

# What an option wants, as --help writes it: FILE, IF, N; nothing for a flag.
_gtpgen_value() {
  local option=$1
  shift
  "$@" --help 2>/dev/null | sed -nE "s/^  (-[^ ,]+, )?$option(, -[^ ]+)? ([A-Z][^ ]*).*/\3/p"
}

_gtpgen() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local gtpgen=${COMP_WORDS[0]} first=${COMP_WORDS[1]} second=${COMP_WORDS[2]}
  local -a command
  COMPREPLY=()

  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "$(_gtpgen_commands "$gtpgen" | cut -d' ' -f1 | sort -u) --help --version" -- "$word")
    return
  fi
  local seconds
  seconds=$(_gtpgen_commands "$gtpgen" | sed -n "s/^$first //p")
  if [[ -n $seconds ]]; then
    if ((COMP_CWORD == 2)); then
      mapfile -t COMPREPLY < <(compgen -W "$seconds" -- "$word")
      return
    fi
    command=("$gtpgen" "$first" "$second")
  else
    command=("$gtpgen" "$first")
  fi

  if [[ $previous == -* ]]; then
    case $first$previous in
      echo-g | echo--gtp) mapfile -t COMPREPLY < <(compgen -W 'auto 0 1 2 u prime' -- "$word") && return ;;
      echo-M | echo--pmtudisc) mapfile -t COMPREPLY < <(compgen -W 'do dont want probe' -- "$word") && return ;;
      echo--clock) mapfile -t COMPREPLY < <(compgen -W 'kernel app' -- "$word") && return ;;
      replay--only) mapfile -t COMPREPLY < <(compgen -W 'gpdu all' -- "$word") && return ;;
    esac
    case $(_gtpgen_value "$previous" "${command[@]}") in
      '') ;;
      FILE | IN | OUT)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
        ;;
      IF | LINK | 'IF|ADDR')
        mapfile -t COMPREPLY < <(compgen -W "$(command ls /sys/class/net 2>/dev/null)" -- "$word")
        return
        ;;
      *) return ;;
    esac
  fi
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_gtpgen_options "${command[@]}")" -- "$word")
    return
  fi
  case $first in
    echo) mapfile -t COMPREPLY < <(compgen -A hostname -- "$word") ;;
    replay)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$word")
      ;;
  esac
}

complete -F _gtpgen gtpgen
