# The CMake package of the build tree, lib/cmake/sqlxc/sqlxc-config.cmake, and the one that is installed.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(SQLXC_PACKAGE_COMPILE_OPTIONS "")
set(SQLXC_PACKAGE_LINK_OPTIONS "")
if(SQLXC_SANITIZE)
  set(SQLXC_PACKAGE_COMPILE_OPTIONS "-fsanitize=address,undefined;-fno-sanitize-recover=all")
  set(SQLXC_PACKAGE_LINK_OPTIONS "-fsanitize=address,undefined")
endif()
# What libsqlxc_runtime.a itself needs, by the names that the linker knows.
set(SQLXC_PACKAGE_LINK_LIBRARIES "sqlite3;re2;pthread")

set(SQLXC_PACKAGE_INCLUDE ${PROJECT_SOURCE_DIR}/runtime)
configure_file(${PROJECT_SOURCE_DIR}/cmake/sqlxc-config.cmake.in
               ${PROJECT_BINARY_DIR}/lib/cmake/sqlxc/sqlxc-config.cmake @ONLY)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/lib/cmake/sqlxc/sqlxc-config-version.cmake
                                 VERSION ${PROJECT_VERSION} COMPATIBILITY SameMinorVersion)

set(SQLXC_PACKAGE_INCLUDE "\${_sqlxc_prefix}/include")
configure_file(${PROJECT_SOURCE_DIR}/cmake/sqlxc-config.cmake.in
               ${PROJECT_BINARY_DIR}/install/sqlxc-config.cmake @ONLY)
# bin, lib and lib/cmake are beside each other, so that the program finds the package from where it stands.
install(TARGETS sqlxc sqlxc-db RUNTIME DESTINATION bin)
install(FILES $<TARGET_FILE:sqlxc_runtime> DESTINATION lib)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/runtime/sqlxc DESTINATION include
        FILES_MATCHING PATTERN "*.h")
install(FILES ${PROJECT_BINARY_DIR}/install/sqlxc-config.cmake
              ${PROJECT_BINARY_DIR}/lib/cmake/sqlxc/sqlxc-config-version.cmake
        DESTINATION lib/cmake/sqlxc)
