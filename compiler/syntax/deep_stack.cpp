#include "compiler/syntax/deep_stack.h"

#include <pthread.h>

#include <cstddef>

namespace sqlxc::syntax {

namespace {

constexpr std::size_t kStackBytes = std::size_t{256} << 20;

void* run(void* work) {
  (*static_cast<const std::function<void()>*>(work))();
  return nullptr;
}

}  // namespace

void on_deep_stack(const std::function<void()>& work) {
  pthread_attr_t attributes;
  pthread_t thread;
  bool is_started = false;
  if (pthread_attr_init(&attributes) == 0) {
    if (pthread_attr_setstacksize(&attributes, kStackBytes) == 0) {
      void* argument = const_cast<std::function<void()>*>(&work);
      is_started = pthread_create(&thread, &attributes, run, argument) == 0;
    }
    pthread_attr_destroy(&attributes);
  }
  if (is_started) {
    pthread_join(thread, nullptr);
  } else {
    work();
  }
}

}  // namespace sqlxc::syntax
