import Glibc

/// The natural logarithm, so that Glibc is named in one place of this folder.
func logarithm(_ x: Double) -> Double { log(x) }

/// e to the power of a number.
func exponential(_ x: Double) -> Double { exp(x) }
