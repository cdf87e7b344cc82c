# SPDX-License-Identifier: GPL-2.0-or-later
# What every target of the project shares: warnings, sanitizers, and the three ways to declare a target.
include(GNUInstallDirs)

option(GTP_WERROR "Warnings are errors" ON)
set(GTP_SANITIZE "" CACHE STRING "Sanitizers for all targets, e.g. address,undefined or thread")
option(GTP_FUZZ "Build the libFuzzer targets (clang)" OFF)

add_library(gtp_build_flags INTERFACE)
target_compile_options(gtp_build_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Woverloaded-virtual
  -Wnon-virtual-dtor -Wcast-align -fno-strict-aliasing
  $<$<BOOL:${GTP_WERROR}>:-Werror>)
target_include_directories(gtp_build_flags INTERFACE ${PROJECT_SOURCE_DIR})
if(GTP_SANITIZE)
  target_compile_options(gtp_build_flags INTERFACE -fsanitize=${GTP_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(gtp_build_flags INTERFACE -fsanitize=${GTP_SANITIZE})
endif()
if(GTP_FUZZ)
  target_compile_options(gtp_build_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# gtp_library(wire SOURCES … DEPENDS util …): the static library gtp_wire of libcommon/wire.
function(gtp_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  add_library(gtp_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(gtp_${name} PUBLIC gtp_build_flags)
  foreach(dependency IN LISTS ARG_DEPENDS)
    target_link_libraries(gtp_${name} PUBLIC gtp_${dependency})
  endforeach()
  target_link_libraries(gtp_${name} PRIVATE ${ARG_PRIVATE})
endfunction()

# gtp_unit_test(wire SOURCES … DEPENDS …): the Catch2 program unit_wire, run by ctest under the label "unit".
function(gtp_unit_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(unit_${name} ${ARG_SOURCES} $<TARGET_OBJECTS:gtp_catch_main>)
  target_link_libraries(unit_${name} PRIVATE gtp_build_flags Catch2::Catch2)
  foreach(dependency IN LISTS ARG_DEPENDS)
    target_link_libraries(unit_${name} PRIVATE gtp_${dependency})
  endforeach()
  target_compile_definitions(unit_${name} PRIVATE GTP_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_test(NAME unit_${name} COMMAND unit_${name} --use-colour no)
  set_tests_properties(unit_${name} PROPERTIES LABELS unit TIMEOUT 120)
endfunction()
