#include "COpenBLAS.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RowMajor = 101, NoTrans = 111, Trans = 112, Upper = 121 };

// Lengths of the character arguments come last, as gfortran passes them.
typedef struct {
  void (*gemm)(int, int, int, int, int, int, double, const double *, int, const double *, int, double, double *, int);
  void (*gemv)(int, int, int, int, double, const double *, int, const double *, int, double, double *, int);
  void (*syrk)(int, int, int, int, int, double, const double *, int, double, double *, int);
  void (*gesdd)(const char *, const int *, const int *, double *, const int *, double *, double *, const int *, double *,
                const int *, double *, const int *, int *, int *, size_t);
  void (*syevr)(const char *, const char *, const char *, const int *, double *, const int *, const double *,
                const double *, const int *, const int *, const double *, int *, double *, double *, const int *, int *,
                double *, const int *, int *, const int *, int *, size_t, size_t, size_t);
  void (*potrf)(const char *, const int *, double *, const int *, int *, size_t);
  void (*posv)(const char *, const int *, const int *, double *, const int *, double *, const int *, int *, size_t);
} Routines;

static Routines loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// What OpenBLAS reads while it is opened. Set before the program's first thread: the environment is no place to write
// to while others may read it.
__attribute__((constructor)) static void choose(void) {
  setenv("OPENBLAS_NUM_THREADS", "1", 1);
#if defined(__x86_64__)
  // Without a choice it takes the newest kernels the processor knows. Others than these keep their own choice.
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) setenv("OPENBLAS_CORETYPE", "Haswell", 1);
#endif
}

static void fail(const char *why) {
  fprintf(stderr,
          "error: statistics need OpenBLAS (libopenblas.so.0, in Debian's package libopenblas0), and it cannot be used: %s\n",
          why ? why : "no reason given");
  // What is under way in other threads is of no use any more, and the site is exchanged only at the end of a build.
  _Exit(3);
}

static void *named(void *library, const char *name) {
  void *address = dlsym(library, name);
  if (!address) fail(dlerror());
  return address;
}

static void load(void) {
  void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!library) fail(dlerror());
  *(void **)&loaded.gemm = named(library, "cblas_dgemm");
  *(void **)&loaded.gemv = named(library, "cblas_dgemv");
  *(void **)&loaded.syrk = named(library, "cblas_dsyrk");
  *(void **)&loaded.gesdd = named(library, "dgesdd_");
  *(void **)&loaded.syevr = named(library, "dsyevr_");
  *(void **)&loaded.potrf = named(library, "dpotrf_");
  *(void **)&loaded.posv = named(library, "dposv_");
}

static const Routines *routines(void) {
  pthread_once(&once, load);
  return &loaded;
}

static int form(MatrixForm value) { return value == MatrixTransposed ? Trans : NoTrans; }

void dense_gemm(MatrixForm form_a, MatrixForm form_b, int m, int n, int k, double alpha, const double *a, int lda,
                const double *b, int ldb, double beta, double *c, int ldc) {
  routines()->gemm(RowMajor, form(form_a), form(form_b), m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

void dense_gemv(MatrixForm form_a, int m, int n, double alpha, const double *a, int lda, const double *x, int incx,
                double beta, double *y, int incy) {
  routines()->gemv(RowMajor, form(form_a), m, n, alpha, a, lda, x, incx, beta, y, incy);
}

void dense_syrk(int n, int k, double alpha, const double *a, int lda, double beta, double *c, int ldc) {
  routines()->syrk(RowMajor, Upper, Trans, n, k, alpha, a, lda, beta, c, ldc);
}

enum { NoMemory = -1000 };

// Room for `count` values of `size` bytes; NULL where there is none.
static void *room(double count, size_t size) {
  return count >= 1 && count < (double)(SIZE_MAX / 2 / size) ? malloc((size_t)count * size) : malloc(size);
}

int dense_gesdd(int m, int n, double *a, int lda, double *s, double *u, int ldu, double *vt, int ldvt) {
  int info = 0, ask = -1, least = m < n ? m : n;
  double wanted = 0;
  int *iwork = room(8.0 * least, sizeof(int));
  if (!iwork) return NoMemory;
  routines()->gesdd("S", &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, &wanted, &ask, iwork, &info, 1);
  if (info == 0) {
    int lwork = (int)wanted;
    double *work = room(wanted, sizeof(double));
    if (work) {
      routines()->gesdd("S", &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, &lwork, iwork, &info, 1);
    } else {
      info = NoMemory;
    }
    free(work);
  }
  free(iwork);
  return info;
}

int dense_syevr(int n, double *a, int lda, int *found, double *w, double *z, int ldz, int *support) {
  int info = 0, ask = -1, none = 0, iwanted = 0;
  double wanted = 0, zero = 0;
  routines()->syevr("V", "A", "L", &n, a, &lda, &zero, &zero, &none, &none, &zero, found, w, z, &ldz, support, &wanted,
                    &ask, &iwanted, &ask, &info, 1, 1, 1);
  if (info != 0) return info;
  int lwork = (int)wanted;
  double *work = room(wanted, sizeof(double));
  int *iwork = room(iwanted, sizeof(int));
  if (work && iwork) {
    routines()->syevr("V", "A", "L", &n, a, &lda, &zero, &zero, &none, &none, &zero, found, w, z, &ldz, support, work,
                      &lwork, iwork, &iwanted, &info, 1, 1, 1);
  } else {
    info = NoMemory;
  }
  free(iwork);
  free(work);
  return info;
}

int dense_potrf(int n, double *a, int lda) {
  int info = 0;
  routines()->potrf("U", &n, a, &lda, &info, 1);
  return info;
}

int dense_posv(int n, int nrhs, double *a, int lda, double *b, int ldb) {
  int info = 0;
  routines()->posv("U", &n, &nrhs, a, &lda, b, &ldb, &info, 1);
  return info;
}
