// The routines of BLAS and LAPACK in use, from OpenBLAS, which is opened when the first of them is called.
//
// Linked, the library and its Fortran run time would be loaded, and its threads started, by every command, also by
// those that compute nothing. It works with one thread, and on x86-64 processors with AVX2 and FMA with one set of
// kernels: the order of its sums, and with it the last digits of a result, would else differ by machine.
//
// Where the library is missing, or is not what it should be, the first call says so on standard error and ends the
// program with status 3.
#pragma once

typedef enum { MatrixAsIs, MatrixTransposed } MatrixForm;

// The matrices of these three are stored by rows.

// c = alpha * form(a) * form(b) + beta * c; c is m x n, the inner dimension k.
void dense_gemm(MatrixForm form_a, MatrixForm form_b, int m, int n, int k, double alpha, const double *a, int lda,
                const double *b, int ldb, double beta, double *c, int ldc);

// y = alpha * form(a) * x + beta * y; a is m x n before the form is applied.
void dense_gemv(MatrixForm form_a, int m, int n, double alpha, const double *a, int lda, const double *x, int incx,
                double beta, double *y, int incy);

// The upper triangle of c = alpha * transposed(a) * a + beta * c; c is n x n, a is k x n.
void dense_syrk(int n, int k, double alpha, const double *a, int lda, double beta, double *c, int ldc);

// The matrices of these four are stored by columns. They return LAPACK's `info`: 0 for success, or -1000 where there
// is no memory to work in.

// The thin singular value decomposition of a, m x n, which is overwritten: u is m x min(m, n), vt is min(m, n) x n.
int dense_gesdd(int m, int n, double *a, int lda, double *s, double *u, int ldu, double *vt, int ldvt);

// All eigenvalues and vectors of a symmetric matrix given by its lower triangle, from the smallest; a is overwritten.
// `support` has room for 2 n.
int dense_syevr(int n, double *a, int lda, int *found, double *w, double *z, int ldz, int *support);

// The upper triangular Cholesky factor in place of the upper triangle.
int dense_potrf(int n, double *a, int lda);

// Solves a x = b for a symmetric positive definite a given by its upper triangle; the factor takes a's place, x b's.
int dense_posv(int n, int nrhs, double *a, int lda, double *b, int ldb);
