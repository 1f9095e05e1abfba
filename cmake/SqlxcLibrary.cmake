# sqlxc_library(NAME DIR folder [USES lib...]): one static library a folder, linked only to the floors below it.
# Sources are globbed with CONFIGURE_DEPENDS: a new file in the folder is part of the library.
function(sqlxc_library name)
  cmake_parse_arguments(ARG "" "DIR" "USES;PRIVATE_USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${ARG_DIR}/*.cpp)
  if(NOT sources)
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE ${ARG_USES})
    return()
  endif()
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC ${ARG_USES} PRIVATE sqlxc_warnings ${ARG_PRIVATE_USES})
endfunction()
