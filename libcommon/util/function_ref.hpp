// SPDX-License-Identifier: GPL-2.0-or-later
//
// FunctionRef<void(int)>: what a function takes to call its caller back, in two words and without an allocation. It
// owns nothing: only for parameters, and members whose owner says so. Function objects and lambdas; no bare functions.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace gtp {

template <typename Signature>
class FunctionRef;

template <typename Out, typename... In>
class FunctionRef<Out(In...)> {
 public:
  template <typename F, typename = std::enable_if_t<!std::is_same_v<std::remove_cvref_t<F>, FunctionRef> &&
                                                    std::is_invocable_r_v<Out, F&, In...>>>
  FunctionRef(F&& function) noexcept  // NOLINT(google-explicit-constructor)
      : object_(const_cast<void*>(static_cast<const void*>(std::addressof(function)))),
        call_([](void* object, In... in) -> Out {
          return (*static_cast<std::remove_reference_t<F>*>(object))(std::forward<In>(in)...);
        }) {}

  Out operator()(In... in) const { return call_(object_, std::forward<In>(in)...); }

 private:
  void* object_;
  Out (*call_)(void*, In...);
};

}  // namespace gtp
