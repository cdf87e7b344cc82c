# SPDX-License-Identifier: GPL-2.0-or-later
# BPF programs: compiled by clang when the project is built, and carried inside the program that loads them.
#
#   include(GtpBpf)
#   gtp_bpf(gtp_gen xdp_flood.bpf.c)
#
# compiles the file of this directory for the bpf target and makes the header "<this directory>/xdp_flood.bpf.hpp", from
# the root as every include, with
#
#   namespace gtp::bpf { inline constexpr unsigned char kXdpFlood[] = {…}; }
#
# for bpf_object__open_mem(). Headers that the program shares with C++ are included from the root and are plain C.
include_guard()

find_program(GTP_BPF_CLANG NAMES clang clang-14 clang-15 clang-16 clang-17 clang-18 clang-19 REQUIRED
  DOC "clang with the bpf target")
set(GTP_BPF_FLAGS -target bpf -O2 -g -Wall -Wextra -Werror -I${PROJECT_SOURCE_DIR}
  -ffile-prefix-map=${PROJECT_SOURCE_DIR}=. -ffile-prefix-map=${PROJECT_BINARY_DIR}=.)
# <asm/types.h>, which that target does not look for by itself.
if(CMAKE_LIBRARY_ARCHITECTURE)
  list(APPEND GTP_BPF_FLAGS -idirafter /usr/include/${CMAKE_LIBRARY_ARCHITECTURE})
endif()

function(gtp_bpf target source)
  file(RELATIVE_PATH part ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  string(REGEX REPLACE "\\.bpf\\.c$" "" name ${source})
  # xdp_flood: kXdpFlood
  string(REPLACE "_" ";" words ${name})
  set(constant k)
  foreach(word IN LISTS words)
    string(SUBSTRING ${word} 0 1 first)
    string(SUBSTRING ${word} 1 -1 rest)
    string(TOUPPER ${first} first)
    string(APPEND constant ${first}${rest})
  endforeach()

  set(object ${CMAKE_CURRENT_BINARY_DIR}/${name}.bpf.o)
  set(header ${PROJECT_BINARY_DIR}/bpf/${part}/${name}.bpf.hpp)
  add_custom_command(OUTPUT ${header}
    COMMAND ${GTP_BPF_CLANG} ${GTP_BPF_FLAGS} -MD -MF ${object}.d -MT ${header}
      -c ${CMAKE_CURRENT_SOURCE_DIR}/${source} -o ${object}
    COMMAND ${CMAKE_COMMAND} -DOBJECT=${object} -DHEADER=${header} -DCONSTANT=${constant}
      -P ${PROJECT_SOURCE_DIR}/cmake/GtpBpfEmbed.cmake
    MAIN_DEPENDENCY ${CMAKE_CURRENT_SOURCE_DIR}/${source}
    DEPENDS ${PROJECT_SOURCE_DIR}/cmake/GtpBpfEmbed.cmake
    DEPFILE ${object}.d
    COMMENT "BPF program ${part}/${source}"
    VERBATIM)
  # A target of its own, since [target] may be of another directory.
  add_custom_target(bpf_${name} DEPENDS ${header})
  add_dependencies(${target} bpf_${name})
  target_include_directories(${target} PRIVATE ${PROJECT_BINARY_DIR}/bpf)
endfunction()
