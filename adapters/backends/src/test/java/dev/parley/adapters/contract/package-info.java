/**
 * What every adapter must do, one abstract test for each ability; the concrete ones say against
 * which fake. Knows adapters by their {@link dev.parley.core.spi.BackendType} only.
 */
@NullMarked
package dev.parley.adapters.contract;

import org.jspecify.annotations.NullMarked;
