# SPDX-License-Identifier: GPL-2.0-or-later
# GTP_COMMIT: the commit that this tree is, for --version. Asked of git when CMake configures; "-dirty" when tracked
# files were changed. An archive made by `git archive` carries it in the line below; elsewhere it is "unknown".
set(archived_commit "$Format:%h$")

set(GTP_COMMIT "unknown")
if(NOT archived_commit MATCHES "Format")
  set(GTP_COMMIT "${archived_commit}")
else()
  find_package(Git QUIET)
  if(GIT_FOUND)
    execute_process(
      COMMAND ${GIT_EXECUTABLE} -C ${PROJECT_SOURCE_DIR} describe --always --dirty --abbrev=12 --match "v[0-9]*"
      OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE git_status)
    if(git_status EQUAL 0 AND described)
      set(GTP_COMMIT "${described}")
    endif()
  endif()
endif()
