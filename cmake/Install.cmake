# `cmake --install DIR --prefix P --strip` makes a tree that can be moved as a whole: bin/ntsp finds the libraries of the
# wheels beside it, in lib/ntsp. What Debian packages bring (tools/deps/packages-run.txt) is not in it.
set_target_properties(ntsp PROPERTIES INSTALL_RPATH "$ORIGIN/../lib/ntsp")
install(TARGETS ntsp RUNTIME DESTINATION bin)

set(bundled "")
foreach(target ntsp_wheel_arrow ntsp_wheel_parquet ntsp_wheel_arrow_s3 RdKafka::rdkafka)
  if(TARGET ${target})
    get_target_property(imported ${target} IMPORTED_LOCATION)
    if(imported)
      list(APPEND bundled ${imported})
    endif()
  endif()
endforeach()
install(FILES ${bundled} DESTINATION lib/ntsp)
foreach(library ${bundled})
  get_filename_component(name ${library} NAME)
  # --strip of `cmake --install` is for what was built here only.
  install(CODE "
    if(CMAKE_INSTALL_DO_STRIP)
      execute_process(COMMAND \"${CMAKE_STRIP}\" --strip-unneeded \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/lib/ntsp/${name}\"
        COMMAND_ERROR_IS_FATAL ANY)
    endif()")
endforeach()

install(FILES LICENSE docs/licences.md DESTINATION share/doc/ntsp)
file(GLOB wheel_infos "${NTSP_DEPS}/*.dist-info/licenses")
foreach(info ${wheel_infos})
  get_filename_component(wheel ${info} DIRECTORY)
  get_filename_component(wheel ${wheel} NAME)
  string(REGEX REPLACE "\\.dist-info$" "" wheel ${wheel})
  install(DIRECTORY ${info}/ DESTINATION share/doc/ntsp/licences/${wheel})
endforeach()
# Of what is compiled in from Debian's packages, or taken from a wheel without its own notice.
foreach(package librdkafka-dev libcli11-dev libexpected-dev)
  if(EXISTS /usr/share/doc/${package}/copyright)
    install(FILES /usr/share/doc/${package}/copyright DESTINATION share/doc/ntsp/licences/${package})
  endif()
endforeach()
