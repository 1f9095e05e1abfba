#pragma once

#include <functional>

// Room to recurse in. The generated parser and the builders go down with every bracket, and a
// thousand brackets would come near the end of an 8 MB stack, or past it where a sanitizer widens
// the frames. Private to compiler/syntax.
namespace sqlxc::syntax {

/// Runs `work` on a stack of its own of 256 MB, of which only what is touched costs memory. `work`
/// must not throw.
void on_deep_stack(const std::function<void()>& work);

}  // namespace sqlxc::syntax
