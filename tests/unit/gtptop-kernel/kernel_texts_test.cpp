// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/collect/kernel_texts.hpp"

#include <catch2/catch.hpp>

#include <cerrno>

using namespace gtp;
using namespace gtp::top;

TEST_CASE("what is missing, and the status that says so") {
  CHECK(no_module().code == ErrorCode::unsupported);
  CHECK(no_module().what == "this kernel has no GTP: generic netlink family \"gtp\" is not registered");
  CHECK(no_right(false).code == ErrorCode::permission);
  CHECK(no_right(false).hint.starts_with("sudo gtptop "));
  CHECK(no_right(true).hint.find("sudo") == std::string::npos);
}

TEST_CASE("no link here, and where there are some") {
  CHECK(no_link({}).what == "no GTP link in this network namespace");
  CHECK(no_link({}).code == ErrorCode::nothing);
  const Error error = no_link({"upf", "lab1"});
  CHECK(error.what == "no GTP link in this network namespace (2 found in others: upf, lab1)");
  CHECK(error.hint.starts_with("gtptop --netns upf "));
}

TEST_CASE("an Echo Request that the kernel refuses") {
  CHECK(no_echo({ErrorCode::failed, ENETDOWN, "x", {}}, "gtp0").hint == "ip link set gtp0 up");
  CHECK(no_echo({ErrorCode::unsupported, EOPNOTSUPP, "x", {}}, "gtp0").hint.find("daemon") != std::string::npos);
}
