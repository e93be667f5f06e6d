# Third-party libraries: where each comes from and how it is linked.
# NTSP_DEPS is the folder that ./dev fills with the pinned wheels and the simdjson source (tools/deps/*.txt).
set(NTSP_DEPS "${CMAKE_SOURCE_DIR}/.deps/build" CACHE PATH "folder with the pinned wheels and simdjson")
set(NTSP_RDKAFKA "wheel" CACHE STRING "librdkafka: wheel (pinned, default) or system (>= 2.3)")

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(CURL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(tl-expected REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)

# simdjson is compiled here and kept hidden: the Arrow libraries export symbols of another simdjson version, and
# a shared one beside them would bind to the wrong code and crash.
add_library(simdjson STATIC "${NTSP_DEPS}/simdjson/simdjson.cpp")
target_include_directories(simdjson SYSTEM PUBLIC "${NTSP_DEPS}/simdjson")
target_compile_options(simdjson PRIVATE -O3 -w -fvisibility=hidden -fvisibility-inlines-hidden)
target_link_options(simdjson INTERFACE "-Wl,--exclude-libs,libsimdjson.a")

# librdkafka: the C ABI is stable, so Debian's older header serves the newer library.
if(NTSP_RDKAFKA STREQUAL "wheel")
  file(GLOB rdkafka_so "${NTSP_DEPS}/confluent_kafka.libs/librdkafka-*.so.1")
  if(NOT rdkafka_so)
    message(FATAL_ERROR "librdkafka not found in ${NTSP_DEPS}: run ./dev build, or set -DNTSP_RDKAFKA=system")
  endif()
  find_path(rdkafka_include librdkafka/rdkafka.h REQUIRED)
  add_library(RdKafka::rdkafka SHARED IMPORTED)
  set_target_properties(RdKafka::rdkafka PROPERTIES
    IMPORTED_LOCATION "${rdkafka_so}" INTERFACE_INCLUDE_DIRECTORIES "${rdkafka_include}")
else()
  pkg_check_modules(rdkafka REQUIRED IMPORTED_TARGET rdkafka>=2.3)
  add_library(RdKafka::rdkafka ALIAS PkgConfig::rdkafka)
endif()

# Arrow: an installed CMake package where there is one, else the pinned wheel.
find_package(Arrow CONFIG QUIET)
if(Arrow_FOUND)
  find_package(Parquet CONFIG REQUIRED)
  add_library(ntsp_arrow INTERFACE)
  target_link_libraries(ntsp_arrow INTERFACE Arrow::arrow_shared Parquet::parquet_shared)
else()
  set(pyarrow "${NTSP_DEPS}/pyarrow")
  file(STRINGS "${pyarrow}/include/arrow/util/config.h" so_line REGEX "ARROW_SO_VERSION")
  string(REGEX MATCH "\"([0-9]+)\"" _ "${so_line}")
  set(arrow_so "${CMAKE_MATCH_1}")
  foreach(lib arrow parquet arrow_s3)
    add_library(ntsp_wheel_${lib} SHARED IMPORTED)
    set_target_properties(ntsp_wheel_${lib} PROPERTIES
      IMPORTED_LOCATION "${pyarrow}/lib${lib}.so.${arrow_so}"
      INTERFACE_INCLUDE_DIRECTORIES "${pyarrow}/include")
  endforeach()
  add_library(ntsp_arrow INTERFACE)
  target_link_libraries(ntsp_arrow INTERFACE ntsp_wheel_parquet ntsp_wheel_arrow_s3 ntsp_wheel_arrow)
endif()
