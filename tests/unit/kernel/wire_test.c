// SPDX-License-Identifier: GPL-2.0-or-later
//
// kernel/wire.h in user space, by the table that its KUnit suite goes by as well, and then on noise. Every copy is
// exactly as long as the parser was told, so the address sanitizer sees an octet read too many.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/kernel/user_wire.h"

static u8* case_copy(const u8* octets, unsigned int n) {
  u8* copy = malloc(n ? n : 1);
  if (copy == NULL) abort();
  memcpy(copy, octets, n);
  return copy;
}

static void case_free(u8* copy) { free(copy); }

#include "kernel/tests/wire_cases.h"

static unsigned int passed, failed;

static void check(void* to, bool ok, const char* name, const char* what) {
  (void)to;
  if (ok) {
    ++passed;
    return;
  }
  ++failed;
  printf("not ok - %s: %s\n", name, what);
}

static u32 state = 1;

static u32 noise(u32 bound) {
  state = state * 1664525 + 1013904223;
  return (u32)((u64)state * bound >> 32);
}

// Small values make long chains of short extension headers; large ones end early.
static void check_noise(void) {
  struct gtp_error_ies ies;
  struct gtp1_info info;
  u8 octets[2048];
  for (int i = 0; i < 200000; ++i) {
    const unsigned int total = GTP1_HLEN + noise(i % 3 ? 40 : 2000);
    for (unsigned int n = 0; n < total; ++n) octets[n] = (u8)(i & 1 ? noise(256) : noise(6));
    octets[0] = (u8)(GTP1_FLAGS | noise(8));
    const enum gtp1_walk result = gtp_case_walk(octets, total, &info);
    check(NULL, result != GTP1_WALK_MORE, "noise", "it ends");
    check(NULL, result != GTP1_WALK_OK || (info.hlen >= GTP1_HLEN && info.hlen <= total), "noise", "octets of header");
    u8* copy = case_copy(octets, total);
    if (gtp_parse_error_ies(copy, total, &ies))
      check(NULL, ies.peer + ies.peer_len <= copy + total, "noise", "address");
    case_free(copy);
  }
}

int main(void) {
  gtp_check_walk(check, NULL);
  gtp_check_ies(check, NULL);
  gtp_check_build(check, NULL);
  check_noise();
  printf("%u passed, %u failed\n", passed, failed);
  return failed != 0;
}
