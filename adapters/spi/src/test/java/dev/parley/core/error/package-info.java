/// Tests of what is said of failures.
@NullMarked
package dev.parley.core.error;

import org.jspecify.annotations.NullMarked;
