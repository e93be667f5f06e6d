# Run as a script: writes OUT, a C++ source with the files of WEB (app/web_file.h), so that the program needs none of
# them when it runs.
set(type_html "text/html")
set(type_css "text/css")
set(type_js "text/javascript")
set(type_svg "image/svg+xml")
set(rows "")
file(GLOB names RELATIVE "${WEB}" "${WEB}/*")
list(SORT names)
foreach(name ${names})
  string(REGEX REPLACE ".*\\." "" extension "${name}")
  if(NOT DEFINED type_${extension})
    message(FATAL_ERROR "web/${name}: cmake/Embed.cmake knows no content type for .${extension}")
  endif()
  file(READ "${WEB}/${name}" text)
  if(name STREQUAL "index.html")
    set(name "")
  endif()
  string(APPEND rows "    WebFile{\"/${name}\", \"${type_${extension}}; charset=utf-8\", R\"embedded(${text})embedded\"},\n")
endforeach()
file(WRITE "${OUT}" "#include \"app/web_file.h\"\n\n#include <array>\n\nnamespace ntsp::app {\nnamespace {\n
constexpr std::array kFiles = {\n${rows}};\n\n}  // namespace\n
std::span<const WebFile> WebFiles() {\n  return kFiles;\n}\n\n}  // namespace ntsp::app\n")
