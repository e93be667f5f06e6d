# `cpack --config build/release/CPackConfig.cmake` makes a Debian package of the installed tree, with a systemd unit that is
# not started by itself: /etc/ntsp/ntsp.env has to say where the brokers are first.
set(unit "${CMAKE_CURRENT_BINARY_DIR}/packaging/ntsp.env")
configure_file(.env.example "${unit}" COPYONLY)

install(FILES packaging/ntsp.1 DESTINATION share/man/man1)
install(FILES packaging/ntsp.bash DESTINATION share/bash-completion/completions RENAME ntsp)
install(FILES packaging/ntsp.service DESTINATION lib/systemd/system COMPONENT system EXCLUDE_FROM_ALL)
install(FILES "${unit}" DESTINATION /etc/ntsp PERMISSIONS OWNER_READ OWNER_WRITE COMPONENT system EXCLUDE_FROM_ALL)

file(STRINGS tools/deps/packages-run.txt run_packages REGEX "^[^#]")
list(JOIN run_packages ", " run_packages)

set(CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA conffiles postinst prerm postrm)
set(CPACK_COMPONENTS_ALL Unspecified system)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_PACKAGE_NAME ntsp)
set(CPACK_PACKAGE_CONTACT "ntsp maintainers <ntsp@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Network telemetry from Kafka to clean tables, in Kafka and as Parquet on S3")
set(CPACK_PACKAGE_DESCRIPTION "ntsp reads network telemetry as collectors put it on Kafka, in any of a dozen JSON
dialects, and turns it into three tables (node, interface, address), once each:
in Kafka for ClickHouse and others to read, and on S3 as Parquet.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "${run_packages}, libc6, libstdc++6, libgcc-s1")
list(TRANSFORM CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA PREPEND "${CMAKE_SOURCE_DIR}/packaging/")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
