# SPDX-License-Identifier: GPL-2.0-or-later
# What cpack makes: gtp-tools_VERSION_ARCH.deb (programs, manuals, completions, exporter's unit, dashboard) and
# gtp-dkms_VERSION_all.deb (the kernel module's sources, built by DKMS where they are installed). scripts/package calls
# it so that two builds of a commit give the same bytes. Included after everything that installs something; what says no
# component belongs to the first.
set(dkms_source src/gtp-tools-${PROJECT_VERSION})

# Only for the package: `cmake --install` leaves /usr/src alone.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/kernel/ DESTINATION ${dkms_source}
  COMPONENT dkms EXCLUDE_FROM_ALL
  FILES_MATCHING PATTERN "*.c" PATTERN "*.h" PATTERN "Kbuild" PATTERN "Makefile" PATTERN "dkms.conf" PATTERN "COPYING"
  PATTERN "tests" EXCLUDE PATTERN "*.mod.c" EXCLUDE)
foreach(component tools dkms)
  install(FILES ${PROJECT_SOURCE_DIR}/packaging/deb/copyright DESTINATION share/doc/gtp-${component}
    COMPONENT ${component} EXCLUDE_FROM_ALL)
  install(FILES ${PROJECT_SOURCE_DIR}/CHANGELOG.md DESTINATION share/doc/gtp-${component} RENAME changelog
    COMPONENT ${component} EXCLUDE_FROM_ALL)
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME gtp-tools)
set(CPACK_PACKAGE_VENDOR "gtp-tools")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package has its own
set(CPACK_PACKAGE_CONTACT "The gtp-tools maintainers <maintainers@gtp-tools.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL tools dkms)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/GtpPackageFiles.cmake)

set(CPACK_DEBIAN_TOOLS_PACKAGE_NAME gtp-tools)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SUGGESTS "gtp-dkms, prometheus, man-db")
set(CPACK_COMPONENT_TOOLS_DESCRIPTION "see, load, measure and decode GTP tunnels
 gtptop shows the GTP tunnels, peers and counters of this host while they are
 in use, and what is wrong with them. gtpgen asks peers for their echo, sends
 GTP-U load and says what was lost and how late it came. gtpdump decodes GTP
 and PFCP from captures and interfaces.")

set(CPACK_DEBIAN_DKMS_PACKAGE_NAME gtp-dkms)
set(CPACK_DEBIAN_DKMS_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_DKMS_PACKAGE_SECTION kernel)
set(CPACK_DEBIAN_DKMS_PACKAGE_DEPENDS "dkms (>= 3.0)")
set(CPACK_DEBIAN_DKMS_PACKAGE_RECOMMENDS "linux-headers-amd64 | linux-headers-generic")
set(CPACK_DEBIAN_DKMS_PACKAGE_SUGGESTS gtp-tools)
set(CPACK_COMPONENT_DKMS_DESCRIPTION "GTP-U kernel module with counters, by DKMS
 A GTP-U tunnel endpoint that takes the place of the kernel's own gtp module:
 the same links and netlink commands, and besides counters for each tunnel,
 segmentation offload, IPv6 and QoS flow identifiers. When this package goes,
 the kernel's own module is back.")
set(dkms_scripts ${PROJECT_BINARY_DIR}/packaging/dkms)
foreach(script postinst prerm)
  configure_file(${PROJECT_SOURCE_DIR}/packaging/deb/dkms.${script}.in ${dkms_scripts}/${script} @ONLY
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
endforeach()
set(CPACK_DEBIAN_DKMS_PACKAGE_CONTROL_EXTRA ${dkms_scripts}/postinst ${dkms_scripts}/prerm)
set(CPACK_DEBIAN_DKMS_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
