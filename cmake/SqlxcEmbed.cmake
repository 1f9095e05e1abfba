# sqlxc_embed(TARGET FUNCTION FILES...): compiles text files into TARGET, which gets
# `std::span<const sqlxc::EmbeddedFile> sqlxc::FUNCTION()` (compiler/base/embedded.h), in the order given.
# Run as a script (cmake -P) this file writes the C++.
if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  set(rows "")
  string(REPLACE "|" ";" FILES "${FILES}")
  foreach(path IN LISTS FILES)
    get_filename_component(name ${path} NAME)
    file(READ ${path} text)
    # The standard promises 65,536 characters a literal; adjacent literals join.
    string(LENGTH "${text}" length)
    set(literals "")
    set(at 0)
    while(at LESS length)
      string(SUBSTRING "${text}" ${at} 16000 piece)
      string(APPEND literals "R\"__sqlxc(${piece})__sqlxc\"\n")
      math(EXPR at "${at} + 16000")
    endwhile()
    if(length EQUAL 0)
      set(literals "\"\"")
    endif()
    string(APPEND rows "    {\"${name}\", ${literals}},\n")
  endforeach()
  file(WRITE ${OUTPUT} "#include \"compiler/base/embedded.h\"

namespace sqlxc {

std::span<const EmbeddedFile> ${FUNCTION}() {
  static constexpr EmbeddedFile kFiles[] = {
${rows}  };
  return kFiles;
}

}  // namespace sqlxc
")
  return()
endif()

set(SQLXC_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})
function(sqlxc_embed target function)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp)
  string(REPLACE ";" "|" files "${ARGN}")
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} "-DFILES=${files}" -DFUNCTION=${function} -DOUTPUT=${output}
            -P ${SQLXC_EMBED_SCRIPT}
    DEPENDS ${ARGN} ${SQLXC_EMBED_SCRIPT}
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
