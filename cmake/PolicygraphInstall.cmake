# What is installed: one libpolicygraph (.a and, with POLICYGRAPH_SHARED, .so) made of the modules' objects, the public
# headers, the CMake package `policygraph` with the targets policygraph::policygraph, ::graph and ::query, and a
# pkg-config file. The component `development` has all but the shared library, `runtime` has that alone.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# The modules a target stands for, itself included.
function(policygraph_closure name out)
  get_property(modules GLOBAL PROPERTY policygraph_modules)
  if(NOT name STREQUAL "policygraph")
    get_property(reach GLOBAL PROPERTY policygraph_reach_${name})
    set(modules ${reach} ${name})
  endif()
  set(${out} ${modules} PARENT_SCOPE)
endfunction()

# The pkg-config modules of the outside libraries that a target's archive needs.
function(policygraph_outside name out)
  policygraph_closure(${name} modules)
  set(found "")
  foreach(module IN LISTS modules)
    get_property(link GLOBAL PROPERTY policygraph_link_${module})
    foreach(library IN LISTS link)
      list(APPEND found ${POLICYGRAPH_OUTSIDE_${library}})
    endforeach()
  endforeach()
  list(REMOVE_DUPLICATES found)
  list(SORT found)
  set(${out} ${found} PARENT_SCOPE)
endfunction()

function(policygraph_one_library target type)
  add_library(${target} ${type})
  set_target_properties(${target} PROPERTIES OUTPUT_NAME policygraph LINKER_LANGUAGE CXX
    VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
  get_property(modules GLOBAL PROPERTY policygraph_modules)
  foreach(module IN LISTS modules)
    get_target_property(kind policygraph_${module} TYPE)
    if(kind STREQUAL "STATIC_LIBRARY")
      target_sources(${target} PRIVATE $<TARGET_OBJECTS:policygraph_${module}>)
    endif()
    get_property(link GLOBAL PROPERTY policygraph_link_${module})
    foreach(library IN LISTS link)
      target_link_libraries(${target} PRIVATE policygraph_outside_${library})
    endforeach()
  endforeach()
endfunction()

function(policygraph_install)
  policygraph_one_library(policygraph_library STATIC)
  install(TARGETS policygraph_library ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development)
  if(POLICYGRAPH_SHARED)
    policygraph_one_library(policygraph_library_shared SHARED)
    target_link_options(policygraph_library_shared PRIVATE -Wl,--no-undefined)
    install(TARGETS policygraph_library_shared LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT runtime)
  endif()
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/policygraph" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
    COMPONENT development FILES_MATCHING PATTERN "*.hpp")
  install(FILES "${PROJECT_BINARY_DIR}/include/policygraph/export.hpp"
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/policygraph" COMPONENT development)
  if(TARGET policygraph_cli)
    install(TARGETS policygraph_cli RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT program)
  endif()

  policygraph_outside(policygraph outside_policygraph)
  policygraph_outside(graph outside_graph)
  policygraph_outside(query outside_query)
  # Plain flags, not Requires.private: what the outside libraries link in their turn is none of a consumer's business.
  set(private "")
  foreach(module IN LISTS outside_policygraph)
    policygraph_outside_flags(${module} flags)
    list(APPEND private ${flags})
  endforeach()
  list(REMOVE_DUPLICATES private)
  list(JOIN private " " private)
  set(package "${CMAKE_INSTALL_LIBDIR}/cmake/policygraph")
  configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/policygraphConfig.cmake.in"
    "${PROJECT_BINARY_DIR}/package/policygraphConfig.cmake" INSTALL_DESTINATION "${package}"
    PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR)
  write_basic_package_version_file("${PROJECT_BINARY_DIR}/package/policygraphConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion)
  file(RELATIVE_PATH up "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
  configure_file("${PROJECT_SOURCE_DIR}/cmake/policygraph.pc.in" "${PROJECT_BINARY_DIR}/package/policygraph.pc" @ONLY)
  install(FILES "${PROJECT_BINARY_DIR}/package/policygraphConfig.cmake"
    "${PROJECT_BINARY_DIR}/package/policygraphConfigVersion.cmake" DESTINATION "${package}" COMPONENT development)
  install(FILES "${PROJECT_BINARY_DIR}/package/policygraph.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig"
    COMPONENT development)
endfunction()
