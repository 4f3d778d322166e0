/** What the tests of several kernels share. */
@NullMarked
package dev.parley.gpu;

import org.jspecify.annotations.NullMarked;
