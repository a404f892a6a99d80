#pragma once
#include <lapacke.h>
#include <cblas.h>
#include <stdlib.h>
#include <string.h>
void openblas_set_num_threads(int);

// In builds of OpenBLAS that carry the kernels of many processors; absent from the others.
void gotoblas_dynamic_init(void) __attribute__((weak));
void gotoblas_dynamic_quit(void) __attribute__((weak));

// Holds OpenBLAS to one set of kernels. Left alone it picks the newest the processor knows, or the one the
// environment names, and each sums in another order: the last digits of a result would differ by machine.
// The Haswell kernels run on every x86-64 processor with AVX2 and FMA; on others its own choice stands.
static inline void openblas_hold_kernels(void) {
#if defined(__x86_64__)
  const char *chosen = getenv("OPENBLAS_CORETYPE");
  if (chosen && strcmp(chosen, "Haswell") == 0) return;
  if (!gotoblas_dynamic_init || !gotoblas_dynamic_quit) return;
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return;
  if (setenv("OPENBLAS_CORETYPE", "Haswell", 1) != 0) return;
  gotoblas_dynamic_quit();
  gotoblas_dynamic_init();
#endif
}
